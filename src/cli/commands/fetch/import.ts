import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { parseMoment } from '../../../model/dates.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { addReportFlags } from '../../options/fetch-flags.js'
import { waitLock } from '../../options/flag-values.js'
import { archiveFile, type Globals } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'
import { printReport, withRun } from './run-command.js'

export interface Options extends Globals {
  words: string[]
  capturedAt?: string
  site?: string
  dryRun?: boolean
}

export const examples = [
  'import thread.txt --captured-at 2024-03-01',
  'import saved-pages/ old-site.warc.gz',
  'import --dry-run mirror/',
]

export function add(command: Command): void {
  command
    .description(
      'Reads what is left of communities into the archive: saved pages, MHTML, mirrors\n' +
        'of wget and HTTrack, WARC and WACZ files, and texts of threads.\n' +
        'The content of a file decides how it is read. Importing the same files again\n' +
        'brings nothing new.',
    )
    .argument('<path...>', 'files, and folders with all that is in them; - is standard input')
    .optionsGroup('What the files do not say:')
    .option(
      '--captured-at <date>',
      'when the pages were saved or the text was copied (UTC), such as 2024-03-01 (default: what the file says, else its own date)',
    )
    .option('--site <url>', 'the address of the community (default: what the file says)')
    .optionsGroup('How to import:')
    .option('--dry-run', 'only say what would be read; the archive is neither made nor changed')
    .addOption(waitLock())
  addReportFlags(command)
  command.addHelpText('after', notes(HELP))
}

const HELP = `
Relative dates count back from the time of saving. Where the files do not give
it, that is --captured-at, or at the latest the date of the file. What was not
understood is listed with the reason: then the exit code is 3, or 5 if nothing
was read.`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  keepHeapSmall()
  const { targetOf } = await import('../../../run/run.js')
  const capturedAt = options.capturedAt === undefined ? null : parseMoment(options.capturedAt, io.now())
  const site = options.site === undefined ? null : targetOf(options.site)
  const { importPaths } = await import('../../../run/import/import.js')
  return withSpace(options, async folder => {
    const paths = await namedPaths(options.words, folder, io)
    const how = options.dryRun ? { ...options, db: join(folder, 'dry-run.db') } : options
    const file = archiveFile(how, io)
    const isNew = !existsSync(file)
    const report = await withRun(how, io, deps => importPaths({ paths, capturedAt, site }, deps))
    const isEmpty = isNew && report.exitCode === EXIT.unrecognised
    if (isEmpty) for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true })
    await printReport(report, options, io, options.dryRun ? DRY : isEmpty ? EMPTY : undefined)
    return report.exitCode
  })
}

const DRY = 'A dry run: nothing was stored.'

/** A job with a mistyped path must not leave files behind. */
const EMPTY = 'Nothing was read, and no archive was made.'

/** A private folder for standard input and for the archive of a dry run, if one is needed. */
async function withSpace({ words, dryRun }: Options, work: (folder: string) => Promise<ExitCode>): Promise<ExitCode> {
  if (!dryRun && !words.includes('-')) return work('')
  const folder = await mkdtemp(join(tmpdir(), 'threadkeep-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The paths of the command line; `-` is saved into the folder first.
 * @throws UsageError if one does not exist: a mistyped name must not leave an empty archive behind.
 */
async function namedPaths(words: readonly string[], folder: string, io: Io) {
  const named = [...new Set(words)].map(name => ({ name: name.replace(/(?<=.)\/+$/, ''), path: resolve(io.cwd, name) }))
  const stdin = named.find(({ name }) => name === '-')
  if (stdin) {
    stdin.path = join(folder, 'standard-input')
    await io.saveStdin(stdin.path)
  }
  const missing = named.find(({ path }) => !existsSync(path))
  if (missing) throw new UsageError(`There is no file or folder ${missing.name}.`, 'Check the path.')
  return named
}
