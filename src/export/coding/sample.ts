import { createHash, randomInt } from 'node:crypto'
import type { ArchiveReader, StoredThread } from '../../model/archive.js'
import type { SampleFigures } from '../../model/coding/sample.js'
import { UsageError } from '../../model/errors.js'
import { type Exporter, NOTICES, threadKey } from '../exporter.js'
import { groupName } from '../words/names.js'
import { withThreads } from './with-threads.js'

type Stratification = NonNullable<SampleFigures['stratify']>

/** A random sample of threads, as it is asked for. */
export interface SampleRequest {
  /** Number of threads. */
  sample?: number
  /** Any words or number: the same seed draws the same threads of the same archive. Default: one is made, and said. */
  seed?: string | number
  /** Of each stratum as many as its share of the threads (largest remainders). */
  stratify?: 'group' | 'month'
}

/** How a sample is drawn. */
export type SamplePlan = Pick<SampleFigures, 'size' | 'seed' | 'stratify'>

interface DrawnSample extends SampleFigures {
  /** The threads (`threadKey`). */
  keys: ReadonlySet<string>
}

export const STRATIFICATIONS: readonly Stratification[] = ['group', 'month']

/** Null: no sample is asked for. @throws UsageError for a sample that can't be drawn, or of a format that holds no threads. */
export function samplePlan(
  { sample, seed, stratify }: SampleRequest,
  exporters: readonly Pick<Exporter, 'name' | 'content'>[],
): SamplePlan | null {
  if (sample === undefined) {
    if (seed === undefined && stratify === undefined) return null
    throw new UsageError(
      seed === undefined ? 'Strata are for a sample.' : 'A seed is for a sample.',
      'Say how many threads: --sample 50',
    )
  }
  if (!Number.isInteger(sample) || sample < 1)
    throw new UsageError(`"${sample}" is no number of threads.`, 'Give a whole number above 0: --sample 50')
  if (stratify !== undefined && !STRATIFICATIONS.includes(stratify))
    throw new UsageError(`"${stratify}" is nothing to stratify by.`, `It takes ${STRATIFICATIONS.join(' or ')}.`)
  const captures = exporters.find(({ content }) => content === 'captures')
  if (captures)
    throw new UsageError(
      `No sample can be drawn for ${captures.name}.`,
      'It holds whole responses, which show more threads than were drawn.',
    )
  return {
    size: sample,
    seed: seed === undefined ? String(randomInt(1, 2 ** 31)) : String(seed),
    stratify: stratify ?? null,
  }
}

/** What a format leaves out of a sample: notices, too, so that all formats have the same threads. */
export const leftOutOf = ({ leavesOut = [] }: Exporter, plan: SamplePlan | null): readonly string[] =>
  plan ? [...new Set([...leavesOut, ...NOTICES])] : leavesOut

/**
 * Draws threads by the hash of their site and id with the seed, so that neither the order of the threads nor the machine matters, and a
 * smaller sample of the same seed is a part of a larger one, unless it is stratified. @throws UsageError if there are not enough.
 */
export function drawSample(threads: Iterable<StoredThread>, plan: SamplePlan): DrawnSample {
  const strata = new Map<string, Member[]>()
  let of = 0
  for (const thread of threads) {
    of++
    const [id, name] = plan.stratify === null ? ['', ''] : STRATA[plan.stratify](thread)
    const members = strata.get(id) ?? []
    strata.set(id, members)
    members.push({ key: threadKey(thread), name, rank: rankOf(plan.seed, thread.site, thread.id) })
  }
  if (of < plan.size) throw tooFew(of, plan.size)
  const drawn = allocated(strata, of, plan).map(({ members, share }) => ({ members, chosen: firstOf(members, share) }))
  const counts = drawn.map(({ members, chosen }) => ({
    name: members[0]?.name ?? '',
    drawn: chosen.length,
    of: members.length,
  }))
  const keys = new Set(drawn.flatMap(({ chosen }) => chosen.map(({ key }) => key)))
  return { ...plan, of, strata: plan.stratify === null ? [] : counts, keys }
}

interface Member {
  key: string
  name: string
  rank: string
}

const tooFew = (of: number, size: number): UsageError =>
  of === 0
    ? new UsageError('There is no thread to draw from.', 'See what there is: threadkeep list')
    : new UsageError(
        `There ${of === 1 ? 'is only 1 thread' : `are only ${of} threads`} to draw ${size} from.`,
        `Draw ${of} or fewer, or select more.`,
      )

const rankOf = (...words: readonly string[]): string => createHash('sha256').update(JSON.stringify(words)).digest('hex')

/** What tells a stratum from others, and its name. */
const STRATA: Readonly<Record<Stratification, (thread: StoredThread) => readonly [string, string]>> = {
  group: ({ site, group }) => (group ? [`${site} ${group.slug}`, groupName(group)] : ['', '']),
  month: ({ when: { from, to } }) => {
    const [first, last] = [from, to].map(at => at?.slice(0, 7) ?? '')
    const month = first === last ? (first ?? '') : ''
    return [month, month]
  },
}

/** How many of each stratum, in the order of their keys: the whole part of its share, and one more where the remainder is largest. */
function allocated(strata: ReadonlyMap<string, Member[]>, of: number, { size, seed }: SamplePlan) {
  const sorted = [...strata].sort(([a], [b]) => (a < b ? -1 : 1))
  const shares = sorted.map(([id, members]) => ({
    ...{ members, share: Math.floor((size * members.length) / of), remainder: (size * members.length) % of },
    // Among equal remainders chance decides, and not the alphabet.
    rank: rankOf(seed, 'stratum', id),
  }))
  const left = size - shares.reduce((sum, { share }) => sum + share, 0)
  const byRemainder = shares.toSorted((a, b) => b.remainder - a.remainder || (a.rank < b.rank ? -1 : 1))
  for (const stratum of byRemainder.slice(0, left)) stratum.share++
  return shares
}

const firstOf = (members: readonly Member[], count: number): Member[] =>
  members.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count)

/** The archive with the drawn threads only. Its summaries still say what there is. */
export const sampledArchive = (archive: ArchiveReader, { keys }: Pick<DrawnSample, 'keys'>): ArchiveReader =>
  withThreads(archive, thread => (keys.has(threadKey(thread)) ? thread : null))

/** As an export shows it: with pseudonyms without names of groups, which may name people. */
export const shownSample = (sample: SampleFigures, hasPseudonyms: boolean): SampleFigures =>
  sample.stratify !== 'group' || !hasPseudonyms
    ? sample
    : { ...sample, strata: sample.strata.map((one, at) => ({ ...one, name: one.name && `Group ${at + 1}` })) }

/** Without the threads themselves. */
export const figuresOf = ({ size, of, seed, stratify, strata }: DrawnSample): SampleFigures => ({
  ...{ size, of, seed, stratify, strata },
})
