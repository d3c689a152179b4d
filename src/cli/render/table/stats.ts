import type { Column } from '../../../export/table/column.js'
import { SOURCES, type Values } from '../../../export/table/sources.js'
import type { Statistics } from '../../../model/reports/statistics.js'
import { figuresOf, WEEKDAYS } from '../stats.js'

/** A row of `stats --csv`: a figure, or what was counted of a depth, a month, a weekday, an hour or a person. */
export interface StatsRow {
  kind: 'figure' | 'depth' | 'month' | 'weekday' | 'hour' | 'person'
  key: string
  name?: string | null
  value?: string | number | null
  posts?: number
  threads?: number
  people?: number
  replies?: number
  received?: number
  url?: string | null
}

const KINDS: Values = {
  figure: 'one figure of the whole',
  depth: 'the posts of one level of replies',
  month: 'a calendar month (UTC)',
  weekday: 'a day of the week',
  hour: 'an hour of the day',
  person: 'a member who wrote',
}

const count = (name: keyof StatsRow & string, meaning: string, missing: string): Column<StatsRow> => ({
  ...{ name, type: 'number', certainty: 'derived', meaning, missing },
  value: row => row[name] ?? null,
})

export const STATS_COLUMNS: readonly Column<StatsRow>[] = [
  {
    ...{ name: 'kind', type: 'text', certainty: 'derived' },
    meaning: '`figure`, `depth`, `month`, `weekday`, `hour` or `person`',
    values: KINDS,
    value: ({ kind }) => kind,
  },
  {
    ...{ name: 'key', type: 'text', certainty: 'derived' },
    meaning:
      'which: `posts`, `threads.replies.median`, … as in `--json`; a level; `2024-05`; `Monday`; 0 to 23; the slug of a person',
    missing: 'a person without a slug',
    value: ({ key }) => key,
  },
  {
    ...{ name: 'name', type: 'text', certainty: 'stated', meaning: 'name of the person' },
    missing: 'no person, or the name is not known',
    source: SOURCES.authorName,
    value: ({ name }) => name ?? null,
  },
  {
    ...{
      name: 'value',
      type: 'text',
      certainty: 'derived',
      meaning: 'the value of a figure: a number, not rounded, or a time',
    },
    missing: 'no figure, or one that is not known',
    value: ({ value }) => value ?? null,
  },
  count('posts', 'number of posts', 'a figure'),
  count('threads', 'number of threads begun', 'neither a month nor a person'),
  count('people', 'number of people who wrote', 'no month'),
  count('replies', 'number of replies written', 'no person'),
  count('received', 'number of replies by others to posts of this person', 'no person'),
  {
    ...{ name: 'url', type: 'url', certainty: 'stated', meaning: 'address of the person' },
    missing: 'no person, or the address is not known',
    source: SOURCES.memberUrl,
    value: ({ url }) => url ?? null,
  },
]

export function* statsTableRows(figures: Statistics): Generator<StatsRow> {
  const { depth, months, weekdays, hours, people } = figures
  for (const [key, value] of figuresOf(figures)) yield { kind: 'figure', key, value }
  for (const [level, posts] of depth.posts.entries()) yield { kind: 'depth', key: String(level), posts }
  for (const { month, ...counts } of months) yield { kind: 'month', key: month, ...counts }
  for (const [at, posts] of weekdays.entries()) yield { kind: 'weekday', key: WEEKDAYS[at] ?? '', posts }
  for (const [hour, posts] of hours.entries()) yield { kind: 'hour', key: String(hour), posts }
  for (const { slug, name, posts, threads, replies, received, url } of people.top)
    yield { kind: 'person', key: slug ?? '', name, posts, threads, replies, received, url }
}
