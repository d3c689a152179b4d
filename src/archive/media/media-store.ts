import type { Instant } from '../../model/discussion.js'
import type { MediaItem, MediaLimits, MediaReason, MediaState } from '../../model/media/media.js'
import { againAt, stateOf } from '../../model/media/media.js'
import type { Statements } from '../database/statements.js'
import { MediaFolder, mediaFolderOf, mediaPath, type NewFile } from './media-folder.js'
import { MediaReader } from './media-reader.js'
import { scopeOf } from './media-scope.js'
import { DUE, KEPT_FILES, NOTE_MEMBERS, NOTE_POSTS, TASK, usedIn } from './media-sql.js'

/** One address to request. */
export interface MediaTask {
  id: number
  url: string
  kind: MediaItem['kind']
  /** Base URL of the site that shows it; null: none. */
  site: string | null
  tries: number
}

/** Which files a run requests. */
interface MediaRequest {
  /** URLs of targets; null: of the whole archive. */
  targets: readonly string[] | null
  limits: MediaLimits
  /** Also those whose time to be requested again has not come. */
  again: boolean
  /** As whom it asks: a member may get what a visitor did not. */
  reader: string
  at: Instant
}

/** A file that was fetched. */
export interface FetchedFile {
  type: string
  declaredType: string | null
  name: string | null
  finalUrl: string
}

/** A file that could not be had. `size`: of one that is too large. */
export interface MissedFile {
  reason: MediaReason
  detail: string | null
  size?: number
}

/** Who asked, and when. */
export interface MediaStep {
  run: number
  at: Instant
  reader: string
}

/** Writes what becomes of the files of an archive: the table `media`, and the folder beside it. */
export class MediaStore extends MediaReader {
  constructor(
    sql: Statements,
    file: string,
    private readonly inTransaction: <Result>(work: () => Result) => Result,
  ) {
    super(sql, file)
  }

  /** Notes the addresses that posts and members show. Returns the row ids of those to request now, those first that were noted first. */
  plan(request: MediaRequest): number[] {
    return this.inTransaction(() => {
      const scope = scopeOf(this.sql, request.targets)
      for (const statement of NOTE_POSTS) this.sql.run(statement(scope.sql), ...scope.values)
      if (request.limits.avatars)
        for (const statement of NOTE_MEMBERS) this.sql.run(statement(scope.sql), ...scope.values)
      const kinds = [...request.limits.kinds, ...(request.limits.avatars ? ['avatar'] : [])]
      return this.sql.column<number>(
        `SELECT media.id FROM media WHERE ${DUE} AND media.id IN (${usedIn(scope.sql)}) ORDER BY media.id`,
        ...[JSON.stringify(kinds), request.again ? 1 : 0, request.at, request.limits.maxBytes, request.reader],
        ...scope.values,
        ...scope.values,
      )
    })
  }

  /** Number of files of targets that cannot be had. */
  missed(targets: readonly string[] | null): number {
    const scope = scopeOf(this.sql, targets)
    const missed = `SELECT count(*) FROM media WHERE state NOT IN ('wanted', 'kept') AND id IN (${usedIn(scope.sql)})`
    return this.sql.one<number>(missed, ...scope.values, ...scope.values) ?? 0
  }

  /** The ids by the base URL of the site that shows the file; null: none does. */
  bySite(ids: readonly number[]): Map<string | null, number[]> {
    const sites = new Map<string | null, number[]>()
    for (const id of ids) {
      const site = this.task(id)?.site ?? null
      const known = sites.get(site)
      if (known) known.push(id)
      else sites.set(site, [id])
    }
    return sites
  }

  task(id: number): MediaTask | null {
    return this.sql.row<MediaTask>(TASK, id) ?? null
  }

  /** Gives the file its name, and then notes it: a crash in between leaves a file that the next run finds in its place. */
  keep(task: MediaTask, file: NewFile, found: FetchedFile, step: MediaStep): void {
    const size = file.size
    const sha256 = file.keep(found.type)
    this.note(task, step, {
      ...{ state: 'kept', reason: null, detail: null, sha256, size, tries: 0, again_at: null },
      ...{ type: found.type, declared_type: found.declaredType, name: found.name, final_url: found.finalUrl },
      fetched_at: step.at,
    })
  }

  /** Notes why a file could not be had. Returns when it is requested again. */
  miss(task: MediaTask, { reason, detail, size }: MissedFile, step: MediaStep): Instant | null {
    const tries = task.tries + 1
    const again_at = againAt(reason, tries, Date.parse(step.at))
    const state: MediaState = stateOf(reason)
    this.note(task, step, { state, reason, detail, size: size ?? null, tries, again_at })
    return again_at
  }

  private note(task: MediaTask, { run, at, reader }: MediaStep, changes: Record<string, unknown>): void {
    this.inTransaction(() => this.sql.update('media', task.id, { ...changes, asked_at: at, run_id: run, reader }))
  }

  /** Removes files that no row names any more: those of erased members, and of a run that was killed. Returns their number. */
  sweep(): number {
    if (!this.exists) return 0
    this.folder.removeRests()
    const named = new Set(this.sql.column<string>("SELECT sha256 || ' ' || type FROM media WHERE state = 'kept'"))
    const paths = new Set([...named].map(key => mediaPath(...(key.split(' ') as [string, string]))))
    const stale = [...this.folder.files()].filter(({ path }) => !paths.has(path))
    for (const { path } of stale) this.folder.remove(path)
    return stale.length
  }

  /** Copies kept files that are missing here from the folders of other archives. Returns how many were copied, and how many are nowhere. */
  bring(files: readonly string[]): { copied: number; missing: number } {
    const counts = { copied: 0, missing: 0 }
    const others = files.map(file => new MediaFolder(mediaFolderOf(file)))
    const rows = this.exists ? this.sql.rows<{ sha256: string; type: string; size: number }>(KEPT_FILES) : []
    for (const { sha256, type, size } of rows) {
      const path = mediaPath(sha256, type)
      if (this.folder.sizeOf(path) === size) continue
      const from = others.find(other => other.sizeOf(path) === size)
      if (from && this.folder.copyFrom(from, path)) counts.copied++
      else counts.missing++
    }
    return counts
  }
}
