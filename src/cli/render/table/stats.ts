import type { Column } from '../../../export/table/column.js'
import { SOURCES } from '../../../export/table/sources.js'
import type { Values } from '../../../model/columns/value-facts.js'
import type { PartFigures, Statistics } from '../../../model/reports/statistics.js'
import { figuresOf } from '../stats.js'
import { definitionOf } from '../stats-definitions.js'
import { type Gaps, gapFigures } from '../stats-gaps.js'
import { WEEKDAYS } from '../stats-months.js'
import { partName } from '../stats-parts.js'

/** A row of `stats --csv`: a figure, or what was counted of a depth, a month, a group, a weekday, an hour, a number of posts or a person. */
interface StatsRow {
  kind: 'figure' | 'depth' | 'month' | 'group' | 'weekday' | 'hour' | 'wrote' | 'person'
  key: string
  name?: string | null
  value?: string | number | null
  posts?: number
  threads?: number
  people?: number
  replies?: number
  received?: number
  url?: string | null
  newcomers?: number
  postsAtMost?: number
  definition?: string
  /** Of a month or group of `--by`. */
  part?: PartFigures
}

const KINDS: Values = {
  figure: 'one figure of the whole',
  depth: 'the posts of one level of replies',
  month: 'a calendar month (UTC)',
  group: 'a group, with `--by group`',
  weekday: 'a day of the week',
  hour: 'an hour of the day',
  wrote: 'the people who wrote a number of posts',
  person: 'a member who wrote',
}

type Counted = 'posts' | 'threads' | 'people' | 'replies' | 'received'

const count = (name: Counted, meaning: string, missing: string): Column<StatsRow> => ({
  ...{ name, type: 'number', certainty: 'derived', meaning, missing },
  value: row => row[name] ?? null,
})

const part = (name: string, meaning: string, of: (part: PartFigures) => number | null): Column<StatsRow> => ({
  ...{ name, type: 'number', certainty: 'derived', meaning },
  missing: 'no month or group of `--by`, or there is no value',
  value: row => (row.part ? of(row.part) : null),
})

export const STATS_COLUMNS: readonly Column<StatsRow>[] = [
  {
    ...{ name: 'kind', type: 'text', certainty: 'derived' },
    meaning: '`figure`, `depth`, `month`, `group`, `weekday`, `hour`, `wrote` or `person`',
    values: KINDS,
    value: ({ kind }) => kind,
  },
  {
    ...{ name: 'key', type: 'text', certainty: 'derived' },
    meaning:
      'which: `posts`, `threads.replies.median`, … as in `--json`; a level; `2024-05`; `Monday`; 0 to 23; `1`, `3-5`, `501-`; the slug of a person or group',
    missing: 'a person without a slug, or threads in no group',
    value: ({ key }) => key,
  },
  {
    ...{ name: 'name', type: 'text', certainty: 'stated', meaning: 'name of the person or group' },
    missing: 'neither a person nor a group, or the name is not known',
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
  count('threads', 'number of threads begun', 'neither a month, a group nor a person'),
  count('people', 'number of people who wrote', 'neither a month, a group nor a number of posts'),
  count('replies', 'number of replies written', 'no person'),
  count('received', 'number of replies by others to posts of this person', 'no person'),
  {
    ...{ name: 'url', type: 'url', certainty: 'stated', meaning: 'address of the person or group' },
    missing: 'neither a person nor a group, or the address is not known',
    source: SOURCES.memberUrl,
    value: ({ url }) => url ?? null,
  },
  {
    ...{ name: 'newcomers', type: 'number', certainty: 'derived' },
    meaning: 'number of people whose first post, of the selection or the group, is certainly in the month or period',
    missing: 'neither a month nor a group',
    value: ({ newcomers }) => newcomers ?? null,
  },
  {
    ...{ name: 'posts_at_most', type: 'number', certainty: 'bound' },
    meaning: 'number of posts that may be in the month, with those whose interval overlaps it',
    missing: 'no month',
    value: ({ postsAtMost }) => postsAtMost ?? null,
  },
  part(
    'unanswered_share',
    'share of the threads begun without a reply by another person: 0 to 1',
    ({ threads }) => threads.unansweredShare,
  ),
  part(
    'first_reply_q1',
    'lower quartile of the seconds to the first reply by another',
    ({ responses }) => responses.firstReply.q1,
  ),
  part(
    'first_reply_median',
    'median of the seconds to the first reply by another',
    ({ responses }) => responses.firstReply.median,
  ),
  part(
    'first_reply_q3',
    'upper quartile of the seconds to the first reply by another',
    ({ responses }) => responses.firstReply.q3,
  ),
  part('gini', 'Gini coefficient of posts per person: 0 to 1', ({ people }) => people.gini),
  part(
    'reciprocity',
    'share of the pairs who replied that replied to each other: 0 to 1',
    ({ people }) => people.reciprocity,
  ),
  {
    ...{ name: 'definition', type: 'text', certainty: 'derived', meaning: 'what the figure is, in a sentence' },
    missing: 'no figure',
    value: ({ definition }) => definition ?? null,
  },
]

export function* statsTableRows(figures: Statistics, gaps: Gaps): Generator<StatsRow> {
  const { depth, months, weekdays, hours, people, parts = [] } = figures
  for (const [key, value] of [...figuresOf(figures), ...gapFigures(gaps)])
    yield { kind: 'figure', key, value, definition: definitionOf(key) }
  for (const [level, posts] of depth.posts.entries()) yield { kind: 'depth', key: String(level), posts }
  const byMonth = new Map(parts.map(part => [part.month, part]))
  for (const { month, ...counts } of months) {
    const own = byMonth.get(month)
    yield { kind: 'month', key: month, ...counts, ...(own && { part: own }) }
  }
  yield* groupRows(parts)
  for (const [at, posts] of weekdays.entries()) yield { kind: 'weekday', key: WEEKDAYS[at] ?? '', posts }
  for (const [hour, posts] of hours.entries()) yield { kind: 'hour', key: String(hour), posts }
  for (const { from, to, people: many, posts } of people.byPosts)
    yield { kind: 'wrote', key: from === to ? String(from) : `${from}-${to ?? ''}`, people: many, posts }
  for (const { slug, name, posts, threads, replies, received, url } of people.top)
    yield { kind: 'person', key: slug ?? '', name, posts, threads, replies, received, url }
}

function* groupRows(parts: readonly PartFigures[]): Generator<StatsRow> {
  for (const part of parts) {
    if (part.month !== undefined) continue
    const { counts, people, group } = part
    const { posts, threads, people: many } = counts
    const own = { posts, threads, people: many, newcomers: people.newcomers, url: group?.url ?? null }
    yield { kind: 'group', ...partName(part), ...own, part }
  }
}
