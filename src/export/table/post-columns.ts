import type { PostNode, StoredThread } from '../../model/archive.js'
import { LABEL_NAMES, labelFacts, type PostLabel } from '../../model/columns/post-labels.js'
import type { ShownStatus } from '../exporter.js'
import { shownPosts } from '../shown.js'
import type { Column } from './column.js'
import { authorColumns, groupColumns, siteColumn, urlColumn, whenColumns } from './shared-columns.js'
import { COMPLETENESS, SOURCES, STATUSES, TYPES } from './sources.js'

/** A post at its place in its thread: one row of a table. */
export interface PostRow {
  thread: StoredThread
  node: PostNode
}

/** One row a post: threads in their order, posts of a thread from top to bottom. Read while they are walked. */
export function* postRows(threads: Iterable<StoredThread>, status: ShownStatus): Generator<PostRow> {
  for (const thread of threads) for (const node of shownPosts(thread, status)) yield { thread, node }
}

function labelColumn(name: PostLabel): Column<PostRow> {
  const { meaning, missing, source, values } = labelFacts(name)
  return {
    ...{ name, type: 'text', certainty: 'stated', meaning, missing, source },
    ...(values && { values, hasOtherValues: true }),
    value: ({ node }) => node.post[name],
  }
}

/** Where a post belongs. */
const PLACE: readonly Column<PostRow>[] = [
  siteColumn(({ thread }) => thread.site),
  ...groupColumns<PostRow>(({ thread }) => thread.group),
  {
    ...{
      name: 'thread',
      type: 'id',
      certainty: 'stated',
      meaning: 'id of the thread, which is that of its opening post',
    },
    source: SOURCES.thread,
    value: ({ thread }) => thread.id,
  },
  {
    ...{ name: 'title', type: 'text', certainty: 'derived' },
    meaning: 'title of the thread, else the first words of its opening post; the same in all its rows',
    source: SOURCES.title,
    value: ({ thread }) => thread.title,
  },
  {
    ...{ name: 'id', type: 'id', certainty: 'stated' },
    meaning: 'id of the post on the site; `bbp:ID` of a forum; `x…` where threadkeep made one of the words',
    source: SOURCES.id,
    value: ({ node }) => node.post.id,
  },
  {
    ...{ name: 'parent', type: 'id', certainty: 'stated' },
    meaning: 'id of the post that it replies to, which the archive may not hold',
    missing: 'an opening post',
    source: SOURCES.parent,
    value: ({ node }) => node.post.parentId,
  },
  {
    ...{ name: 'depth', type: 'number', certainty: 'derived' },
    meaning: '0 for an opening post, 1 for a reply to it, …; 0 also for a reply whose parent is not held',
    value: ({ node }) => node.depth,
  },
  {
    ...{
      name: 'position',
      type: 'number',
      certainty: 'derived',
      meaning: 'place in the thread from top to bottom, from 0',
    },
    value: ({ node }) => node.position,
  },
]

/** Who wrote it, and when. */
const AUTHORSHIP: readonly Column<PostRow>[] = [
  ...authorColumns<PostRow>(({ node }) => node.post.author),
  ...whenColumns<PostRow>(({ node }) => node.post.when),
]

/** What it says. */
const WORDS: readonly Column<PostRow>[] = [
  {
    ...{ name: 'heading', type: 'text', certainty: 'stated', meaning: 'title that the author gave the post' },
    missing: 'none',
    source: SOURCES.heading,
    value: ({ node }) => node.post.heading,
  },
  labelColumn('topic'),
  {
    ...{ name: 'text', type: 'text', certainty: 'derived', meaning: 'the body as plain text' },
    missing: 'a post without words, or of an erased member',
    source: SOURCES.body,
    value: ({ node }) => node.post.text,
  },
  {
    ...{
      name: 'html',
      type: 'text',
      certainty: 'stated',
      meaning: 'the body as the site sent it: clean it before you show it',
    },
    missing: 'a post without words, or of an erased member',
    source: SOURCES.body,
    value: ({ node }) => node.post.html,
  },
  {
    ...{ name: 'attachments', type: 'attachments', certainty: 'stated' },
    meaning: 'pictures, documents, … of the post: kind, url, name',
    missing: 'none',
    source: SOURCES.attachments,
    value: ({ node }) => node.post.attachments,
  },
]

/** What is known about it. */
const STATE: readonly Column<PostRow>[] = [
  {
    ...{
      name: 'type',
      type: 'text',
      certainty: 'stated',
      meaning: 'item type of BuddyPress: `activity_update`, `activity_comment`, …',
    },
    source: SOURCES.type,
    values: TYPES,
    hasOtherValues: true,
    value: ({ node }) => node.post.type,
  },
  {
    ...{
      name: 'status',
      type: 'text',
      certainty: 'observed',
      meaning: '`live`: on the site when last read; `gone`: no longer there',
    },
    values: STATUSES,
    value: ({ node }) => node.post.status,
  },
  {
    ...{ name: 'gone_at', type: 'time', certainty: 'bound', meaning: 'when threadkeep found that the post is gone' },
    missing: 'it is live, or it is not known when',
    value: ({ node }) => node.post.goneAt,
  },
  {
    ...{ name: 'edited', type: 'flag', certainty: 'stated', meaning: 'the site says that the post was edited' },
    source: SOURCES.edited,
    value: ({ node }) => node.post.edited,
  },
  {
    ...{
      name: 'edited_by',
      type: 'time',
      certainty: 'bound',
      meaning: 'the last edit that the archive saw was made by then',
    },
    missing: 'the archive saw no edit',
    value: ({ node }) => node.post.editedBy,
  },
  {
    ...{
      name: 'revisions',
      type: 'number',
      certainty: 'observed',
      meaning: 'number of earlier versions that the archive holds',
    },
    value: ({ node }) => node.post.revisions,
  },
  {
    ...{ name: 'truncated', type: 'flag', certainty: 'observed', meaning: 'only a shortened text could be read' },
    value: ({ node }) => node.post.truncated,
  },
  {
    ...{
      name: 'erased',
      type: 'flag',
      certainty: 'observed',
      meaning: 'the author was erased from the archive, and the words with them',
    },
    value: ({ node }) => node.post.forgotten ?? false,
  },
  labelColumn('privacy'),
  urlColumn('post', ({ node }) => node.post.url),
  {
    ...{ name: 'first_seen_at', type: 'time', certainty: 'observed', meaning: 'when threadkeep first read the post' },
    value: ({ node }) => node.post.firstSeenAt,
  },
  {
    ...{ name: 'last_seen_at', type: 'time', certainty: 'observed', meaning: 'when threadkeep last read the post' },
    value: ({ node }) => node.post.lastSeenAt,
  },
  {
    ...{ name: 'gone_reason', type: 'text', certainty: 'observed', meaning: 'what proved that the post is gone' },
    missing: 'it is live',
    value: ({ node }) => node.post.goneReason,
  },
  {
    ...{ name: 'completeness', type: 'text', certainty: 'observed', values: COMPLETENESS },
    meaning: 'whether all posts of the thread are held',
    value: ({ thread }) => thread.completeness.state,
  },
]

/** All columns of a table of posts, in their order. Columns may be added at the end; none is renamed, removed or given another meaning. */
export const POST_COLUMNS: readonly Column<PostRow>[] = [
  ...[...PLACE, ...AUTHORSHIP, ...WORDS, ...STATE],
  ...LABEL_NAMES.filter(name => labelFacts(name).since > 1).map(labelColumn),
]
