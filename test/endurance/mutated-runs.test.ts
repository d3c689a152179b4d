import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chance, oneOf } from '../chance.js'
import { DEMO, type PackName } from '../community/index.js'
import { town } from '../community/town.js'
import { newFile, testClock } from '../run/outside.js'
import { send, startGateway } from './gateway.js'
import { type Ended, isBuilt, type Place, running, spawned } from './job.js'
import { mutating } from './mutating.js'
import { circlesIn, type Held, heldIn } from './truth.js'

/** The seeds decide all of it. A long run: `MUTATED_RUNS=300 npx vitest run test/endurance/mutated-runs.test.ts`. */
const RUNS = Number(process.env['MUTATED_RUNS'] ?? 12)
const FIRST_SEED = Number(process.env['SEED'] ?? 1)

/** Of a run that takes a tenth of a second without damage, and of a child process. */
const MAX_MILLISECONDS = 30_000

const SITE = 'http://town.example/'
const KNOWN = new Set(DEMO.posts.map(({ id }) => id))
const QUICK = ['--sleep-requests', '0', '--timeout', '2', '--json']

const WAYS: readonly { pack: PackName; rest: boolean }[] = [
  { pack: 'nouveau', rest: true },
  { pack: 'nouveau', rest: false },
  { pack: 'legacy', rest: false },
]

interface Figures {
  seed: number
  /** Exit codes of the damaged runs: of an empty archive, then of one that holds all. */
  codes: (number | null)[]
  /** Runs without damage until all was as it is. */
  calmRuns: number[]
  /** After damaged runs. */
  wrongParents: number
  /** Posts that a damaged run did not bring, though it ended with 0. */
  unnoticed: number
  slowest: number
}

/** Each is a sentence: what should never be. */
function faultsOf({ code, err }: Ended, file: string): string[] {
  const held = existsSync(file) ? heldIn(file) : new Map()
  return [
    ...(code === 1 || code === null ? [`it ended with ${code}: ${err}`] : []),
    ...(/^\s+at /m.test(err) ? [`a stack on stderr: ${err}`] : []),
    ...[...held.keys()].filter(id => !KNOWN.has(id)).map(id => `post ${id} was invented`),
    ...[...held].filter(([, { status }]) => status === 'gone').map(([id]) => `post ${id} is called gone`),
    ...circlesIn(held).map(id => `post ${id} is above itself`),
  ]
}

/** The archive of a run without damage: what is to be held. */
async function calmly(): Promise<Map<number, Held>> {
  const { server } = await town({}, DEMO)
  const gateway = await startGateway(
    () => server.url,
    async (_asked, response, next) => send(await next(), response),
  )
  const place = { proxy: gateway.url, file: newFile(), clock: testClock() }
  const { code, err } = await running(['archive', SITE, ...QUICK], place)
  if (code !== 0) throw new Error(`the run without damage ended with ${code}: ${err}`)
  return heldIn(place.file)
}

/** Of two readings of one text the archive keeps the first, whatever its markup. */
const wordsOf = ({ text }: Held): string => text.replace(/\s+/g, ' ').trim()

/** What is not as it is without damage: missing, gone, below another parent, with another text. */
function differences(file: string, wanted: ReadonlyMap<number, Held>): string[] {
  const held = existsSync(file) ? heldIn(file) : new Map<number, Held>()
  return [...wanted].flatMap(([id, known]) => {
    const post = held.get(id)
    if (!post) return [`${id} is missing`]
    return [
      ...(post.status === 'live' && !post.truncated ? [] : [`${id} is ${post.status}, shortened: ${post.truncated}`]),
      ...(post.parentId === known.parentId ? [] : [`${id} is below ${post.parentId}`]),
      ...(wordsOf(post) === wordsOf(known) ? [] : [`${id} has another text: ${post.text}`]),
    ]
  })
}

const MAX_CALM_RUNS = 4

/** One archive, its proxy, and what has been seen of them. */
async function bench(seed: number, wanted: ReadonlyMap<number, Held>) {
  const random = chance(seed)
  const { server } = await town(oneOf(WAYS, random), DEMO)
  const state = { isCalm: false }
  const gateway = await startGateway(
    () => server.url,
    mutating(random, oneOf([0.1, 0.3, 0.6, 1], random), () => state.isCalm),
  )
  const place: Place = { proxy: gateway.url, file: newFile(), clock: testClock() }
  const figures: Figures = { seed, codes: [], calmRuns: [], wrongParents: 0, unnoticed: 0, slowest: 0 }
  const faults: string[] = []
  const job = async (words: string[], isCalm: boolean): Promise<Ended> => {
    state.isCalm = isCalm
    const started = performance.now()
    const ended = await (isBuilt && seed % 10 === 0 ? spawned : running)([...words, ...QUICK], place)
    figures.slowest = Math.max(figures.slowest, performance.now() - started)
    faults.push(...faultsOf(ended, place.file).map(fault => `seed ${seed}, ${words[0]}: ${fault}`))
    await place.clock.sleep(86_400_000, new AbortController().signal)
    return ended
  }
  return { job, figures, faults, left: () => differences(place.file, wanted) }
}

async function damagedThenCalm(words: string[], { job, figures, faults, left }: Awaited<ReturnType<typeof bench>>) {
  const { code } = await job(words, false)
  const damaged = left()
  figures.codes.push(code)
  figures.wrongParents += damaged.filter(line => line.includes('is below')).length
  figures.unnoticed += code === 0 ? damaged.filter(line => line.includes('is missing')).length : 0
  let runs = 0
  do {
    await job(words, true)
    runs++
  } while (runs < MAX_CALM_RUNS && left().length > 0)
  figures.calmRuns.push(runs)
  faults.push(...left().map(line => `seed ${figures.seed}, after ${runs} ${words[0]}s without damage: ${line}`))
}

async function whole(seed: number, wanted: ReadonlyMap<number, Held>) {
  const one = await bench(seed, wanted)
  await damagedThenCalm(['archive', SITE], one)
  await damagedThenCalm(['sync'], one)
  return one
}

describe('runs through a proxy that damages answers', () => {
  it(`never crash, hang or invent, and later ones bring the truth (${RUNS} of them)`, {
    timeout: 7_200_000,
  }, async () => {
    const wanted = await calmly()
    const all: Figures[] = []
    const faults: string[] = []
    for (let at = 0; at < RUNS / 2; at++) {
      const one = await whole(FIRST_SEED + at, wanted)
      faults.push(...one.faults)
      all.push(one.figures)
    }
    if (process.env['FIGURES']) console.info(JSON.stringify(summary(all)))
    expect(faults).toEqual([])
    expect(Math.max(...all.map(({ slowest }) => slowest))).toBeLessThan(MAX_MILLISECONDS)
    // The damage is such that some runs miss something.
    expect(all.some(({ codes }) => codes[0] !== 0)).toBe(true)
  })
})

function counts(values: readonly unknown[]): Record<string, number> {
  const numbers: Record<string, number> = {}
  for (const value of values) numbers[String(value)] = (numbers[String(value)] ?? 0) + 1
  return numbers
}

const summary = (all: readonly Figures[]) => ({
  codes: counts(all.flatMap(({ codes }) => codes)),
  calmRuns: counts(all.flatMap(({ calmRuns }) => calmRuns)),
  wrongParents: all.reduce((sum, one) => sum + one.wrongParents, 0),
  unnoticed: all.reduce((sum, one) => sum + one.unnoticed, 0),
  slowest: Math.round(Math.max(...all.map(({ slowest }) => slowest))),
})
