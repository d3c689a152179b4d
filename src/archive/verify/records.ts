import { MADE_AT } from '../schema/tables/runs.js'
import { BACKUP, type Check, fromQueries, REPARSE } from './check.js'

const POST = "'post ' || posts.site_post_id || ' (row ' || posts.id || ')'"
const BY_HAND = 'The file was changed by another program: restore a backup.'
/** A merged archive has the histories of several archives: their ids and times are not in one order. */
const MERGED = 'EXISTS (SELECT 1 FROM main.archives)'

/** NOT INDEXED reads the tables, because a damaged unique index would hide duplicates. */
const IDENTITIES = fromQueries('identities', "the site's own ids are unique", [
  {
    what: 'Two posts of a site have the same id.',
    sql: `SELECT 'activity ' || site_post_id FROM main.posts NOT INDEXED GROUP BY site_id, site_post_id HAVING count(*) > 1`,
    mend: REPARSE,
  },
  {
    what: 'Two groups of a site have the same slug or number.',
    sql: `SELECT 'group ' || slug FROM main.groups NOT INDEXED GROUP BY site_id, slug HAVING count(*) > 1
      UNION ALL SELECT 'group number ' || site_group_id FROM main.groups NOT INDEXED WHERE site_group_id IS NOT NULL
      GROUP BY site_id, site_group_id HAVING count(*) > 1`,
    mend: REPARSE,
  },
  {
    what: 'Two members of a site have the same number.',
    sql: `SELECT 'member ' || site_member_id FROM main.members NOT INDEXED WHERE site_member_id IS NOT NULL
      GROUP BY site_id, site_member_id HAVING count(*) > 1`,
    mend: REPARSE,
  },
])

const POSTS = fromQueries('posts', 'each post has its captures and a consistent status', [
  {
    what: 'A post does not refer to the capture from which it was read.',
    sql: `SELECT ${POST} FROM main.posts LEFT JOIN main.captures AS own ON own.id = posts.text_capture_id
      LEFT JOIN main.captures AS last ON last.id = posts.last_capture_id
      WHERE posts.status <> 'unread' AND (own.id IS NULL OR last.id IS NULL)`,
    mend: REPARSE,
  },
  {
    what: 'The status of a post is not live, gone or unread.',
    sql: `SELECT ${POST} FROM main.posts WHERE status NOT IN ('live', 'gone', 'unread')`,
    mend: BY_HAND,
  },
  {
    what: 'A gone post has no time or reason, or a live post has one.',
    sql: `SELECT ${POST} FROM main.posts WHERE (status = 'gone') <> (gone_at IS NOT NULL AND gone_reason IS NOT NULL)
      OR (status <> 'gone' AND (gone_at IS NOT NULL OR gone_reason IS NOT NULL))`,
    mend: BY_HAND,
  },
  {
    what: 'A gone post has no event for it in its history.',
    sql: `SELECT ${POST} FROM main.posts WHERE status = 'gone'
      AND NOT EXISTS (SELECT 1 FROM main.events WHERE events.post_id = posts.id AND events.kind = 'gone')`,
    mend: BACKUP,
  },
  {
    what: 'The dates of a post contradict each other.',
    sql: `SELECT ${POST} FROM main.posts WHERE posted_from > posted_to OR first_seen_at > last_seen_at
      OR (posted_at IS NOT NULL AND (posted_at IS NOT posted_from OR posted_at IS NOT posted_to))`,
    mend: REPARSE,
  },
])

const REVISIONS = fromQueries('revisions', 'earlier texts are in the order of their captures', [
  {
    what: 'An earlier text was not replaced at the time of the capture with the newer text.',
    sql: `SELECT ${POST} || ', revision ' || revisions.id FROM main.revisions JOIN main.posts ON posts.id = post_id
      JOIN main.captures AS next ON next.id = replaced_by_id WHERE replaced_at <> ${MADE_AT('next')}`,
    before4: `SELECT ${POST} || ', revision ' || revisions.id FROM main.revisions JOIN main.posts ON posts.id = post_id
      JOIN main.captures AS next ON next.id = replaced_by_id WHERE replaced_at <> next.captured_at`,
    mend: REPARSE,
  },
  {
    what: 'An earlier text was read later than the text that replaced it.',
    sql: `SELECT ${POST} || ', revision ' || revisions.id FROM main.revisions JOIN main.posts ON posts.id = post_id
      JOIN main.captures AS own ON own.id = revisions.text_capture_id JOIN main.captures AS next ON next.id = replaced_by_id
      WHERE CASE WHEN own.door IS NULL AND next.door IS NULL THEN own.run_id > next.run_id
        ELSE ${MADE_AT('own')} > ${MADE_AT('next')} END AND NOT ${MERGED}`,
    before4: `SELECT ${POST} || ', revision ' || revisions.id FROM main.revisions JOIN main.posts ON posts.id = post_id
      JOIN main.captures AS own ON own.id = revisions.text_capture_id JOIN main.captures AS next ON next.id = replaced_by_id
      WHERE own.run_id > next.run_id AND NOT ${MERGED}`,
    mend: REPARSE,
  },
])

const EVENT_SUBJECTS = fromQueries('events', 'each event has a subject', [
  {
    what: 'An event refers to no post, group, member or site.',
    sql: `SELECT 'event ' || id FROM main.events WHERE post_id IS NULL AND group_id IS NULL AND member_id IS NULL
      AND NOT (kind = 'moved' AND field = 'site' AND before IS NOT NULL AND after IS NOT NULL)`,
    mend: BY_HAND,
  },
])

const RUNS = fromQueries('runs', 'the counts of the runs match the posts', [
  {
    what: 'The runs added more posts than the archive has.',
    sql: `SELECT brought || ' counted, ' || held || ' held' FROM
      (SELECT (SELECT COALESCE(sum(new_posts), 0) FROM main.runs) AS brought,
        (SELECT count(*) FROM main.posts WHERE status <> 'unread') AS held)
      WHERE brought > held AND NOT ${MERGED}`,
    mend: BACKUP,
  },
  {
    what: 'A thread has a whole view without the number of posts in it.',
    sql: `SELECT 'thread ' || site_post_id || ' (row ' || id || ')' FROM main.posts JOIN main.threads USING (id)
      WHERE whole_view_at IS NOT NULL AND (claimed IS NULL OR whole_view_in IS NULL)`,
    mend: 'threadkeep sync --full',
  },
])

const CAPTURES = fromQueries('captures', 'each capture has a body, its own or that of an equal one', [
  {
    what: 'A capture refers to an equal one that has another request, or no body of its own.',
    sql: `SELECT 'capture ' || own.id FROM main.captures AS own LEFT JOIN main.captures AS first ON first.id = own.same_as_id
      WHERE own.same_as_id IS NOT NULL AND (first.id IS NULL OR first.same_as_id IS NOT NULL OR first.url <> own.url
        OR first.form IS NOT own.form OR first.referer IS NOT own.referer OR first.blob_id <> own.blob_id)`,
    mend: BY_HAND,
  },
  {
    what: 'A body belongs to no capture.',
    sql: `SELECT 'blob ' || id FROM main.blobs WHERE NOT EXISTS (SELECT 1 FROM main.captures WHERE blob_id = blobs.id)`,
    mend: 'It is harmless but takes space. Its request is not known any more.',
  },
])

export const RECORDS: readonly Check[] = [
  { ...IDENTITIES, slow: true },
  POSTS,
  REVISIONS,
  EVENT_SUBJECTS,
  RUNS,
  CAPTURES,
]
