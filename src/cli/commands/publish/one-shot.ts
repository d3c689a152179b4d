import { existsSync } from 'node:fs'
import { Command } from 'commander'
import type { ArchiveReader } from '../../../model/archive.js'
import { EXIT, type ExitCode, KnownError, UsageError } from '../../../model/errors.js'
import type { RunReport } from '../../../model/reports/run.js'
import { isAddress, typedAddress } from '../../../model/urls.js'
import { withPrivateFolder } from '../../../node/private-folder.js'
import { addFetchFlags, addRoute, DEFAULT_PAUSE, type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import { archiveFile, type Globals, readArchive } from '../../options/globals.js'
import { isEmpty, type NamedSelection, selectionsOf } from '../../options/selection.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { writeLines } from '../../terminal/print.js'
import { terminalLine } from '../../text/terminal-text.js'
import { withRun } from '../fetch/run-command.js'

export interface Options extends Globals, Partial<FetchFlags>, NamedSelection {}

/** The flags of a fetch, for an export of what is in no archive. */
export function addFlags(command: Command): void {
  addFetchFlags(command)
  addRoute(command)
}

const every = new Command()
addFlags(every)

/** Their long names. */
export const FLAGS: readonly string[] = every.options.flatMap(({ long }) => long ?? [])

/**
 * The URLs that have to be fetched before they can be exported: all that are named, if no archive holds them. Empty: the archive is exported.
 * @throws UsageError for an address that is no target.
 */
export async function toBeFetched(options: Options, io: Io): Promise<string[]> {
  const names = namesOf(options)
  if (names.length === 0 || !names.every(name => isAddress(name) && URL.canParse(name))) return []
  const { targetOf } = await import('../../../run/run.js')
  const urls = [...new Set(names.map(name => targetOf(name)))]
  return (await isNewTo(names, urls, options, io)) ? urls : []
}

async function isNewTo(names: readonly string[], urls: readonly string[], options: Options, io: Io): Promise<boolean> {
  try {
    return await readArchive(options, io, async ({ reader }) => {
      if (!names.every(isUnknownTo(reader))) return false
      // A community that was archived is no selection, and is not fetched again.
      const targets = new Set(reader.status().targets.map(({ url }) => url))
      return !urls.some(url => targets.has(url))
    })
  } catch (error) {
    if (existsSync(archiveFile(options, io))) throw error
    return true
  }
}

const namesOf = ({ words = [], group = [], thread = [] }: NamedSelection): readonly string[] => [
  ...words.map(typedAddress),
  ...group.map(typedAddress),
  ...thread.map(typedAddress),
]

const isUnknownTo =
  (reader: ArchiveReader) =>
  (name: string): boolean => {
    try {
      selectionsOf(reader, { words: [name] })
      return false
    } catch (error) {
      if (error instanceof UsageError) return true
      throw error
    }
  }

/**
 * Fetches URLs into an archive that is removed afterwards, and exports that. An archive that exists is left as it is; one that --db names
 * and that does not exist is made, and stays.
 * @returns the exit code of the fetch. 4, 5, 8 and 130: nothing was exported.
 */
export async function fetchAndExport<Given extends Options>(
  urls: readonly string[],
  options: Given,
  io: Io,
  write: (options: Given) => Promise<void>,
): Promise<ExitCode> {
  const how = await fetchOptions(urls, { sleepRequests: DEFAULT_PAUSE, ...options }, io)
  const { archiveTargets } = await import('../../../run/run.js')
  const exported = async (from: Given): Promise<ExitCode> => {
    const report = await withRun(from, io, deps => archiveTargets(urls, how, deps))
    if (report.exitCode === EXIT.interrupted)
      throw new KnownError(EXIT.interrupted, 'Interrupted: no document was written.')
    await tell(report, options, io)
    if (await isExportable(report, from, io)) await write(await selectedOf(from, io))
    else io.stderr.write('No document was written.\n')
    return report.exitCode
  }
  if (isNamed(options) && !existsSync(archiveFile(options, io))) return exported(options)
  if (!options.quiet) io.stderr.write(`${whyFetched(urls, existsSync(archiveFile(options, io)))}\n`)
  return withPrivateFolder('threadkeep-export-', folder => exported({ ...options, db: `${folder}/threadkeep.db` }))
}

/** A file that the environment or a file of settings names is that of other runs. */
const isNamed = ({ settings, db }: Globals): boolean => db !== undefined && (settings?.flags.has('db') ?? true)

function whyFetched([url = '', ...others]: readonly string[], isHere: boolean): string {
  const why = isHere ? 'The archive does not hold this: it' : 'There is no archive: this'
  const keep = ['threadkeep archive', url, ...others].map(terminalLine).join(' ')
  return `${why} is fetched for this export only. To keep it: ${keep}`
}

async function tell(report: RunReport, options: Globals, io: Io): Promise<void> {
  const { noteLines, resultLines, totalsLine } = await import('../../render/summary.js')
  const paint = await paintFor(io.stderr, io, options)
  if (!options.quiet) writeLines(resultLines(report, paint), io.stderr)
  // Notes are about later runs on the same archive.
  writeLines(noteLines(report, paint, true), io.stderr)
  if (!options.quiet) writeLines([totalsLine(report)], io.stderr)
}

/** A part of a discussion is a document that says what is missing. */
const isExportable = async ({ exitCode }: RunReport, from: Globals, io: Io): Promise<boolean> =>
  exitCode === EXIT.done || (exitCode === EXIT.partial && (await readArchive(from, io, async a => !isEmpty(a.reader))))

/** What was named, as the archive knows it; a community is no selection, and everything of it is exported. */
async function selectedOf<Given extends Options>(options: Given, io: Io): Promise<Given> {
  const isSelection = await readArchive(options, io, async ({ reader }) => {
    return !namesOf(options).some(isUnknownTo(reader))
  })
  return isSelection ? options : { ...options, words: [], group: [], thread: [] }
}
