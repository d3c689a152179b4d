import { later } from '../fold/precedence.js'
import type { NaturalKeys, PostState, PostValues } from '../fold/state.js'
import type { Column } from '../schema/describe.js'
import { POSTS } from '../schema/tables/posts.js'
import { MADE_AT } from '../schema/tables/runs.js'
import { type MergeDatabase, valueInMain } from './merge-database.js'

/** A post as one of the two archives has it. `id`: its row id in this archive; `old`: in the input. References are rows of this archive. */
export interface PostInArchive extends PostState {
  id: number
  old: number
  site: string
  site_post_id: string
  revisions: number
}

const VALUES = Object.entries<Column>(POSTS.columns).filter(
  ([name]) => !['id', 'site_id', 'site_post_id'].includes(name),
)

const HEAD = 'map.new AS id, map.old, sites.url AS site, s.site_post_id'

const NATURAL = `thread.site_post_id AS n_thread, parent.site_post_id AS n_parent, COALESCE(groups.site_group_id, groups.slug) AS n_group,
  COALESCE(members.site_member_id, members.slug) AS n_member, COALESCE(${MADE_AT('read')}, s.first_seen_at) AS n_readAt`

/** Number of posts whose texts are in memory at once. */
const BATCH = 200

/** Chosen before the joins: SQLite would else join and sort all posts that are left for each batch. */
const BATCH_OF_MAP = `(SELECT old, new FROM temp.merged_posts WHERE NOT is_new AND old > ? ORDER BY old LIMIT ${BATCH}) AS map`

const OWN = `SELECT ${HEAD}, ${VALUES.map(([name]) => `s.${name}`).join(', ')}, ${NATURAL},
    (SELECT count(*) FROM main.revisions WHERE post_id = s.id) AS revisions
  FROM ${BATCH_OF_MAP} JOIN main.posts AS s ON s.id = map.new JOIN main.sites ON sites.id = s.site_id
    JOIN main.posts AS thread ON thread.id = s.thread_id LEFT JOIN main.posts AS parent ON parent.id = s.parent_id
    LEFT JOIN main.groups ON groups.id = s.group_id LEFT JOIN main.members ON members.id = s.member_id
    LEFT JOIN main.captures AS read ON read.id = s.text_capture_id`

/** Left joins only: a row with a dangling reference must not lose its pair. */
const OTHERS = `SELECT ${HEAD}, ${VALUES.map(([name, column]) => `${valueInMain(name, column)} AS ${name}`).join(', ')}, ${NATURAL},
    (SELECT count(*) FROM other.revisions WHERE post_id = s.id) AS revisions
  FROM ${BATCH_OF_MAP} JOIN other.posts AS s ON s.id = map.old LEFT JOIN other.sites ON sites.id = s.site_id
    LEFT JOIN other.posts AS thread ON thread.id = s.thread_id LEFT JOIN other.posts AS parent ON parent.id = s.parent_id
    LEFT JOIN temp.merged_groups AS g ON g.old = s.group_id LEFT JOIN main.groups ON groups.id = g.new
    LEFT JOIN temp.merged_members AS m ON m.old = s.member_id LEFT JOIN main.members ON members.id = m.new
    LEFT JOIN other.captures AS read ON read.id = s.text_capture_id`

/** Posts that both archives have, in the order of the input. */
export function* pairs(work: MergeDatabase): Generator<{ mine: PostInArchive; theirs: PostInArchive }> {
  for (let after = 0; ; ) {
    const [mine, theirs] = [OWN, OTHERS].map(sql => work.rows<FlatRow>(`${sql} ORDER BY map.old`, after).map(postOf))
    for (const [at, one] of (theirs ?? []).entries()) yield { mine: mine?.[at] as PostInArchive, theirs: one }
    const last = theirs?.at(-1)
    if (!last) return
    after = last.old
  }
}

type Named = 'thread' | 'parent' | 'group' | 'member'
type FlatRow = Omit<PostInArchive, 'row' | 'natural'> &
  PostValues & { [Name in Named as `n_${Name}`]: NaturalKeys[Name] } & { n_readAt: string }

function postOf(flat: FlatRow): PostInArchive {
  const { id, old, site, site_post_id, revisions, n_thread, n_parent, n_group, n_member, n_readAt, ...row } = flat
  const natural = {
    ...{ thread: n_thread, parent: n_parent, group: n_group, member: n_member, order: 0 },
    isOpening: n_thread === site_post_id,
    readAt: row.status === 'unread' ? null : n_readAt,
    seenAt: later(row.text_seen_at ?? '', n_readAt),
  }
  return { id, old, site, site_post_id, revisions, row, natural }
}
