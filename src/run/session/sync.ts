import { UsageError } from '../../model/errors.js'
import type { Registered, SyncOptions, TargetOptions } from '../../model/sync.js'
import { spellings } from '../../model/urls.js'
import { kindOf, type SourceKind } from '../../sources/index.js'
import { targetOf } from '../plan/target.js'
import type { ArchiveOptions, Job } from './options.js'

export interface SyncRequest extends SyncOptions {
  /** None: all that were registered. */
  targets: readonly string[]
  /** The route, if it is not the registered one. */
  via: ArchiveOptions['via'] | null
  /** The pause was given now: the registered ones do not count. */
  ownPace: boolean
}

/** @throws UsageError if nothing was archived yet, or not this. */
export function jobsOf(
  { targets, via, ownPace, ...sync }: SyncRequest,
  known: readonly Registered[],
  own: readonly SourceKind[] = [],
): Job[] {
  // A target of another source than those of this run: only a run that was killed leaves one behind.
  const registered = known.filter(({ url }) => kindOf(url, own))
  if (registered.length === 0)
    throw new UsageError('The archive has no targets yet.', 'Archive some first: threadkeep archive URL')
  const chosen =
    targets.length === 0 ? registered : targets.map(target => knownTarget(targetOf(target, own), registered))
  return [...new Set(chosen)].map(target => ({
    url: target.url,
    via: via ?? target.options.via ?? 'auto',
    sync,
    registered: ownPace ? { ...target, options: { ...target.options, sleepSeconds: [0, 0] as const } } : target,
  }))
}

/** Scheme, `www.` and a closing slash make no other target. */
function knownTarget(url: string, registered: readonly Registered[]): Registered {
  const wanted = [url, `${url}/`, url.replace(/\/$/, '')].flatMap(spellings)
  const found = registered.find(target => target.url === url) ?? registered.find(target => wanted.includes(target.url))
  if (found) return found
  throw new UsageError(
    `${url} was not archived yet, so there is nothing to bring up to date.`,
    `Archive it first: threadkeep archive ${url}\nTargets of this archive:\n${registered.map(target => `  ${target.url}`).join('\n')}`,
  )
}

/** One pace for a host: the slowest that any of its targets was registered with, and none quicker than what is asked for now. */
export function forHost(options: ArchiveOptions, jobs: readonly Job[]): ArchiveOptions {
  const known = jobs.flatMap(({ registered }) => (registered ? [registered.options] : []))
  if (known.length === 0) return options
  const contact = options.contact ?? known.find(one => one.contact)?.contact ?? null
  const ignoreRobots = options.ignoreRobots || known.every(one => one.ignoreRobots === true)
  return { ...known.reduce(slower, options), contact, ignoreRobots }
}

/** What an older threadkeep has registered names no pause: then it is a second. */
function slower(options: ArchiveOptions, { sleepSeconds: [least, most] = [1, 1] }: TargetOptions): ArchiveOptions {
  const [from, to] = options.sleepSeconds
  return { ...options, sleepSeconds: [Math.max(from, least), Math.max(to, most)] }
}
