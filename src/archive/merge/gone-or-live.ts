import { sameHost } from '../../model/urls.js'
import { later } from '../fold/precedence.js'
import { SiteMoves } from '../moves/site-moves.js'
import type { MergeDatabase } from './merge-database.js'
import type { PostInArchive } from './post-rows.js'

interface GoneClaim {
  schema: 'main' | 'other'
  post: number
  site: string
}

/** A post that has a `gone` event although it is live. */
interface MissingBack {
  post: number
  gone: string
  at: string
}

interface RunReader {
  reader: string
  origin: string
}

const RUN_READERS = (
  schema: GoneClaim['schema'],
) => `SELECT DISTINCT reader, substr(url, 1, instr(substr(url || '/', 9), '/') + 8) AS origin
  FROM ${schema}.captures WHERE run_id = ? AND reader IS NOT NULL`

/**
 * Decides for a post that one archive has as gone and the other as live. It is gone if it was missed after all sightings by a reader
 * who could have seen it: an anonymous 404 proves nothing about a post that members see. Only sightings of the archive that missed
 * it are considered, so that the result does not depend on earlier merges.
 */
export class GoneOrLive {
  private readonly runReaders = new Map<string, RunReader[]>()
  private readonly missingBacks: MissingBack[] = []
  /** Runs before a move have read the site at its former address. */
  private readonly moves: SiteMoves

  constructor(
    private readonly work: MergeDatabase,
    private readonly run: number,
  ) {
    this.moves = new SiteMoves(work)
  }

  isGone(mine: PostInArchive, theirs: PostInArchive): boolean {
    const isMine = mine.row.status === 'gone'
    const [gone, live] = isMine ? [mine, theirs] : [theirs, mine]
    const at = gone.row.gone_at ?? gone.row.last_seen_at
    const claim: GoneClaim = { schema: isMine ? 'main' : 'other', post: isMine ? mine.id : theirs.old, site: gone.site }
    if (at > later(gone.row.last_seen_at, live.row.last_seen_at) && this.mayHaveSeen(claim)) return true
    this.missingBacks.push({ post: mine.id, gone: at, at: later(at, live.row.last_seen_at) })
    return false
  }

  /** As in sync/tombstones.ts: every reader sees what a visitor saw. True if the reader who missed the post is not known. */
  private mayHaveSeen({ schema, post, site }: GoneClaim): boolean {
    const run = this.work.one<number>(
      `SELECT run_id FROM ${schema}.events WHERE post_id = ? AND kind = 'gone' ORDER BY at DESC, id DESC LIMIT 1`,
      post,
    )
    const readers = run === undefined ? [] : this.readersOf(schema, run, site)
    const saw = `SELECT 1 FROM ${schema}.sightings WHERE post_id = ? AND reader IN ('visitor', ?)`
    return readers.length === 0 || readers.some(reader => this.work.one(saw, post, reader) !== undefined)
  }

  /** Readers with which the run read the site. */
  private readersOf(schema: GoneClaim['schema'], run: number, site: string): string[] {
    const key = `${schema} ${run}`
    const runReaders = this.runReaders.get(key) ?? this.work.rows<RunReader>(RUN_READERS(schema), run)
    this.runReaders.set(key, runReaders)
    const addresses = this.moves.addressesOf(site)
    return runReaders.filter(({ origin }) => addresses.some(one => sameHost(origin, one))).map(({ reader }) => reader)
  }

  /**
   * Adds a `back` event after each `gone` event of a live post. Call it after the events of both archives are merged: else an
   * earlier `back` event counts as this one.
   */
  addBackEvents(): void {
    const sql = "SELECT 1 FROM main.events WHERE post_id = ? AND kind = 'back' AND at >= ?"
    for (const { post, gone, at } of this.missingBacks)
      if (this.work.one(sql, post, gone) === undefined)
        this.work.insert('events', { at, kind: 'back', post_id: post, run_id: this.run })
  }
}
