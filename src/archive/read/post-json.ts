import type { PostJson, StoredAuthor } from '../../model/archive.js'
import { knownAddress, siteIdOf, UNKNOWN_SITE } from '../../model/unknown-site.js'
import { type LabelSql, NO_DETAILS, type PostDetails, type PostShape } from './post-cells.js'

type JsonCells = readonly [type: string, plain: string, seen: string, marks: number]

/** Bits of `marks`. */
const [TRUNCATED, FORGOTTEN, GONE] = [1, 2, 4]

/**
 * Posts as JSON, the same as `postRecord` of the exporters makes of whole posts. SQLite writes the columns that follow each other, which takes a
 * seventh less than to read all cells and to write them again.
 */
export const POSTS_AS_JSON: PostShape<PostJson, JsonCells> = {
  columns: labels => `posts.type, json_object(
      'posted_at', iif(posts.posted_from = posts.posted_to, posts.posted_from, NULL),
      'posted_between', json_array(posts.posted_from, posts.posted_to), 'html', posts.html, 'text', posts.text,
      'url', iif(substr(posts.url, 1, ${UNKNOWN_SITE.length}) = '${UNKNOWN_SITE}', NULL, posts.url),
      'heading', posts.heading, ${named(labels)}, 'status', posts.status, 'gone_at', posts.gone_at,
      'gone_reason', posts.gone_reason, 'edited', json(iif(posts.edited = 1, 'true', 'false'))),
    json_object('first_seen_at', posts.first_seen_at, 'last_seen_at', posts.last_seen_at),
    ${TRUNCATED} * (posts.truncated = 1) + ${FORGOTTEN} * COALESCE(posts.forgotten = 1, 0) + ${GONE} * (posts.status = 'gone')`,
  postOf([, , , , , id, parent, , , type, plain, seen, marks], author, details) {
    const isPlain = details === NO_DETAILS && (marks & (TRUNCATED | FORGOTTEN)) === 0
    return {
      status: (marks & GONE) === 0 ? 'live' : 'gone',
      ids: `"id":${quoted(id)},"parent":${parent === null ? null : quoted(parent)}`,
      rest: `"type":${quoted(type)},"author":${authorJson(author)},${plain.slice(1, -1)},${isPlain ? PLAIN : detailsJson(details, marks)},${seen.slice(1, -1)}${moreJson(details, marks)}}`,
    }
  },
}

const named = (labels: LabelSql): string =>
  Object.entries(labels)
    .map(([name, value]) => `'${name}', ${value}`)
    .join(', ')

/** Ids and types of items, which hold nothing to escape unless somebody has changed the file. */
const quoted = (text: string): string => (/^[\w:.-]*$/.test(text) ? `"${text}"` : JSON.stringify(text))

const AUTHORS = new WeakMap<StoredAuthor, string>()

/** Made once for each object: a reader has one for all posts of a member. */
function authorJson(author: StoredAuthor | null): string {
  if (author === null) return 'null'
  const known = AUTHORS.get(author)
  if (known !== undefined) return known
  const { id, slug, name, url } = author
  const text = JSON.stringify({ id: siteIdOf(id), slug, name, url: url && knownAddress(url) })
  AUTHORS.set(author, text)
  return text
}

function detailsJson({ editedBy, revisions, attachments, links }: PostDetails, marks: number): string {
  const known = links.map(({ kind, url, text }) => ({ kind, url: knownAddress(url), text }))
  const fields = { edited_by: editedBy, revisions, truncated: (marks & TRUNCATED) !== 0, attachments, links: known }
  return JSON.stringify(fields).slice(1, -1)
}

/** What most posts have. */
const PLAIN = detailsJson(NO_DETAILS, 0)

const moreJson = ({ seenBy }: PostDetails, marks: number): string =>
  `${(marks & FORGOTTEN) !== 0 ? ',"forgotten":true' : ''}${seenBy ? `,"seen_by":${JSON.stringify(seenBy)}` : ''}`
