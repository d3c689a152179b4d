import { statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { below, type Chance, chance } from '../chance.js'
import { newFile, type TestClock, testClock } from '../run/outside.js'
import { befall, CODES, type Kind, kindOf } from './calendar.js'
import { leaveLock, lockFile } from './foreign-locks.js'
import { type Ended, type Place, running, spawned } from './job.js'
import { OLD_HOST, startWorld, type World } from './world.js'
import { inventedIn } from './year-truth.js'

const DAY = 86_400_000
/** Share of the requests; none in the last two nights. */
const FAULTS = 0.2

interface Night {
  kind: Kind
  /** Null: killed. */
  code: number | null
  requests: number
}

/** The nights of one job on one archive. */
export class Year {
  readonly nights: Night[] = []
  /** What should never be, a sentence each. */
  readonly faults: string[] = []
  private readonly cookies: string
  private readonly random: Chance

  private constructor(
    readonly world: World,
    readonly place: Place & { clock: TestClock },
    private readonly length: number,
    seed: number,
  ) {
    this.cookies = join(dirname(place.file), 'cookies.txt')
    this.random = chance(seed + 1)
  }

  /** The first evening: somebody logs in, and archives the site. */
  static async begin(length: number, seed: number): Promise<Year> {
    const clock = testClock()
    const world = await startWorld(40 + length, clock, chance(seed))
    const year = new Year(world, { proxy: world.gateway.url, file: newFile(), clock }, length, seed)
    year.logIn(OLD_HOST)
    const { code, err } = await running(year.line('archive', `http://${OLD_HOST}/`), year.place)
    if (code !== 0) throw new Error(`the first run ended with ${code}: ${err}`)
    return year
  }

  async spend(night: number): Promise<void> {
    const { clock, file } = this.place
    clock.advance(DAY)
    this.world.life.liveUntil(clock.now())
    this.world.faults = night > this.length - 2 ? 0 : FAULTS
    befall(night, this.length, this.world, host => this.logIn(host))
    const kind = kindOf(night, this.length)
    const before = this.world.gateway.asked
    const ended = await this.job(kind)
    this.nights.push({ kind, code: ended.code, requests: this.world.gateway.asked - before })
    const faults = [...faultsOf(kind, ended), ...inventedIn(file, this.world.life)]
    this.faults.push(...faults.map(fault => `night ${night} (${kind}, exit ${ended.code}): ${fault}`))
  }

  figures() {
    const codes: Record<string, number> = {}
    for (const { code } of this.nights) codes[code ?? 'killed'] = (codes[code ?? 'killed'] ?? 0) + 1
    const requests = this.nights.map(night => night.requests)
    const { texts, deleted } = this.world.life
    return {
      ...{ nights: this.nights.length, codes, posts: texts.size, deleted: deleted.size },
      edits: [...texts.values()].reduce((sum, all) => sum + all.length - 1, 0),
      requests: requests.reduce((sum, one) => sum + one, 0),
      mostRequests: Math.max(...requests),
      bytes: statSync(this.place.file).size,
    }
  }

  private line(...words: string[]): string[] {
    const how = ['--json', '--cookies', this.cookies, '--sleep-requests', '0', '--timeout', '5', '--wait-lock', '3']
    return [...words, ...how]
  }

  private logIn(host: string): void {
    writeFileSync(this.cookies, this.world.logIn(host), { mode: 0o600 })
  }

  /** What the scheduler starts, the same line in every night. */
  private async job(kind: Kind): Promise<Ended> {
    const { place, random } = this
    const line = this.line('sync', '--moved')
    if (kind === 'plain') return running(line, place)
    if (kind === 'lock of a container') leaveLock(place)
    if (kind === 'killed') return spawned(line, place, this.afterRequests(below(40, random)))
    const release = kind.startsWith('locked') ? lockFile(place.file, kind === 'locked' ? 60_000 : 1000) : () => {}
    const ended = await spawned(line, place)
    release()
    return ended
  }

  private afterRequests(count: number): () => boolean {
    const until = this.world.gateway.asked + count
    return () => this.world.gateway.asked >= until
  }
}

/** Each non-zero end has a problem that says why, in the report or as the only document. */
function faultsOf(kind: Kind, { code, out, err }: Ended): string[] {
  return [
    ...(CODES[kind].includes(code) ? [] : [`it ended with ${code}: ${err.slice(-500)}`]),
    ...(/^\s+at /m.test(err) ? [`a stack on stderr: ${err}`] : []),
    ...(code === null || code === 0 || /"message":/.test(out) ? [] : [`no problem is named: ${out.slice(0, 300)}`]),
  ]
}
