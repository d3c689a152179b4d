import { byLabel, labelFacts, labelSentence, type PostLabel } from '../../../model/columns/post-labels.js'
import {
  type Column,
  type FoldRule,
  flag,
  integer,
  maybeInteger,
  maybeText,
  maybeTo,
  type RowOf,
  since,
  type Table,
  text,
  to,
} from '../describe.js'
import { CONTENT, SEEN, WHEN } from './common.js'

/** A label: topic, privacy, … (`model/columns/post-labels.ts`). */
const labelColumn = (name: PostLabel): Column<string | null> =>
  since(labelFacts(name).since, maybeText(labelSentence(name, 'empty'), 'labels'))

/** What a post is, and where its values were read. What the readings of a thread have shown is in `threads`. */
export const POSTS = {
  name: 'posts',
  about: 'Every opening post and reply, one row each. Posts that are gone from the site stay, and are marked.',
  label: 'title',
  newestBy: 'posted_from',
  facets: ['group_id', 'type', 'status'],
  searchBy: 'id',
  columns: {
    id: integer('Number of the row.'),
    site_id: to('sites', 'The site.', 'identity'),
    site_post_id: text("The site's own id, which identifies the post.", 'identity'),
    thread_id: to('posts', 'The opening post of the thread; of an opening post, the row itself.', 'thread'),
    thread_seen_at: maybeText(
      'When a reading last showed its thread and its position there; empty: none did.',
      'thread',
    ),
    position: maybeInteger('Position in the last view of the thread, for siblings without exact dates.', 'thread'),
    parent_id: maybeTo('posts', 'The post that it replies to; empty: an opening post.', 'parent'),
    parent_named: flag('1: the site itself named this parent; 0: derived from the nesting of a page.', 'parent'),
    parent_seen_at: maybeText('When a reading last showed its parent; empty: none did.', 'parent'),
    group_id: maybeTo('groups', 'The group of the post; empty: in no group.', 'group'),
    group_seen_at: maybeText('When a reading last showed its group; empty: none did.', 'group'),
    member_id: maybeTo('members', 'The author; empty: not known, or erased.', 'author'),
    member_seen_at: maybeText('When a reading last showed its author; empty: none did.', 'author'),
    type: text("The software's own type: activity_update, activity_comment, joined_group, …", 'last'),
    title: maybeText('Title given by the author, or the first words; opening posts only.', 'text'),
    heading: CONTENT.heading,
    html: CONTENT.html,
    text: CONTENT.text,
    content_hash: CONTENT.content_hash,
    truncated: flag('1: the site gave only a shortened text.', 'text'),
    text_capture_id: maybeTo('captures', 'The capture that its text was read from.', 'text'),
    text_seen_at: maybeText('When its text was last seen.', 'text'),
    parser: text('The template that read its text, and the version of threadkeep.', 'text'),
    ...WHEN,
    url: text('Permalink on the site.', 'url'),
    url_seen_at: maybeText('When a reading last showed this URL.', 'url'),
    ...byLabel(labelColumn),
    labels_seen_at: maybeText('When a reading last showed one of its labels; empty: none did.', 'labels'),
    edited: flag('1: the site itself marks it as edited.', 'greatest'),
    forgotten: flag('1: its author was erased: the row stays without text and author.', 'author'),
    status: text<'live' | 'gone' | 'unread'>(
      'live, gone (no longer on the site), or unread (an opening post known only from its replies).',
      'presence',
    ),
    missed_at: maybeText('When it was first not found where it was expected.', 'presence'),
    gone_at: maybeText('When it was found to be gone.', 'presence'),
    gone_reason: maybeText('What proved that it is gone.', 'presence'),
    ...SEEN,
    first_run_id: to('runs', 'The run that first saw it.', 'first'),
    last_run_id: to('runs', 'The run that last saw it.', 'last'),
    last_capture_id: maybeTo(
      'captures',
      'The last capture that showed it; empty: known only from its replies.',
      'last',
    ),
  },
} as const satisfies Table

export type PostRow = RowOf<typeof POSTS>

/** The columns of `posts` that one rule decides about, in their order. */
export const columnsOf = (rule: FoldRule): (keyof PostRow)[] =>
  Object.entries<Column>(POSTS.columns).flatMap(([name, { fold }]) => (fold === rule ? [name as keyof PostRow] : []))

type SeenAt = Exclude<Extract<keyof PostRow, `${string}_seen_at`>, 'first_seen_at'>

/** When readings last showed the post, or a group of its columns. */
export const SEEN_AT = Object.keys(POSTS.columns).filter(
  (name): name is SeenAt => name.endsWith('_seen_at') && name !== 'first_seen_at',
)

/** What the readings have shown of a thread as a whole. A thread has the row id of its opening post. */
export const THREADS = {
  name: 'threads',
  about:
    'What the readings have shown of each thread as a whole: how many posts the site claims, and where they were seen.',
  columns: {
    id: integer('The opening post.', 'identity'),
    claimed: maybeInteger('Number of posts in the last whole view of the thread.', 'view'),
    whole_view_at: maybeText('When the whole thread was last seen.', 'view'),
    whole_view_in: maybeText<'stream' | 'permalink'>(
      "Where the whole thread was last seen: stream (the group's list) or permalink (its own page).",
      'view',
    ),
    view_capture_id: maybeTo('captures', 'The capture of its last whole view.', 'view'),
    told_replies: maybeInteger('Number of replies that a feed gives.'),
    told_capture_id: maybeTo('captures', 'The feed that first gave this number.'),
    checked_at: maybeText('When the rotation of a sync last requested it.', 'latest'),
  },
} as const satisfies Table

export type ThreadStateRow = RowOf<typeof THREADS>

/** A post's own page may print a text differently than the stream (shortcodes), so it is compared with its own earlier version. */
export const OWN_PAGES = {
  name: 'own_pages',
  about: "Content hashes of posts as their thread's own page prints them, where a sync has read that page again.",
  hidden: true,
  columns: {
    post_id: to('posts', 'The post.', 'identity'),
    content_hash: text('Content hash of the text on the page.', 'last'),
  },
} as const satisfies Table

/** Posts of texts have ids made of their words. When the same posts are read from a site, these ids are theirs. */
export const MADE_IDS = {
  name: 'made_ids',
  about: 'Ids that threadkeep made for posts of a text, with the posts that they turned out to be.',
  hidden: true,
  columns: {
    made_id: text('The id, made of the words of the post and its place in the text.', 'identity'),
    post_id: to('posts', 'The post.', 'identity'),
  },
} as const satisfies Table
