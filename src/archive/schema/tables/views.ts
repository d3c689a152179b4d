import { integer, maybeInteger, maybeText, type Table, text } from '../describe.js'
import { CONTENT, SEEN, WHEN } from './common.js'

export const READABLE_POSTS = {
  name: 'readable_posts',
  about: 'Posts with the names of their site, group, thread and author: start here.',
  newestBy: 'posted_from',
  facets: ['group_name', 'type', 'status'],
  searchBy: 'id',
  columns: {
    id: integer('Number of the row in posts.'),
    site: text('URL of the site.'),
    group_name: maybeText('Name of the group; empty: in no group.'),
    group_slug: maybeText("The group's name in URLs."),
    thread: text("The site's own id of the opening post."),
    parent: maybeText("The site's own id of the parent; empty: an opening post."),
    site_post_id: text("The site's own id of the post."),
    depth: integer('0: an opening post; 1: a reply to it; 2: a reply to that; and so on.'),
    author: maybeText('Name of the author; empty: not known, or deleted on the site.'),
    author_id: maybeText("The site's own id of the author."),
    author_slug: maybeText("The author's name in URLs."),
    type: text("The software's own type: activity_update, activity_comment, joined_group, …"),
    ...WHEN,
    heading: CONTENT.heading,
    text: CONTENT.text,
    edited: integer('1: the site marks it as edited, or an earlier version is in revisions.'),
    status: text('live, or gone: no longer on the site; its text is kept.'),
    url: text('Permalink on the site.'),
    ...SEEN,
  },
} as const satisfies Table

export const READABLE_THREADS = {
  name: 'readable_threads',
  about: 'One row for each thread: its opening post, number of replies, and completeness.',
  newestBy: 'posted_from',
  searchBy: 'id',
  columns: {
    id: integer('Number of the row in threads, and of the opening post in posts.'),
    site_post_id: text("The site's own id of the opening post."),
    site_id: integer('The site.'),
    group_id: maybeInteger('The group; empty: in no group.'),
    member_id: maybeInteger('The author of the opening post.'),
    type: text("The software's own type of the opening post."),
    title: maybeText('Title given by the author, or the first words of the opening post.'),
    ...WHEN,
    url: text('Permalink on the site.'),
    status: text('live, gone, or unread: the opening post is known only from its replies.'),
    claimed: maybeInteger('Number of posts in the last whole view of the thread.'),
    whole_view_at: maybeText('When the whole thread was last seen.'),
    replies: integer('Replies in the archive, including gone ones.'),
    last_post_at: maybeText('Date of its newest post.'),
    held: integer('Number of the claimed posts in the archive with their full text.'),
    shortened: integer(
      'Number of posts of which the site gave only a shortened text; posts that are gone from a live thread do not count.',
    ),
    completeness: text(
      'complete: every post that the site showed is archived in full. short: something is missing. unknown: no whole view yet.',
    ),
  },
} as const satisfies Table
