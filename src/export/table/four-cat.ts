import type { Column } from './column.js'
import { POST_COLUMNS, type PostRow } from './post-columns.js'
import { SOURCES } from './sources.js'

/** What 4CAT calls its columns. It finds them by these names, and hides all that begin with `author`. */
const NAMES: Readonly<Record<string, string>> = {
  thread: 'thread_id',
  parent: 'parent_id',
  author_name: 'author',
  text: 'body',
  title: 'subject',
}

const TIMESTAMP: Column<PostRow> = {
  ...{ name: 'timestamp', type: 'time', certainty: 'bound' },
  meaning: 'when it was written; of an interval its beginning, else its end: 4CAT leaves out rows without a time',
  missing: 'nothing is known of the time',
  source: SOURCES.when,
  value: ({ node }) => node.post.when.from ?? node.post.when.to,
}

const FIRST = ['id', 'thread_id', 'author', 'body', 'timestamp']

const renamed = [TIMESTAMP, ...POST_COLUMNS].map(column => ({ ...column, name: NAMES[column.name] ?? column.name }))

/** The columns that 4CAT wants, then all others but `html`, which makes its import slow. */
export const FOUR_CAT: readonly Column<PostRow>[] = [
  ...FIRST.flatMap(name => renamed.filter(column => column.name === name)),
  ...renamed.filter(({ name }) => !FIRST.includes(name) && name !== 'html'),
]
