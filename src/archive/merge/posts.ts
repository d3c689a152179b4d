import type { TextConflict } from '../../model/reports/merge.js'
import { MAX_LISTED_CONFLICTS } from '../../model/reports/merge.js'
import { contradict, knownDate } from '../../model/time.js'
import { foldDates } from '../fold/dates.js'
import { foldPosts } from '../fold/post.js'
import { changes, earlier } from '../fold/precedence.js'
import { type PostValues, whenOf } from '../fold/state.js'
import { ATTACHMENTS, LINKS, REVISIONS } from '../schema/tables/history.js'
import { OWN_PAGES, POSTS, SEEN_AT } from '../schema/tables/posts.js'
import { GoneOrLive } from './gone-or-live.js'
import type { MergeDatabase } from './merge-database.js'
import { type PostInArchive, pairs } from './post-rows.js'
import { Revisions } from './revisions.js'

export interface MergedPostCounts {
  posts: number
  newPosts: number
  updatedPosts: number
  samePosts: number
}

/** Number of posts that both archives have, between two steps. */
const BATCH = 500

/** Number of new posts that one statement copies. */
const NEW_BATCH = 5000

/** Merges posts by site and the site's own id. Fills temp.merged_posts. */
export class PostMerge {
  readonly conflicts: { count: number; first: TextConflict[] } = { count: 0, first: [] }
  private readonly presence: GoneOrLive
  private readonly revisions: Revisions

  constructor(
    private readonly work: MergeDatabase,
    run: number,
  ) {
    this.presence = new GoneOrLive(work, run)
    this.revisions = new Revisions(work)
  }

  /** Yields after each batch of rows. */
  *merging(): Generator<void, MergedPostCounts> {
    const { work } = this
    work.note('CREATE TEMP TABLE merged_posts (old INTEGER PRIMARY KEY, new INTEGER NOT NULL, is_new INTEGER NOT NULL)')
    work.note(MAP)
    yield* this.copyNew()
    const known = { new: 0, updated: 0, same: 0 }
    let count = 0
    for (const { mine, theirs } of pairs(work)) {
      const change = this.mergePair(mine, theirs)
      if (++count % BATCH === 0) yield
      if (theirs.row.status !== 'unread') known[mine.row.status === 'unread' ? 'new' : change ? 'updated' : 'same']++
    }
    const newPosts = (work.one<number>(NEW_AND_READ) ?? 0) + known.new
    const counts = { newPosts, updatedPosts: known.updated, samePosts: known.same }
    return { posts: newPosts + known.updated + known.same, ...counts }
  }

  private *copyNew(): Generator<void, void> {
    const { work } = this
    for (const [from, to] of newRanges(work)) {
      work.copy(POSTS, { id: 'map.new' }, NEW_POSTS, { values: [from, to] })
      yield
    }
    for (const table of [ATTACHMENTS, LINKS, REVISIONS, OWN_PAGES]) {
      work.copy(table, { post_id: 'map.new' }, partsOfNew(table.name), { without: ['id'] })
      yield
    }
  }

  /** Call it after the events of both archives are merged. */
  addBackEvents(): void {
    this.presence.addBackEvents()
  }

  /** Merges a post that both archives have. Returns whether a value changed that people see. */
  private mergePair(mine: PostInArchive, theirs: PostInArchive): boolean {
    if (mine.site_post_id !== theirs.site_post_id) return this.mergeText(mine, theirs)
    const folded = foldPosts(mine, theirs, () => this.presence.isGone(mine, theirs))
    const parts = folded.text === theirs && this.revisions.takeParts(mine, theirs)
    const history = this.revisions.join(mine, theirs, folded)
    const changed = changes(mine.row, { ...folded.row, ...history.dates })
    if (history.conflict) this.addConflict(history.conflict)
    this.work.update('posts', mine.id, changed)
    const isReported = Object.keys(changed).some(name => !UNREPORTED.has(name as keyof PostValues))
    return isReported || parts || history.changed
  }

  /** A post of a text that this archive knows under its real id: it narrows the date. */
  private mergeText(mine: PostInArchive, { row }: PostInArchive): boolean {
    const [known, said] = [whenOf(mine.row), whenOf(row)]
    const when = contradict(known, said) ? known : foldDates(known, said)
    const changed = changes(mine.row, {
      ...mine.row,
      ...{ posted_at: knownDate(when), posted_from: when.from, posted_to: when.to },
      first_seen_at: earlier(mine.row.first_seen_at, row.first_seen_at),
    })
    this.work.update('posts', mine.id, changed)
    return Object.keys(changed).length > 0
  }

  private addConflict(conflict: TextConflict): void {
    this.conflicts.count++
    if (this.conflicts.first.length < MAX_LISTED_CONFLICTS) this.conflicts.first.push(conflict)
  }
}

/** Columns about readings: a change in these alone does not count as an updated post. */
const UNREPORTED = new Set<keyof PostValues>([
  ...SEEN_AT,
  ...(['first_seen_at', 'first_run_id', 'last_run_id', 'text_capture_id', 'last_capture_id'] as const),
  ...(['parser', 'position', 'missed_at'] as const),
])

const MAP = `INSERT INTO temp.merged_posts SELECT old,
    COALESCE(known, (SELECT COALESCE(max(id), 0) FROM main.posts) + sum(known IS NULL) OVER (ORDER BY old)), known IS NULL
  FROM (SELECT s.id AS old, COALESCE(known.id, made.post_id) AS known FROM other.posts AS s JOIN temp.merged_sites AS site ON site.old = s.site_id
    LEFT JOIN main.posts AS known ON known.site_id = site.new AND known.site_post_id = s.site_post_id
    LEFT JOIN main.made_ids AS made ON made.made_id = s.site_post_id)`

const NEW_AND_READ = `SELECT count(*) FROM temp.merged_posts AS map JOIN other.posts AS s ON s.id = map.old
  WHERE map.is_new AND s.status <> 'unread'`

/** First and last row id of the posts of each batch. A post and its thread may be in two batches: references are checked at the end. */
function newRanges(work: MergeDatabase): [number, number][] {
  const sql = `SELECT min(old) AS "from", max(old) AS "to" FROM (
      SELECT old, row_number() OVER (ORDER BY old) / ${NEW_BATCH} AS batch FROM temp.merged_posts WHERE is_new
    ) GROUP BY batch ORDER BY batch`
  return work.rows<{ from: number; to: number }>(sql).map(({ from, to }) => [from, to])
}

const NEW_POSTS = `temp.merged_posts AS map JOIN other.posts AS s ON s.id = map.old
  WHERE map.is_new AND map.old BETWEEN ? AND ? ORDER BY map.old`

const partsOfNew = (table: string): string =>
  `other.${table} AS s JOIN temp.merged_posts AS map ON map.old = s.post_id AND map.is_new ORDER BY s.rowid`
