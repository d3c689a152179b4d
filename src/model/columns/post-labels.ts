import type { ValueSource, Values } from './value-facts.js'

/** What is said of a label. Its column, its key in JSON, and what documents and schemas say of it follow from this. */
export interface LabelFacts {
  /** What it is, as a phrase. */
  meaning: string
  /** What it means that a post has none. */
  missing: string
  source: ValueSource
  /** Some of its values, each with its meaning; absent: any text. */
  values?: Values
  /** True: people type it, so that it may name somebody: it is covered and erased as the texts are. False: a word of the software. */
  isTyped: boolean
  /** The schema that added its column. */
  since: number
}

/** Labels: what a site shows beside the words of a post, and exports repeat as it is. A new one is added at the end. */
export const POST_LABELS = {
  topic: {
    meaning: 'topic that the post is filed under (BuddyBoss)',
    missing: 'none, or no page showed it',
    source: {
      page: '`topics.topic_name` in `data-bp-activity` (BuddyBoss)',
      rest: '`activity_data.topics` (BuddyBoss)',
    },
    isTyped: true,
    since: 1,
  },
  privacy: {
    meaning: 'audience, in the words of BuddyBoss: `public`, `loggedin`, …',
    missing: 'no page showed it',
    source: { page: '`privacy` in `data-bp-activity` (BuddyBoss)', rest: '`privacy` (BuddyBoss)' },
    values: {
      public: 'everybody',
      loggedin: 'all members',
      friends: 'connections of the author',
      onlyme: 'the author alone',
      media: 'as the picture that it belongs to',
    },
    isTyped: false,
    since: 1,
  },
} as const satisfies Readonly<Record<string, LabelFacts>>

export type PostLabel = keyof typeof POST_LABELS

/** The labels that people type. */
export type TypedLabel = {
  [Name in PostLabel]: (typeof POST_LABELS)[Name]['isTyped'] extends true ? Name : never
}[PostLabel]

/** The labels of a post; null: it has none, or no view showed it. */
export type PostLabels = Record<PostLabel, string | null>

export const LABEL_NAMES = Object.keys(POST_LABELS) as readonly PostLabel[]

/** What is said of a label, without the type of its own text. */
export const labelFacts = (name: PostLabel): LabelFacts => POST_LABELS[name]

/** A sentence about a label. `none`: how it is called that a post does not have it. */
export function labelSentence(name: PostLabel, none: 'empty' | 'null'): string {
  const { meaning, missing } = labelFacts(name)
  return `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}; ${none}: ${missing}.`
}

export const TYPED_LABELS = LABEL_NAMES.filter(name => labelFacts(name).isTyped) as readonly TypedLabel[]

/** A value for each label. `at`: its place among them. */
export const byLabel = <Value>(value: (name: PostLabel, at: number) => Value): Record<PostLabel, Value> =>
  valuesOf(LABEL_NAMES, value)

/** A value for each label that people type. */
export const byTypedLabel = <Value>(value: (name: TypedLabel) => Value): Record<TypedLabel, Value> =>
  valuesOf(TYPED_LABELS, value)

/** Key by key, which takes half the time of `Object.fromEntries`: it runs for each post. */
function valuesOf<Name extends string, Value>(names: readonly Name[], value: (name: Name, at: number) => Value) {
  const values: Partial<Record<Name, Value>> = {}
  names.forEach((name, at) => {
    values[name] = value(name, at)
  })
  return values as Record<Name, Value>
}
