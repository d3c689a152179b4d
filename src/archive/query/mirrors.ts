import { bareUrl } from '../../model/addresses.js'
import { withoutForumPage } from '../../model/forum/posts.js'
import { withSlash } from '../../model/urls.js'

/**
 * Activity items of the types `bbp_topic_create` and `bbp_reply_create` repeat a post of a forum: the permalink of such an item is the
 * address of the topic, or of the reply with its number (`#post-12`).
 */

/** What the permalink of the mirror `m` names: the id of a reply, or the address of a topic without its scheme. As in schema 5. */
const NAMED = (m: string) =>
  `CASE ${m}.type WHEN 'bbp_reply_create' THEN 'bbp:' || substr(${m}.url, instr(${m}.url, '#post-') + 6) ELSE substr(${m}.url, instr(${m}.url, '://') + 3) END`

const IS_MIRROR = (m: string) => `${m}.type IN ('bbp_topic_create', 'bbp_reply_create')`

const ADDRESS = (post: string) => `substr(${post}.url, instr(${post}.url, '://') + 3)`

/** SQL condition: the post is the topic at this address. Binds the address without its scheme. */
export const TOPIC_AT = `posts.type = 'topic' AND ${ADDRESS('posts')} = ?`

/** What `TOPIC_AT` binds: an address as archives hold it, with a slash at its end. */
export const topicAddress = (url: string): string => withSlash(bareUrl(withoutPage(url))).replace(/^https?:\/\//, '')

function withoutPage(url: string): string {
  const address = new URL(url)
  address.pathname = withoutForumPage(address.pathname)
  return address.href
}

/** Pairs of a mirror and its post, for a FROM clause: `mirror` and `original`. */
const REPLIES = `posts AS mirror JOIN posts AS original ON original.site_id = mirror.site_id AND original.site_post_id = ${NAMED('mirror')}
  WHERE ${IS_MIRROR('mirror')} AND mirror.type = 'bbp_reply_create'`
const TOPICS = `posts AS mirror JOIN posts AS original ON original.site_id = mirror.site_id AND original.type = 'topic' AND ${ADDRESS('original')} = ${NAMED('mirror')}
  WHERE ${IS_MIRROR('mirror')} AND mirror.type = 'bbp_topic_create'`

/** Row ids of the activity items whose forum post the archive holds: their text is there already. */
export const HELD_MIRRORS = `SELECT mirror.id FROM ${REPLIES} AND original.status <> 'unread'
  UNION ALL SELECT mirror.id FROM ${TOPICS} AND original.status <> 'unread'`

/** Pairs of posts of which one is among the given rows: (mirror, original) by row id. Binds the list of rows twice a type. */
export const PAIRS_OF = `SELECT mirror.id AS mirror, original.id AS original FROM ${REPLIES} AND original.id IN (SELECT value FROM json_each(?))
  UNION SELECT mirror.id, original.id FROM ${REPLIES} AND mirror.id IN (SELECT value FROM json_each(?))
  UNION SELECT mirror.id, original.id FROM ${TOPICS} AND original.id IN (SELECT value FROM json_each(?))
  UNION SELECT mirror.id, original.id FROM ${TOPICS} AND mirror.id IN (SELECT value FROM json_each(?))`
