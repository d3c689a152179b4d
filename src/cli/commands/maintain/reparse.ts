import type { Command } from 'commander'
import { parseDate } from '../../../model/dates.js'
import type { ExitCode } from '../../../model/errors.js'
import type { ReparseReport } from '../../../model/reports/reparse.js'
import { VERSION } from '../../../model/version.js'
import { seconds } from '../../options/durations.js'
import { archiveFile, commandLine, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { progressLine } from '../../terminal/progress.js'

interface Options extends Globals {
  dryRun?: boolean
  simulate?: boolean
  since?: string
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Builds the posts anew from the answers that the archive has kept, with the\n' +
        'parsers of this version. No site is asked.\n' +
        'What reads otherwise now is put in place and told; earlier texts stay\n' +
        'revisions, and no post is ever deleted. All changes are made at once, at the\n' +
        'end: a run that is stopped or killed leaves the archive as it was.',
    )
    .option('-n, --dry-run', 'say what would change, and change nothing')
    .option('-s, --simulate', 'the same as --dry-run')
    .option('--since <date>', 'read only what was captured from then on: a date, or today-2weeks')
    .option('--wait-lock <time>', 'wait so long for another run that holds the archive, such as 10m', seconds)
    .optionsGroup('Output:')
    .option('--json', 'print the report as one JSON document')
    .addHelpText('after', examples('reparse --dry-run', 'reparse', 'reparse --since 2026-09-01 --json'))
    .action(async (_own, self: Command) => done(await run(self.optsWithGlobals(), io)))
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const since = options.since === undefined ? null : parseDate(options.since, io.now())
  const dryRun = options.dryRun === true || options.simulate === true
  const report = await reparsed({ since, dryRun }, options, io)
  await tell(report, options, io)
  return report.exitCode
}

async function reparsed(
  request: Pick<ReparseReport, 'since' | 'dryRun'>,
  options: Options,
  io: Io,
): Promise<ReparseReport> {
  return withArchive(request.dryRun ? 'read' : 'change', options, io, async archive => {
    const { reparseArchive } = await import('../../../run/run.js')
    const line = progressLine(io, options)
    const progress = (read: number, of: number) => line.count('Reading captures', read, of)
    const outside = { clock: io, command: commandLine(io), version: VERSION, progress }
    try {
      return await interruptible(io, signal => reparseArchive(request, { archive, signal, ...outside }))
    } finally {
      line.clear()
    }
  })
}

async function tell(report: ReparseReport, options: Options, io: Io): Promise<void> {
  const [lines, { paintFor }, { terminalJson }, { print, closedLines }] = await Promise.all([
    import('../../render/reparse-lines.js'),
    import('../../terminal/colour.js'),
    import('../../text/terminal-text.js'),
    import('../../terminal/print.js'),
  ])
  const { schema, ...rest } = report
  if (options.json) io.stdout.write(`${terminalJson({ schema, archive: archiveFile(options, io), ...rest })}\n`)
  else if (io.stdout.isTTY)
    await print(io.stdout, closedLines(lines.changeLines(report, await paintFor(io.stdout, io, options.color))))
  else await print(io.stdout, closedLines(lines.changeRows(report)))
  if (!options.quiet) for (const line of lines.totalLines(report)) io.stderr.write(`${line}\n`)
}
