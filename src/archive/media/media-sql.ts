/** Embeds are pages of other sites, and no files. */
const SHOWN = "attachments JOIN posts ON posts.id = attachments.post_id WHERE attachments.kind <> 'embed'"

/** Members with a picture who wrote any of these posts. */
const authors = (scope: string) =>
  `avatar_url IS NOT NULL AND members.id IN (SELECT posts.member_id FROM posts WHERE ${scope})`

/** Statements that note the files of posts, and then which posts show them. `scope`: condition on `posts`. */
export const NOTE_POSTS: readonly ((scope: string) => string)[] = [
  scope => `INSERT INTO media (url, kind, state) SELECT attachments.url, attachments.kind, 'wanted' FROM ${SHOWN}
    AND ${scope} ORDER BY attachments.id ON CONFLICT (url) DO NOTHING`,
  scope => `INSERT INTO media_uses (media_id, post_id)
    SELECT (SELECT id FROM media WHERE media.url = attachments.url), attachments.post_id FROM ${SHOWN}
    AND ${scope} ORDER BY attachments.id ON CONFLICT DO NOTHING`,
]

/** The same for the pictures of the members who wrote the posts. */
export const NOTE_MEMBERS: readonly ((scope: string) => string)[] = [
  scope => `INSERT INTO media (url, kind, state) SELECT avatar_url, 'avatar', 'wanted' FROM members
    WHERE ${authors(scope)} ORDER BY members.id ON CONFLICT (url) DO NOTHING`,
  scope => `INSERT INTO media_uses (media_id, member_id)
    SELECT (SELECT id FROM media WHERE media.url = avatar_url), members.id FROM members
    WHERE ${authors(scope)} ORDER BY members.id ON CONFLICT DO NOTHING`,
]

/** Row ids of the files of these posts and of their authors. Binds the values of the scope twice. */
export const usedIn = (scope: string): string => `SELECT media_id FROM media_uses
    JOIN posts ON posts.id = media_uses.post_id WHERE ${scope}
  UNION SELECT media_id FROM media_uses WHERE member_id IN (SELECT posts.member_id FROM posts WHERE ${scope})`

/** Binds: the kinds, whether all are requested again, now, the largest size, the reader. */
export const DUE = `kind IN (SELECT value FROM json_each(?)) AND (state = 'wanted' OR (state <> 'kept' AND (
  ? OR again_at <= ? OR (reason = 'too-large' AND size <= ?)
  OR (reason IN ('page', 'not-allowed') AND reader = 'visitor' AND ? <> 'visitor'))))`

const SITE = `COALESCE(
  (SELECT sites.url FROM media_uses JOIN posts ON posts.id = media_uses.post_id JOIN sites ON sites.id = posts.site_id
    WHERE media_id = media.id ORDER BY media_uses.id LIMIT 1),
  (SELECT sites.url FROM media_uses JOIN members ON members.id = media_uses.member_id
    JOIN sites ON sites.id = members.site_id WHERE media_id = media.id ORDER BY media_uses.id LIMIT 1))`

export const TASK = `SELECT id, url, kind, tries, ${SITE} AS site FROM media WHERE id = ?`

export const ITEM = `SELECT url, kind, state, reason, detail, sha256, type, declared_type AS declaredType, size, name,
  fetched_at AS fetchedAt, asked_at AS askedAt, again_at AS againAt,
  (SELECT count(*) FROM media_uses WHERE media_id = media.id AND post_id IS NOT NULL) AS posts FROM media`

export const KEPT_FILES = "SELECT DISTINCT sha256, type, size FROM media WHERE state = 'kept'"
