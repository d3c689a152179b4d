import { NEW_HOST, OLD_HOST, type World } from './world.js'

/** What happens in which night of a year that is `length` nights long. */

/** `plain`: the job within this process, for speed; all others are processes of their own. */
export const KINDS = ['plain', 'own process', 'killed', 'locked for a second', 'locked', 'lock of a container'] as const
export type Kind = (typeof KINDS)[number]

/** Exit codes that faults of the site explain: done, in part, no access, not recognised, blocked. */
const OF_FAULTS = [0, 3, 4, 5, 8]

/** The exit codes that explain a night; null: killed. */
export const CODES: Record<Kind, readonly (number | null)[]> = {
  plain: OF_FAULTS,
  'own process': OF_FAULTS,
  killed: [null, ...OF_FAULTS],
  'locked for a second': OF_FAULTS,
  locked: [7],
  'lock of a container': [7, ...OF_FAULTS],
}

const at = (share: number, length: number): number => Math.round(length * share)

export function kindOf(night: number, length: number): Kind {
  if (night === at(0.74, length)) return 'locked for a second'
  if (night === at(0.77, length)) return 'locked'
  if (night === at(0.8, length)) return 'lock of a container'
  if (night % 10 === 9) return 'killed'
  return night % 10 === 4 ? 'own process' : 'plain'
}

/** What happens to the site before that night. `logIn`: the member logs in there, two days after it became necessary. */
export function befall(night: number, length: number, world: World, logIn: (host: string) => void): void {
  const isAt = (share: number, days = 0) => night === at(share, length) + days
  if (isAt(0.2)) world.session = null
  if (isAt(0.2, 2)) logIn(OLD_HOST)
  if (isAt(0.3)) world.site.rest = false
  if (isAt(0.4)) world.site.pack = 'legacy'
  if (isAt(0.5)) world.hasMoved = true
  if (isAt(0.5, 2)) logIn(NEW_HOST)
  if (isAt(0.6)) Object.assign(world.site, { pack: 'nouveau', rest: true })
  if (isAt(0.7)) world.closeGroup()
  if (isAt(0.85)) world.life.isSettled = true
}
