import type { PostColumns } from '../schema/post-columns.js'
import type { MergeDatabase } from './merge-database.js'
import { later } from './precedence.js'

/** A post of one archive; its references are row ids of the archive that is merged into. */
export type MergePostRow = Omit<PostColumns, 'id' | 'activity_id' | 'told_replies' | 'told_capture_id'>

/** The site's own ids and other values that decide between two rows. They do not depend on the order of the archives. */
export interface NaturalKeys {
  thread: string
  parent: string | null
  group: string | null
  member: string | null
  /** When the text was first read, and when it was last seen. */
  readAt: string
  seenAt: string
  revisions: number
}

/** A post as one of the two archives has it. `id`: its row id in this archive; `old`: in the input. */
export interface PostInArchive {
  id: number
  old: number
  site: string
  activity_id: string
  row: MergePostRow
  natural: NaturalKeys
}

const PLAIN =
  `parent_named, parent_seen_at, type, title, posted_at, posted_from, posted_to, html, text, heading, content_key, url, shown_at, truncated, edited,
  privacy, topic, status, missed_at, gone_at, gone_reason, claimed, whole_view_at, whole_view_in, own_page_key, checked_at, text_seen_at,
  first_seen_at, last_seen_at, parser`
    .split(/,\s*/)
    .map(name => `s.${name}`)
    .join(', ')

const HEAD = `map.new AS id, map.old, sites.url AS site, s.activity_id`

const NATURAL = `thread.activity_id AS n_thread, parent.activity_id AS n_parent, COALESCE(groups.group_id, groups.slug) AS n_group,
  COALESCE(members.member_id, members.slug) AS n_member, COALESCE(read.captured_at, s.first_seen_at) AS n_readAt`

const OWN = `SELECT ${HEAD}, ${PLAIN}, s.thread_id, s.parent_id, s.group_id, s.member_id, s.first_run_id, s.last_run_id, s.capture_id,
    s.last_capture_id, s.view_capture_id, ${NATURAL},
    (SELECT count(*) FROM main.revisions WHERE post_id = s.id) AS n_revisions
  FROM temp.merged_posts AS map JOIN main.posts AS s ON s.id = map.new JOIN main.sites ON sites.id = s.site_id
    JOIN main.posts AS thread ON thread.id = s.thread_id LEFT JOIN main.posts AS parent ON parent.id = s.parent_id
    LEFT JOIN main.groups ON groups.id = s.group_id LEFT JOIN main.members ON members.id = s.member_id
    LEFT JOIN main.captures AS read ON read.id = s.capture_id`

/** Left joins only: a row with a dangling reference must not lose its pair. */
const OTHERS = `SELECT ${HEAD}, ${PLAIN}, (SELECT new FROM temp.merged_posts WHERE old = s.thread_id) AS thread_id,
    (SELECT new FROM temp.merged_posts WHERE old = s.parent_id) AS parent_id, groups.id AS group_id, members.id AS member_id,
    (SELECT new FROM temp.merged_runs WHERE old = s.first_run_id) AS first_run_id,
    (SELECT new FROM temp.merged_runs WHERE old = s.last_run_id) AS last_run_id,
    (SELECT new FROM temp.merged_captures WHERE old = s.capture_id) AS capture_id,
    (SELECT new FROM temp.merged_captures WHERE old = s.last_capture_id) AS last_capture_id,
    (SELECT new FROM temp.merged_captures WHERE old = s.view_capture_id) AS view_capture_id, ${NATURAL},
    (SELECT count(*) FROM other.revisions WHERE post_id = s.id) AS n_revisions
  FROM temp.merged_posts AS map JOIN other.posts AS s ON s.id = map.old LEFT JOIN other.sites ON sites.id = s.site_id
    LEFT JOIN other.posts AS thread ON thread.id = s.thread_id LEFT JOIN other.posts AS parent ON parent.id = s.parent_id
    LEFT JOIN temp.merged_groups AS g ON g.old = s.group_id LEFT JOIN main.groups ON groups.id = g.new
    LEFT JOIN temp.merged_members AS m ON m.old = s.member_id LEFT JOIN main.members ON members.id = m.new
    LEFT JOIN other.captures AS read ON read.id = s.capture_id`

/** Number of posts whose texts are in memory at once. */
const BATCH = 200

/** Posts that both archives have, in the order of the input. */
export function* pairs(work: MergeDatabase): Generator<{ mine: PostInArchive; theirs: PostInArchive }> {
  const rest = `WHERE NOT map.is_new AND map.old > ? ORDER BY map.old LIMIT ${BATCH}`
  for (let after = 0; ; ) {
    const [mine, theirs] = [OWN, OTHERS].map(sql => work.rows<FlatRow>(`${sql} ${rest}`, after).map(postOf))
    for (const [at, one] of (theirs ?? []).entries()) yield { mine: mine?.[at] as PostInArchive, theirs: one }
    const last = theirs?.at(-1)
    if (!last) return
    after = last.old
  }
}

type FlatRow = Omit<PostInArchive, 'row' | 'natural'> &
  MergePostRow & { [Name in Exclude<keyof NaturalKeys, 'seenAt'> as `n_${Name}`]: NaturalKeys[Name] }

function postOf(flat: FlatRow): PostInArchive {
  const { id, old, site, activity_id, n_thread, n_parent, n_group, n_member, n_readAt, n_revisions, ...row } = flat
  const times = { readAt: n_readAt, seenAt: later(row.text_seen_at ?? '', n_readAt) }
  const natural = {
    thread: n_thread,
    parent: n_parent,
    group: n_group,
    member: n_member,
    ...times,
    revisions: n_revisions,
  }
  return { id, old, site, activity_id, row, natural }
}
