import { integer, maybeText, maybeTo, type RowOf, type Table, text, to } from '../describe.js'
import { CONTENT, SEEN, WHEN } from './common.js'

export const REVISIONS = {
  name: 'revisions',
  about: 'Earlier versions of posts: text, author, date, parent and group as they were before a change.',
  newestBy: 'replaced_at',
  columns: {
    id: integer('Number of the row.'),
    post_id: to('posts', 'The post, with its present version.', 'identity'),
    ...CONTENT,
    member_id: maybeTo('members', 'The author of this version.'),
    parent_id: maybeTo('posts', 'The post that this version replied to.'),
    group_id: maybeTo('groups', 'The group of this version.'),
    ...WHEN,
    text_capture_id: maybeTo('captures', 'The capture that this version was read from.'),
    last_seen_at: maybeText('When this version was last seen (UTC).'),
    replaced_at: text('When the newer version was read (UTC).'),
    replaced_by_id: maybeTo('captures', 'The capture that the newer version was read from.'),
  },
} as const satisfies Table

export type RevisionRow = RowOf<typeof REVISIONS>

export const EVENTS = {
  name: 'events',
  about: 'Events of posts, groups and members. Replaced texts are in revisions.',
  newestBy: 'at',
  facets: ['kind', 'reason'],
  columns: {
    id: integer('Number of the row.'),
    at: text('When threadkeep noticed it (UTC).'),
    kind: text(
      'gone, back, moved, renamed, forgotten. A site that has moved has an event without a post, group or member.',
    ),
    post_id: maybeTo('posts', 'The post.'),
    group_id: maybeTo('groups', 'The group; moved: the group that the post left.'),
    member_id: maybeTo('members', 'The member.'),
    field: maybeText('renamed, moved: the field that changed; site: the whole site has another address.'),
    before: maybeText('renamed, moved: the old value.'),
    after: maybeText('renamed, moved: the new value.'),
    reason: maybeText(
      'gone: what proved that the post is gone. renamed, moved: "first sight" if it happened at the first sight of the row or later.',
    ),
    last_seen_at: maybeText('gone: when the post was last seen.'),
    run_id: to('runs', 'The run that noticed it.'),
  },
} as const satisfies Table

export const SIGHTINGS = {
  name: 'sightings',
  about: 'Which reader saw which post: a visitor, or a member.',
  facets: ['reader'],
  columns: {
    post_id: to('posts', 'The post.', 'identity'),
    reader: text('visitor, session or password; followed by @ARCHIVE after a merge.', 'identity'),
    ...SEEN,
  },
} as const satisfies Table

export const ATTACHMENTS = {
  name: 'attachments',
  about: 'Pictures, videos, files and embeds of posts: their URLs, not their content.',
  facets: ['kind'],
  columns: {
    id: integer('Number of the row.'),
    post_id: to('posts', 'The post.', 'identity'),
    kind: text('image, video, audio, document, embed.', 'text'),
    url: text('Address of the file.', 'text'),
    name: maybeText('Alternative text or title.', 'text'),
  },
} as const satisfies Table

export const LINKS = {
  name: 'links',
  about: 'Links and mentions in posts.',
  facets: ['kind'],
  columns: {
    id: integer('Number of the row.'),
    post_id: to('posts', 'The post.', 'identity'),
    kind: text('link or mention.', 'text'),
    url: text('Where it leads.', 'text'),
    text: text('The text of the link.', 'text'),
  },
} as const satisfies Table

export type EventRow = RowOf<typeof EVENTS>
