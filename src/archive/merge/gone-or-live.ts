import { sameHost } from '../../model/urls.js'
import type { Work } from './merge-database.js'
import type { Placed } from './post-rows.js'
import { later } from './precedence.js'

interface Claim {
  schema: 'main' | 'other'
  post: number
  site: string
}

/** The log says gone, and it is there all the same. */
interface Back {
  post: number
  gone: string
  at: string
}

interface Asked {
  reader: string
  origin: string
}

const ASKED = (
  schema: Claim['schema'],
) => `SELECT DISTINCT reader, substr(url, 1, instr(substr(url || '/', 9), '/') + 8) AS origin
  FROM ${schema}.captures WHERE run_id = ? AND reader IS NOT NULL`

/**
 * A post that one archive has seen and another one has missed. It is gone if that was later than all sightings, and if who missed it
 * could have seen it: a stranger's 404 does not bury what a member still sees. Whether they could is a matter of the archive that
 * missed it, so that it does not depend on what was merged before.
 */
export class Presence {
  private readonly asked = new Map<string, Asked[]>()
  private readonly backs: Back[] = []

  constructor(
    private readonly work: Work,
    private readonly run: number,
  ) {}

  isGone(mine: Placed, theirs: Placed): boolean {
    const isMine = mine.row.status === 'gone'
    const [gone, live] = isMine ? [mine, theirs] : [theirs, mine]
    const at = gone.row.gone_at ?? gone.row.last_seen_at
    const claim: Claim = { schema: isMine ? 'main' : 'other', post: isMine ? mine.id : theirs.old, site: gone.site }
    if (at > later(gone.row.last_seen_at, live.row.last_seen_at) && this.mayHaveSeen(claim)) return true
    this.backs.push({ post: mine.id, gone: at, at: later(at, live.row.last_seen_at) })
    return false
  }

  /** As absence.ts has it: what a visitor saw is there for everybody. Where nobody knows who missed it, the archive is trusted. */
  private mayHaveSeen({ schema, post, site }: Claim): boolean {
    const run = this.work.one<number>(
      `SELECT run_id FROM ${schema}.events WHERE post_id = ? AND kind = 'gone' ORDER BY at DESC, id DESC LIMIT 1`,
      post,
    )
    const readers = run === undefined ? [] : this.readersOf(schema, run, site)
    const saw = `SELECT 1 FROM ${schema}.sightings WHERE post_id = ? AND reader IN ('visitor', ?)`
    return readers.length === 0 || readers.some(reader => this.work.one(saw, post, reader) !== undefined)
  }

  /** As whom the run asked this site. */
  private readersOf(schema: Claim['schema'], run: number, site: string): string[] {
    const key = `${schema} ${run}`
    const asked = this.asked.get(key) ?? this.work.rows<Asked>(ASKED(schema), run)
    this.asked.set(key, asked)
    return asked.filter(({ origin }) => sameHost(origin, site)).map(({ reader }) => reader)
  }

  /** In the log of both a return has to follow. Call it when their events are together: else an earlier return would be taken for this one. */
  noteBacks(): void {
    const sql = "SELECT 1 FROM main.events WHERE post_id = ? AND kind = 'back' AND at >= ?"
    for (const { post, gone, at } of this.backs)
      if (this.work.one(sql, post, gone) === undefined)
        this.work.insert('events', { at, kind: 'back', post_id: post, run_id: this.run })
  }
}
