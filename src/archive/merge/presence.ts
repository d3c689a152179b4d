import type { Placed } from './post-rows.js'
import { later } from './ranks.js'
import type { Work } from './work.js'

interface Claim {
  schema: 'main' | 'other'
  post: number
  at: string
}

/**
 * A post that one archive has seen and another one has missed. It is gone if that was later than all sightings, and if who missed it
 * could have seen it: a stranger's 404 does not bury what a member still sees.
 */
export class Presence {
  private readonly asked = new Map<string, string[]>()

  constructor(
    private readonly work: Work,
    private readonly run: number,
  ) {}

  isGone(mine: Placed, theirs: Placed): boolean {
    const isMine = mine.row.status === 'gone'
    const [gone, live] = isMine ? [mine, theirs] : [theirs, mine]
    const at = gone.row.gone_at ?? gone.row.last_seen_at
    const claim: Claim = isMine ? { schema: 'main', post: mine.id, at } : { schema: 'other', post: theirs.old, at }
    const wasEntitled = this.missers(claim).every(reader => this.maySee(reader, claim.schema, mine, theirs))
    const seen = later(gone.row.last_seen_at, live.row.last_seen_at)
    if (at > seen && wasEntitled) return true
    this.noteBack(mine.id, at, later(at, live.row.last_seen_at))
    return false
  }

  /** As whom the run asked that has found it gone; nobody where that is not known. */
  private missers({ schema, post }: Claim): string[] {
    const run = this.work.one<number>(
      `SELECT run_id FROM ${schema}.events WHERE post_id = ? AND kind = 'gone' ORDER BY at DESC, id DESC LIMIT 1`,
      post,
    )
    return run === undefined ? [] : this.readersOf(schema, run)
  }

  private readersOf(schema: Claim['schema'], run: number): string[] {
    const key = `${schema} ${run}`
    const known = this.asked.get(key)
    if (known) return known
    const sql = `SELECT DISTINCT reader FROM ${schema}.captures WHERE run_id = ? AND reader IS NOT NULL`
    const readers = this.work.rows<{ reader: string }>(sql, run).map(({ reader }) => reader)
    this.asked.set(key, readers)
    return readers
  }

  /** Who has seen it, as absence.ts has it: what a visitor saw is there for everybody. */
  private maySee(reader: string, schema: Claim['schema'], mine: Placed, theirs: Placed): boolean {
    const [here, there] =
      schema === 'main' ? [reader, this.named('old', 'new', reader)] : [this.named('new', 'old', reader), reader]
    const has = (where: string, post: number, name: string) =>
      this.work.one(`SELECT 1 FROM ${where}.sightings WHERE post_id = ? AND reader IN ('visitor', ?)`, post, name) !==
      undefined
    return has('main', mine.id, here) || has('other', theirs.old, there)
  }

  /** A reader's name in the other archive; its own where it has none there. */
  private named(to: 'old' | 'new', from: 'old' | 'new', reader: string): string {
    return this.work.one<string>(`SELECT ${to} FROM temp.merged_readers WHERE ${from} = ?`, reader) ?? reader
  }

  /** The log says gone; that it is there all the same has to follow. */
  private noteBack(post: number, gone: string, at: string): void {
    const sql = "SELECT 1 FROM main.events WHERE post_id = ? AND kind = 'back' AND at >= ?"
    if (this.work.one(sql, post, gone) === undefined)
      this.work.insert('events', { at, kind: 'back', post_id: post, run_id: this.run })
  }
}
