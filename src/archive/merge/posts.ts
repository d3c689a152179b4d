import type { TextConflict } from '../../model/reports/merge.js'
import { MAX_LISTED_CONFLICTS } from '../../model/reports/merge.js'
import { GoneOrLive } from './gone-or-live.js'
import type { MergeDatabase } from './merge-database.js'
import { mergedPost } from './merge-post.js'
import { type MergePostRow, type PostInArchive, pairs } from './post-rows.js'
import { changes } from './precedence.js'
import { Revisions } from './revisions.js'

export interface PostCounts {
  posts: number
  newPosts: number
  updatedPosts: number
  samePosts: number
}

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

  merge(): PostCounts {
    const { work } = this
    work.note('CREATE TEMP TABLE merged_posts (old INTEGER PRIMARY KEY, new INTEGER NOT NULL, is_new INTEGER NOT NULL)')
    work.note(MAP)
    work.copy('posts', NEW_COLUMNS, NEW_POSTS)
    for (const table of ['attachments', 'links']) work.copy(table, { post_id: 'map.new' }, partsOfNew(table), ['id'])
    work.copy('revisions', REVISION_COLUMNS, partsOfNew('revisions'), ['id'])
    const known = { new: 0, updated: 0, same: 0 }
    for (const { mine, theirs } of pairs(work)) {
      const change = this.mergePair(mine, theirs)
      if (theirs.row.status !== 'unread') known[mine.row.status === 'unread' ? 'new' : change ? 'updated' : 'same']++
    }
    const newPosts = (work.one<number>(NEW_AND_READ) ?? 0) + known.new
    const counts = { newPosts, updatedPosts: known.updated, samePosts: known.same }
    return { posts: newPosts + known.updated + known.same, ...counts }
  }

  /** Call it after the events of both archives are merged. */
  addBackEvents(): void {
    this.presence.addBackEvents()
  }

  /** Merges a post that both archives have. Returns whether a value changed that people see. */
  private mergePair(mine: PostInArchive, theirs: PostInArchive): boolean {
    const { row, text } = mergedPost(mine, theirs, () => this.presence.isGone(mine, theirs))
    const changed = changes(mine.row, row)
    const parts = text === theirs && this.revisions.takeParts(mine, theirs)
    const history = this.revisions.join(mine, theirs, text)
    if (history.conflict) this.addConflict(history.conflict)
    this.work.update('posts', mine.id, changed)
    const isReported = Object.keys(changed).some(name => !UNREPORTED.has(name as keyof MergePostRow))
    return isReported || parts || history.changed
  }

  private addConflict(conflict: TextConflict): void {
    this.conflicts.count++
    if (this.conflicts.first.length < MAX_LISTED_CONFLICTS) this.conflicts.first.push(conflict)
  }
}

/** Columns about readings: a change in these alone does not count as an updated post. */
const UNREPORTED = new Set<keyof MergePostRow>([
  ...([
    'first_seen_at',
    'last_seen_at',
    'first_run_id',
    'last_run_id',
    'capture_id',
    'last_capture_id',
    'parser',
  ] as const),
  ...(['claimed', 'whole_view_at', 'whole_view_in', 'view_capture_id', 'own_page_key', 'checked_at'] as const),
  ...(['text_seen_at', 'parent_seen_at', 'shown_at', 'missed_at'] as const),
])

const MAP = `INSERT INTO temp.merged_posts SELECT old,
    COALESCE(known, (SELECT COALESCE(max(id), 0) FROM main.posts) + sum(known IS NULL) OVER (ORDER BY old)), known IS NULL
  FROM (SELECT s.id AS old, known.id AS known FROM other.posts AS s JOIN temp.merged_sites AS site ON site.old = s.site_id
    LEFT JOIN main.posts AS known ON known.site_id = site.new AND known.activity_id = s.activity_id)`

const NEW_AND_READ = `SELECT count(*) FROM temp.merged_posts AS map JOIN other.posts AS s ON s.id = map.old
  WHERE map.is_new AND s.status <> 'unread'`

const mapped = (table: string, column: string): string =>
  `(SELECT new FROM temp.merged_${table} WHERE old = s.${column})`

const NEW_COLUMNS = {
  id: 'map.new',
  site_id: mapped('sites', 'site_id'),
  thread_id: mapped('posts', 'thread_id'),
  parent_id: mapped('posts', 'parent_id'),
  group_id: mapped('groups', 'group_id'),
  member_id: mapped('members', 'member_id'),
  first_run_id: mapped('runs', 'first_run_id'),
  last_run_id: mapped('runs', 'last_run_id'),
  capture_id: mapped('captures', 'capture_id'),
  last_capture_id: mapped('captures', 'last_capture_id'),
  view_capture_id: mapped('captures', 'view_capture_id'),
  told_capture_id: mapped('captures', 'told_capture_id'),
}

const NEW_POSTS = 'temp.merged_posts AS map JOIN other.posts AS s ON s.id = map.old WHERE map.is_new ORDER BY map.old'

const REVISION_COLUMNS = {
  post_id: 'map.new',
  capture_id: mapped('captures', 'capture_id'),
  replaced_by_id: mapped('captures', 'replaced_by_id'),
}

const partsOfNew = (table: string): string =>
  `other.${table} AS s JOIN temp.merged_posts AS map ON map.old = s.post_id AND map.is_new ORDER BY s.id`
