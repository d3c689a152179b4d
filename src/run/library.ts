import type { Archive } from '../archive/index.js'
import { type Credentials, NO_CREDENTIALS } from '../model/credentials.js'
import { parseMoment } from '../model/dates.js'
import { UsageError } from '../model/errors.js'
import type { Reporter, RunReport } from '../model/reports/run.js'
import { isAddress, sameHost } from '../model/urls.js'
import { VERSION } from '../model/version.js'
import { type Clock, credentialsIn, type SourceSettings } from '../sources/index.js'
import { targetOf } from './plan/target.js'
import { archiveTargets, syncTargets } from './run.js'
import { archiveOptionsOf, type RunDeps } from './session/options.js'
import type { ImportOptions, RunOptions, SyncRunOptions } from './session/run-options.js'
import { syncRequestOf } from './session/sync.js'

/** A run of the library: `run` needs the archive, which is opened after the words of the caller were found right. */
interface LibraryRun {
  /** What the log of the archive calls it. */
  command: string
  run(archive: Archive): Promise<RunReport>
}

/** The clock of this machine, and its environment variables, which may name proxies. */
type Machine = Clock & Required<Pick<SourceSettings, 'environment'>>

/** @throws UsageError if there is no target, or one is no address. */
export function archiveRun(words: readonly string[], given: RunOptions, machine: Machine): LibraryRun {
  const targets = words.map(word => targetOf(word, given.sources))
  if (targets.length === 0)
    throw new UsageError('There is nothing to archive: no target was named.', 'Name an address.')
  const options = archiveOptionsOf(numbersChecked(given), credentialsOf(given.credentials, targets))
  const command = given.command ?? `archive ${targets.join(' ')}`
  return { command, run: archive => archiveTargets(targets, options, runDepsOf(given, archive, machine, command)) }
}

/** No words: all targets of the archive. @throws UsageError if one is no address. */
export function syncRun(words: readonly string[], given: SyncRunOptions, machine: Machine): LibraryRun {
  const named = words.map(word => targetOf(word, given.sources))
  const command = given.command ?? ['sync', ...named].join(' ')
  return {
    command,
    run: archive => {
      const targets = named.length > 0 ? named : archive.registered().map(({ url }) => url)
      // A pause that is left out is that of each target.
      const how = numbersChecked({ ...given, pace: given.pace ?? 0 })
      const options = archiveOptionsOf(how, credentialsOf(given.credentials, targets))
      return syncTargets(syncRequestOf(given, named), options, runDepsOf(given, archive, machine, command))
    },
  }
}

/** @throws UsageError if there is no path, and for a date or an address that is none. */
export function importRun(words: readonly string[], given: ImportOptions, machine: Machine): LibraryRun {
  if (words.length === 0) throw new UsageError('There is nothing to import: no path was named.', 'Name a file.')
  const now = (given.clock ?? machine).now()
  const capturedAt = given.capturedAt === undefined ? null : parseMoment(given.capturedAt, now)
  const site = given.site === undefined ? null : targetOf(given.site)
  const paths = words.map(path => ({ path, name: path }))
  const command = given.command ?? ['import', ...words].join(' ')
  return {
    command,
    run: async archive => {
      const { importPaths } = await import('./import/import.js')
      return importPaths({ paths, capturedAt, site }, runDepsOf(given, archive, machine, command))
    },
  }
}

const ROUTES: readonly unknown[] = [undefined, 'auto', 'rest', 'ajax', 'page']

/** The least value of each number. A pause that is no number would mean no pause. */
const LEAST = { retries: 0, timeout: 1, hosts: 1, maxRequests: 1, timeLimit: 0.001 } as const

/** @throws UsageError for a number that is none or too small, and for an unknown route: callers need not use TypeScript. */
function numbersChecked(given: RunOptions): RunOptions {
  const isNumber = (value: unknown, least: number) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least
  for (const [name, least] of Object.entries(LEAST)) {
    const value = given[name as keyof typeof LEAST]
    if (value !== undefined && !isNumber(value, least))
      throw new UsageError(`The option ${name} is ${String(value)}.`, `Give a number of at least ${least}.`)
  }
  const pauses = given.pace === undefined ? [0] : [given.pace].flat()
  if (!pauses.every(pause => isNumber(pause, 0)) || pauses.length > 2)
    throw new UsageError(`The option pace is ${String(given.pace)}.`, 'Give seconds: a number, or [from, to].')
  if (!ROUTES.includes(given.via))
    throw new UsageError(`The option via is ${String(given.via)}.`, 'Give auto, rest, ajax or page.')
  return given
}

/** A bare Cookie header does not say whose it is: the one site of all targets. */
function credentialsOf(given: string | Credentials | undefined, targets: readonly string[]): Credentials {
  if (typeof given !== 'string') return given ?? NO_CREDENTIALS
  const [first, ...others] = targets.filter(isAddress)
  return credentialsIn(given, first !== undefined && others.every(url => sameHost(url, first)) ? first : null)
}

const runDepsOf = (given: RunOptions, archive: Archive, machine: Machine, command: string): RunDeps => ({
  archive,
  reporter: reporterOf(given.reporter ?? {}),
  clock: given.clock ?? machine,
  environment: machine.environment,
  signal: given.signal ?? new AbortController().signal,
  command,
  version: VERSION,
  sources: given.sources ?? [],
})

/** Calls what is there, on the object itself: it may be an instance of a class. */
const reporterOf = (given: Partial<Reporter>): Reporter => ({
  target: (...of) => given.target?.(...of),
  request: (...of) => given.request?.(...of),
  answered: (...of) => given.answered?.(...of),
  saved: (...of) => given.saved?.(...of),
  waiting: (...of) => given.waiting?.(...of),
  ignored: (...of) => given.ignored?.(...of),
  warning: (...of) => given.warning?.(...of),
})
