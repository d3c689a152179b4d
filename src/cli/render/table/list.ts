import type { Column } from '../../../export/table/column.js'
import {
  authorColumns,
  groupColumns,
  siteColumn,
  titleColumn,
  urlColumn,
  whenColumns,
} from '../../../export/table/shared-columns.js'
import { GROUP_STATUSES, SOURCES, STATUSES, TYPES } from '../../../export/table/sources.js'
import type { Completeness, GroupSummary, ThreadSummary } from '../../../model/archive.js'
import type { Values } from '../../../model/columns/value-facts.js'

const COMPLETENESS: Values = {
  complete: 'all that the site showed is held',
  short: 'something is missing',
  unknown: 'no whole view yet',
}

const LAST_POST: Column<Pick<ThreadSummary, 'lastPostAt'>> = {
  ...{ name: 'last_post_at', type: 'time', certainty: 'stated', meaning: 'date of its newest post' },
  missing: 'not known',
  source: SOURCES.when,
  value: ({ lastPostAt }) => lastPostAt,
}

/** `list --csv`: a row a thread. */
export const THREAD_COLUMNS: readonly Column<ThreadSummary>[] = [
  siteColumn(({ site }) => site),
  ...groupColumns<ThreadSummary>(({ group }) => group),
  {
    ...{
      name: 'thread',
      type: 'id',
      certainty: 'stated',
      meaning: 'id of the thread, which is that of its opening post',
    },
    source: SOURCES.thread,
    value: ({ id }) => id,
  },
  titleColumn(({ title }) => title),
  {
    ...{ name: 'type', type: 'text', certainty: 'stated', meaning: 'item type of the opening post' },
    source: SOURCES.type,
    values: TYPES,
    hasOtherValues: true,
    value: ({ type }) => type,
  },
  ...authorColumns<ThreadSummary>(({ author }) => author),
  ...whenColumns<ThreadSummary>(({ when }) => when),
  LAST_POST,
  {
    ...{ name: 'replies', type: 'number', certainty: 'observed', meaning: 'number of replies that the archive holds' },
    value: ({ replies }) => replies,
  },
  {
    ...{
      name: 'status',
      type: 'text',
      certainty: 'observed',
      meaning: 'of the opening post: `live`, or `gone` from the site',
    },
    values: STATUSES,
    value: ({ status }) => status,
  },
  goneColumn(({ gonePosts }) => gonePosts),
  ...completenessColumns<ThreadSummary>(({ completeness }) => completeness),
  urlColumn('thread', ({ url }) => url),
]

/** `list --groups --csv`: a row a group. */
export const GROUP_COLUMNS: readonly Column<GroupSummary>[] = [
  siteColumn(({ site }) => site),
  ...groupColumns<GroupSummary>(group => group),
  {
    ...{ name: 'status', type: 'text', certainty: 'stated', meaning: '`public`, `private` or `hidden`' },
    missing: 'no page showed it',
    source: SOURCES.groupStatus,
    values: GROUP_STATUSES,
    value: ({ status }) => status,
  },
  {
    ...{
      name: 'access',
      type: 'text',
      certainty: 'observed',
      meaning: '`open`, or `members`: this reader may not see its posts',
    },
    missing: 'its stream was not requested',
    values: { open: 'its posts can be read', members: 'this reader may not see its posts' },
    value: ({ access }) => access,
  },
  {
    ...{ name: 'threads', type: 'number', certainty: 'observed', meaning: 'number of its threads in the archive' },
    value: ({ threads }) => threads,
  },
  {
    ...{
      name: 'posts',
      type: 'number',
      certainty: 'observed',
      meaning: 'number of its posts in the archive, with those that are gone',
    },
    value: ({ posts }) => posts,
  },
  goneColumn(({ gonePosts }) => gonePosts),
  ...completenessColumns<GroupSummary>(({ completeness }) => completeness),
  LAST_POST,
  urlColumn('group', ({ url }) => url, SOURCES.groupUrl),
]

function goneColumn<Row>(value: (row: Row) => number): Column<Row> {
  const meaning = 'number of its posts that are gone from the site'
  return { name: 'gone_posts', type: 'number', certainty: 'observed', meaning, value }
}

function completenessColumns<Row>(of: (row: Row) => Completeness): readonly Column<Row>[] {
  return [
    {
      ...{ name: 'completeness', type: 'text', certainty: 'derived' },
      meaning:
        '`complete`: all that the site showed is held; `short`: something is missing; `unknown`: no whole view yet',
      values: COMPLETENESS,
      value: row => of(row).state,
    },
    {
      ...{
        name: 'held',
        type: 'number',
        certainty: 'observed',
        meaning: 'number of posts on the site that are held in full',
      },
      value: row => of(row).held,
    },
    {
      ...{
        name: 'claimed',
        type: 'number',
        certainty: 'stated',
        meaning: 'number of posts that the site showed or claimed',
      },
      missing: 'not known',
      source: SOURCES.claimed,
      value: row => of(row).claimed,
    },
  ]
}
