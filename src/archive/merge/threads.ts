import { changes } from '../fold/precedence.js'
import { foldThreads } from '../fold/threads.js'
import { THREADS, type ThreadStateRow } from '../schema/tables/posts.js'
import type { MergeDatabase } from './merge-database.js'

const NEW = `other.threads AS s JOIN temp.merged_posts AS map ON map.old = s.id
  JOIN main.posts AS opening ON opening.id = map.new AND opening.thread_id = map.new
  WHERE NOT EXISTS (SELECT 1 FROM main.threads WHERE threads.id = map.new) ORDER BY s.id`

const OF_BOTH = `SELECT map.new AS id, map.old FROM temp.merged_posts AS map JOIN other.threads ON threads.id = map.old
  JOIN main.threads AS mine ON mine.id = map.new WHERE NOT map.is_new AND map.old > ? ORDER BY map.old LIMIT 1000`

const OWN = 'SELECT * FROM main.threads WHERE id = ?'

const OTHERS = `SELECT s.*, (SELECT new FROM temp.merged_captures WHERE old = s.view_capture_id) AS view_capture_id
  FROM other.threads AS s WHERE id = ?`

/** Merges what the readings have shown of each thread. Call it when the posts are merged. */
export function mergeThreads(work: MergeDatabase): void {
  work.copy(THREADS, { id: 'map.new' }, NEW)
  type Pair = { id: number; old: number }
  for (let rows = work.rows<Pair>(OF_BOTH, 0); rows.length > 0; rows = work.rows<Pair>(OF_BOTH, rows.at(-1)?.old ?? 0))
    for (const { id, old } of rows) {
      const [mine, theirs] = [work.row<ThreadStateRow>(OWN, id), work.row<ThreadStateRow>(OTHERS, old)]
      if (mine && theirs) work.update('threads', id, changes(mine, foldThreads(mine, theirs)))
    }
}
