import type { Archive } from '../../../archive/index.js'
import { EXIT, KnownError } from '../../../model/errors.js'
import type { CheckResult, Finding } from '../../../model/reports/verify.js'
import { VERSION } from '../../../model/version.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'

const CHECK = { name: 'readings', what: 'each post is what its parser reads in its capture' }

const MAX_PLACES = 5

/** The same version reads the same: the bytes have changed. */
const CHANGED = {
  what: 'A post is not what this version of threadkeep has read in its capture: it was changed in the file since.',
  mend: 'threadkeep reparse',
}

const READ_DIFFERENTLY = {
  what: 'A post was read by another version of threadkeep, and this one reads its capture differently. Whether it was changed in the file is not known.',
  mend: 'threadkeep reparse --dry-run shows the differences, and threadkeep reparse takes them over.',
}

/**
 * The last check: parses the captures again, and compares texts, HTML, links, dates and authors. A difference proves damage only if the
 * present version has read the post; by another version it is reported as harmless. `because`: why it is skipped; null: it is not.
 */
export async function readingsCheck(
  archive: Archive,
  because: string | null,
  io: Io,
  progress: (done: number, total: number) => void,
): Promise<CheckResult> {
  if (because !== null) return { ...CHECK, state: 'skipped', because, findings: [] }
  keepHeapSmall()
  const { misreadPosts } = await import('../../../run/run.js')
  const deps = { archive, clock: io, version: VERSION, progress }
  const found = await interruptible(io, async signal => {
    const posts = await misreadPosts({ ...deps, signal })
    if (signal.aborted) throw new KnownError(EXIT.interrupted, 'Interrupted: not all checks were made.')
    return posts
  })
  const placesOf = (byOther: boolean) =>
    found.filter(({ byOtherVersion }) => byOtherVersion === byOther).map(({ place }) => place)
  const [changed, different] = [placesOf(false), placesOf(true)]
  const findings = [...finding(CHANGED, changed), ...finding(READ_DIFFERENTLY, different)]
  return { ...CHECK, state: changed.length > 0 ? 'wrong' : 'ok', because, findings }
}

const finding = (words: Pick<Finding, 'what' | 'mend'>, where: readonly string[]): Finding[] =>
  where.length === 0 ? [] : [{ ...words, count: where.length, where: where.slice(0, MAX_PLACES) }]
