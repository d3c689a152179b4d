import { type Command, Option } from 'commander'
import type { ArchiveReader } from '../../../model/archive.js'
import { EXIT, type ExitCode, KnownError, UsageError } from '../../../model/errors.js'
import type { ArchiveStatus } from '../../../model/reports/archive-status.js'
import { notes } from '../../help/layout.js'
import { durationSeconds } from '../../options/flag-values.js'
import { archiveFile, type Globals, readArchive } from '../../options/globals.js'
import { statusGroups, statusLines, statusReport } from '../../render/status.js'
import { type AgeLimits, checkCode, checkLines, checkOf, headOf } from '../../render/status-check.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'
import { printLines, writeLines } from '../../terminal/print.js'
import { terminalJson } from '../../text/terminal-text.js'

interface Options extends Globals, AgeLimits {
  check?: boolean
}

export const examples = ['status', 'status --json', 'status --db bees.db', 'status --check --warn-age 36h']

export function add(command: Command): void {
  command
    .description(
      'Shows each target: when it was last read, which gaps it has and why, how the\n' +
        'next sync reads it, and the login that is kept for it; each group, and whether\n' +
        'all posts of it are held; then the last runs, the size and content of the\n' +
        'archive, and the run that holds it, if there is one.\n' +
        'The next "threadkeep archive" or "threadkeep sync" tries to fill the gaps.',
    )
    .optionsGroup('For a monitor:')
    .option('--check', 'print one line, and end with the code of a Nagios plugin (below)')
  addAgeFlags(command)
  command
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.status/1)')
    .addHelpText('after', notes(HELP))
}

/** The limits of `--check`. */
export const addAgeFlags = (command: Command): void =>
  void command
    .addOption(age('--warn-age <time>', 'warning if a target was read longer ago than this', 2))
    .addOption(age('--critical-age <time>', 'critical if a target was read longer ago than this', 7))

const age = (flags: string, what: string, days: number): Option =>
  new Option(flags, what).argParser(durationSeconds).default(days * 86_400, `${days}d`)

const HELP = `
The line "theme" says how many posts, as read from pages, agree with the feed of
their group, which no theme changes.

For the methods section of a paper: threadkeep methods

--check ends with other codes than all other commands, those that monitors know:
  0  OK: all targets were read in time, whole.
  1  WARNING: older than --warn-age, a gap, a session that ends within 3 days, a
     target that was never read to its end, or a killed run.
  2  CRITICAL: older than --critical-age, a session that has ended, a login
     that is needed and not kept, a last run with exit code 1, 4, 5, 6 or 8, no
     target, no archive, or wrong usage.
  3  UNKNOWN: the archive could not be examined.`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  if (options.check && options.json)
    throw new UsageError('--check prints a line, not JSON.', 'status --json has the same findings in its key "check".')
  if (options.criticalAge < options.warnAge)
    throw new UsageError('--critical-age is shorter than --warn-age.', 'Give it the longer time of the two.')
  return options.check ? check(options, io) : show(options, io)
}

const withStatus = (
  options: Options,
  io: Io,
  work: (status: ArchiveStatus, reader: ArchiveReader) => Promise<ExitCode>,
): Promise<ExitCode> => readArchive(options, io, async ({ reader }) => work(reader.status(), reader))

const show = (options: Options, io: Io): Promise<ExitCode> =>
  withStatus(options, io, async (status, reader) => {
    const report = await statusReport(status, io)
    const archive = archiveFile(options, io)
    const check = checkOf(report, options, io.now())
    const groups = statusGroups(reader)
    if (options.json)
      io.stdout.write(`${terminalJson({ schema: 'threadkeep.status/1', archive, ...report, groups, check })}\n`)
    else writeLines(statusLines(report, await paintFor(io.stdout, io, options), groups), io.stdout)
    return EXIT.done
  })

/** Whatever happens, one line on stdout: a monitor shows nothing else. */
async function check(options: Options, io: Io): Promise<ExitCode> {
  try {
    return await withStatus(options, io, async status => {
      const report = await statusReport(status, io)
      const found = checkOf(report, options, io.now())
      await printLines(io.stdout, checkLines(found, report, options, io.now()))
      return checkCode(found.state)
    })
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    const state = error.exitCode === EXIT.archive ? 'critical' : 'unknown'
    io.stdout.write(`${headOf(state, error.message)}\n`)
    return checkCode(state)
  }
}
