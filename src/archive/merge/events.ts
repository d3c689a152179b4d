import { EVENTS } from '../schema/tables/history.js'
import type { MergeDatabase } from './merge-database.js'

/** Identifies an event without its time: two archives saw the same change at different times. */
const key = (s: string, post: string, group: string, member: string) =>
  `json_array(${s}.kind, ${post}, ${group}, ${member}, ${s}.field, ${s}.before,
    CASE ${s}.kind WHEN 'forgotten' THEN NULL ELSE ${s}.after END)`

const ranked = (from: string) => `SELECT *, row_number() OVER (PARTITION BY key ORDER BY at, id) AS rank FROM (${from})`

const own = (of: Subject) =>
  ranked(
    `SELECT id, at, ${key('s', 's.post_id', 's.group_id', 's.member_id')} AS key FROM main.events AS s WHERE ${WHERE[of]}`,
  )

const others = (of: Subject) => {
  const post = of === 'posts' ? '(SELECT new FROM temp.merged_posts WHERE old = s.post_id)' : 'NULL'
  return ranked(`SELECT s.id, s.at, ${post} AS post_id, g.new AS group_id, member.new AS member_id,
      ${key('s', post, 'g.new', 'member.new')} AS key
    FROM other.events AS s LEFT JOIN temp.merged_groups AS g ON g.old = s.group_id
      LEFT JOIN temp.merged_members AS member ON member.old = s.member_id WHERE ${WHERE[of]}`)
}

/** What an event is about. Those of names come first: they tell which rows are the same group or member. */
type Subject = 'names' | 'posts'
const WHERE: Record<Subject, string> = { names: 's.post_id IS NULL', posts: 's.post_id IS NOT NULL' }

/**
 * Merges events. The n-th event of a key in one archive is the n-th in the other, so the archive with more of them sets their
 * number. The earlier time is kept; of `gone` events the later one.
 */
export function mergeEvents(work: MergeDatabase, of: Subject): void {
  const changed = { post_id: 'map.post_id', group_id: 'map.group_id', member_id: 'map.member_id' }
  work.note(`CREATE TEMP TABLE known_events AS ${own(of)}`)
  work.note('CREATE INDEX temp.known_events_key ON known_events(key, rank)')
  work.note(`CREATE TEMP TABLE merged_events AS ${others(of)}`)
  work.copy(EVENTS, changed, NEW_EVENTS, { without: ['id'] })
  work.write(BETTER_TIMES)
  for (const table of ['known_events', 'merged_events']) work.note(`DROP TABLE temp.${table}`)
}

const NEW_EVENTS = `temp.merged_events AS map JOIN other.events AS s ON s.id = map.id
  WHERE NOT EXISTS (SELECT 1 FROM temp.known_events AS known WHERE known.key = map.key AND known.rank = map.rank)
  ORDER BY map.at, map.id`

const BETTER_TIMES = `UPDATE main.events SET at = s.at, reason = s.reason, last_seen_at = s.last_seen_at,
    run_id = (SELECT new FROM temp.merged_runs WHERE old = s.run_id)
  FROM temp.known_events AS known JOIN temp.merged_events AS map ON map.key = known.key AND map.rank = known.rank
    JOIN other.events AS s ON s.id = map.id
  WHERE events.id = known.id AND CASE s.kind WHEN 'gone' THEN s.at > known.at ELSE s.at < known.at END`
