import type { StoredThread } from '../../model/archive.js'
import { POST_LABELS } from '../../model/columns/post-labels.js'
import type { ValueSource } from '../../model/columns/value-facts.js'
import type { Instant } from '../../model/discussion.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { Column, ColumnType, Value } from '../table/column.js'
import { groupColumns, siteColumn, urlColumn, whenColumns } from '../table/shared-columns.js'
import { SOURCES } from '../table/sources.js'
import { element, textElement } from '../xml.js'
import { guidOf } from './identity.js'
import type { Participant } from './participants.js'

/** What the variables of a source say. */
export interface ThreadFacts {
  thread: StoredThread
  /** Posts that the source has. */
  posts: number
  people: number
  /** Depth of its deepest reply. */
  depth: number
  /** BuddyBoss: topic of its opening post. */
  topic: string | null
}

const number = <Row>(name: string, meaning: string, value: (row: Row) => number): Column<Row> => ({
  ...{ name, type: 'number', certainty: 'derived', meaning },
  value,
})

const text = <Row>(
  [name, source]: readonly [string, ValueSource],
  meaning: string,
  missing: string | undefined,
  value: (row: Row) => string | null,
): Column<Row> => ({
  ...{ name, type: 'text', certainty: 'stated', source, meaning, ...(missing !== undefined && { missing }) },
  value,
})

const state = (name: string, meaning: string, value: (row: ThreadFacts) => string): Column<ThreadFacts> => ({
  ...{ name, type: 'text', certainty: 'observed', meaning },
  value,
})

const time = <Row>(name: string, meaning: string, value: (row: Row) => Instant | null): Column<Row> => ({
  ...{ name, type: 'time', certainty: 'bound', meaning, missing: 'no date is known' },
  value,
})

/** The variables of a source, which is a thread. */
export const THREAD_VARIABLES: readonly Column<ThreadFacts>[] = [
  siteColumn(({ thread }) => thread.site),
  ...groupColumns<ThreadFacts>(({ thread }) => thread.group),
  text(
    ['thread', SOURCES.thread],
    'id of the thread, which is that of its opening post',
    undefined,
    row => row.thread.id,
  ),
  text(['topic', POST_LABELS.topic.source], 'topic that the thread is filed under', 'none', ({ topic }) => topic),
  text(['type', SOURCES.type], 'item type of BuddyPress of the opening post', undefined, ({ thread }) => thread.type),
  state('status', '`live` or `gone`: the opening post when last read', ({ thread }) => thread.status),
  ...whenColumns<ThreadFacts>(({ thread }) => thread.when),
  time('last_post_at', 'date of the newest post of the thread', ({ thread }) => thread.lastPostAt),
  number('posts', 'number of posts in the source', ({ posts }) => posts),
  number('people', 'number of members who wrote them', ({ people }) => people),
  number('depth', 'depth of the deepest reply: 1 for a reply to the opening post', ({ depth }) => depth),
  state(
    'completeness',
    '`complete`, `short` or `unknown`: what the archive holds of the thread',
    ({ thread }) => thread.completeness.state,
  ),
  urlColumn('thread', ({ thread }) => thread.url),
]

const NOT_SHOWN = 'no page showed it'

/** The variables of a case, which is a participant. Their names differ from those of sources: some programs have one list of both. */
export const MEMBER_VARIABLES: readonly Column<Participant>[] = [
  text(['member_id', SOURCES.authorId], 'id of the member on the site', NOT_SHOWN, ({ member }) => member.id),
  text(['member_slug', SOURCES.authorSlug], 'name of the member in URLs', NOT_SHOWN, ({ member }) => member.slug),
  text(
    ['member_url', SOURCES.memberUrl],
    'address of the profile',
    NOT_SHOWN,
    ({ member }) => member.url && knownAddress(member.url),
  ),
  number('member_posts', 'number of posts in this project', ({ posts }) => posts.length),
  time('member_first_post', 'date of the first of them', ({ first }) => first),
  time('member_last_post', 'date of the last of them', ({ last }) => last),
]

/** The variables as the project lists them. */
export function variableList(): string[] {
  const all: readonly Pick<Column<never>, 'name' | 'type' | 'meaning'>[] = [...THREAD_VARIABLES, ...MEMBER_VARIABLES]
  return all.map(({ name, type, meaning }) =>
    element(
      'Variable',
      { guid: guidOf('variable', name), name, typeOfVariable: TYPES[type] },
      textElement('Description', meaning),
    ),
  )
}

/** The values of a row. What is not known has no value. */
export const valuesOf = <Row>(columns: readonly Column<Row>[], row: Row): string[] =>
  columns.flatMap(({ name, type, value }) => {
    const found = value(row)
    const content = found === null || found === '' ? [] : [textElement(`${TYPES[type]}Value`, valueText(found))]
    const reference = element('VariableRef', { targetGUID: guidOf('variable', name) })
    return content.length === 0 ? [] : [element('VariableValue', {}, reference, ...content)]
  })

const valueText = (value: Exclude<Value, null>): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value)

const TYPES: Readonly<Record<ColumnType, string>> = {
  ...{
    id: 'Text',
    text: 'Text',
    url: 'Text',
    attachments: 'Text',
    time: 'DateTime',
    number: 'Integer',
    flag: 'Boolean',
  },
}
