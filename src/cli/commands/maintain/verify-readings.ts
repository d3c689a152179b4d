import type { Archive } from '../../../archive/index.js'
import type { CheckResult } from '../../../model/reports/verify.js'
import { VERSION } from '../../../model/version.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'

const CHECK = { name: 'readings', what: 'each post is what its parser reads in its capture' }

const MAX_PLACES = 5

/**
 * The last check: parses the captures again, and compares texts, HTML, links, dates and authors. `because`: why it is skipped; null: it
 * is not.
 */
export async function readingsCheck(
  archive: Archive,
  because: string | null,
  io: Io,
  progress: (done: number, total: number) => void,
): Promise<CheckResult> {
  if (because !== null) return { ...CHECK, state: 'skipped', because, findings: [] }
  const { misreadPosts } = await import('../../../run/run.js')
  const deps = { archive, clock: io, version: VERSION, progress }
  const where = await interruptible(io, signal => misreadPosts({ ...deps, signal }))
  if (where.length === 0) return { ...CHECK, state: 'ok', because, findings: [] }
  const what = 'A post was changed in the file since it was read.'
  const found = { what, count: where.length, where: where.slice(0, MAX_PLACES), mend: 'threadkeep reparse' }
  return { ...CHECK, state: 'wrong', because, findings: [found] }
}
