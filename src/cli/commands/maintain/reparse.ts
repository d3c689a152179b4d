import type { Command } from 'commander'
import { parseDate } from '../../../model/dates.js'
import type { ExitCode } from '../../../model/errors.js'
import type { ReparseReport } from '../../../model/reports/reparse.js'
import { VERSION } from '../../../model/version.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import type { ReparseRequest } from '../../../run/run.js'
import { waitLock } from '../../options/flag-values.js'
import { archiveFile, commandLine, type Globals, withArchive } from '../../options/globals.js'
import { changeLines, changeRows, totalLines } from '../../render/reparse-lines.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'
import { withCounter } from '../../terminal/progress.js'
import { terminalJson } from '../../text/terminal-text.js'

interface Options extends Globals {
  dryRun?: boolean
  simulate?: boolean
  since?: string
}

export const examples = ['reparse --dry-run', 'reparse', 'reparse --since 2026-09-01 --json']

export function add(command: Command): void {
  command
    .description(
      'Builds the posts again from the responses that the archive has stored, with the\n' +
        'parsers of this version. No site is asked.\n' +
        'A field that is now read differently is replaced and reported; earlier texts\n' +
        'stay as revisions, and no post is ever deleted. All changes are written at\n' +
        'once, at the end: a run that is stopped or killed changes nothing.',
    )
    .option('-n, --dry-run', 'report what would change, and change nothing')
    .option('-s, --simulate', 'the same as --dry-run')
    .option(
      '--since <date>',
      'read only responses that were captured since this date: 2024-05-01, today-2weeks (default: all)',
    )
    .addOption(waitLock())
    .optionsGroup('Output:')
    .option('--json', 'print the report as one JSON document (threadkeep.reparse/1)')
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const since = options.since === undefined ? null : parseDate(options.since, io.now())
  const dryRun = options.dryRun === true || options.simulate === true
  const report = await reparsed({ since, dryRun }, options, io)
  await printReport(report, options, io)
  return report.exitCode
}

async function reparsed(request: ReparseRequest, options: Options, io: Io): Promise<ReparseReport> {
  keepHeapSmall()
  const { reparseArchive } = await import('../../../run/run.js')
  return withArchive(request.dryRun ? 'read' : 'change', options, io, archive =>
    withCounter('Reading captures', options, io, progress => {
      const deps = { archive, clock: io, command: commandLine(io), version: VERSION, progress }
      return interruptible(io, signal => reparseArchive(request, { ...deps, signal }))
    }),
  )
}

async function printReport(report: ReparseReport, options: Options, io: Io): Promise<void> {
  const { schema, ...rest } = report
  const json = [`${terminalJson({ schema, archive: archiveFile(options, io), ...rest })}\n`]
  const lines: Forms['lines'] = (_width, paint) => changeLines(report, paint)
  await printForm({ json, rows: changeRows(report), lines }, options, io)
  if (!options.quiet) for (const line of totalLines(report)) io.stderr.write(`${line}\n`)
}
