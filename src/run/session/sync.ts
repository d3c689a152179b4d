import { isSameTarget } from '../../model/addresses.js'
import { UsageError } from '../../model/errors.js'
import type { Registered, SyncOptions, TargetOptions } from '../../model/sync.js'
import { kindOf, type SourceKind } from '../../sources/index.js'
import { targetOf } from '../plan/target.js'
import type { ArchiveOptions, Job } from './options.js'
import type { SyncRunOptions } from './run-options.js'

export interface SyncRequest extends SyncOptions {
  /** Empty: all registered targets. */
  targets: readonly string[]
  /** A route that replaces the registered one; null: the registered one. */
  via: ArchiveOptions['via'] | null
  /** The user gave a pause for this run: the registered pauses are ignored. */
  ownPace: boolean
  /** A site that has moved is renamed, and read at its new address. */
  moved: boolean
}

/** The request of a sync: a pause and a route that are left out are those of each target. */
export const syncRequestOf = (given: SyncRunOptions, targets: readonly string[]): SyncRequest => ({
  targets,
  via: given.via ?? null,
  ownPace: given.pace !== undefined,
  full: given.full ?? false,
  lookBackSeconds: given.lookBack ?? 30 * 86_400,
  audit: given.audit ?? null,
  explain: given.explain ?? false,
  moved: given.moved ?? false,
})

/** @throws UsageError if the archive has no targets, or none for a given URL. */
export function jobsOf(
  { targets, via, ownPace, moved, ...sync }: SyncRequest,
  known: readonly Registered[],
  own: readonly SourceKind[] = [],
): Job[] {
  // A run that was killed may leave a target of a source that this run does not have.
  const registered = known.filter(({ url }) => kindOf(url, own))
  if (registered.length === 0)
    throw new UsageError('The archive has no targets yet.', 'Archive some first: threadkeep archive URL')
  const chosen =
    targets.length === 0 ? registered : targets.map(target => knownTarget(targetOf(target, own), registered))
  return [...new Set(chosen)].map(target => ({
    url: target.url,
    via: via ?? target.options.via ?? 'auto',
    sync,
    follows: moved,
    registered: ownPace ? { ...target, options: { ...target.options, sleepSeconds: [0, 0] as const } } : target,
  }))
}

/** The registered target of a URL. The spelling makes no difference. */
function knownTarget(url: string, registered: readonly Registered[]): Registered {
  const found =
    registered.find(target => target.url === url) ?? registered.find(target => isSameTarget(target.url, url))
  if (found) return found
  throw new UsageError(
    `${url} was not archived yet, so it cannot be synced.`,
    `Archive it first: threadkeep archive ${url}\nTargets of this archive:\n${registered.map(target => `  ${target.url}`).join('\n')}`,
  )
}

/** How a target is recorded to be read. A sync changes nothing of how it was registered, but as whom it is read. */
export function howRead(
  { job, options, reader }: { job: Job; options: ArchiveOptions; reader: TargetOptions['reader'] },
  known: Registered | undefined,
): TargetOptions {
  const { sleepSeconds, ignoreRobots, contact } = options
  const given = { via: job.via, sleepSeconds, ignoreRobots, contact }
  return { ...(job.sync && known ? known.options : given), reader }
}

/** Options for the targets of one host. Its pause is the longest of the given one and the registered ones. */
export function forHost(options: ArchiveOptions, jobs: readonly Job[]): ArchiveOptions {
  const known = jobs.flatMap(({ registered }) => (registered ? [registered.options] : []))
  if (known.length === 0) return options
  const contact = options.contact ?? known.find(({ contact }) => contact)?.contact ?? null
  const ignoreRobots = options.ignoreRobots || known.every(({ ignoreRobots }) => ignoreRobots === true)
  return { ...known.reduce(slower, options), contact, ignoreRobots }
}

/** Targets that were registered without a pause have one second. */
function slower(options: ArchiveOptions, { sleepSeconds: [least, most] = [1, 1] }: TargetOptions): ArchiveOptions {
  const [from, to] = options.sleepSeconds
  return { ...options, sleepSeconds: [Math.max(from, least), Math.max(to, most)] }
}
