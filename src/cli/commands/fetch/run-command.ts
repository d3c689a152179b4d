import { EXIT, KnownError } from '../../../model/errors.js'
import type { RunReport } from '../../../model/reports/run.js'
import { VERSION } from '../../../model/version.js'
import type { RunDeps, SourceDeps } from '../../../run/run.js'
import { jsonLog } from '../../files/log-json.js'
import { archiveFile, commandLine, type Globals, withArchive } from '../../options/globals.js'
import { paintFor } from '../../terminal/colour.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { writeLines } from '../../terminal/print.js'
import { type RunProgress, runProgress } from '../../terminal/run-progress.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'

/** Opens the archive for a run that writes to it, with progress on stderr, the log, and Ctrl-C. */
export async function withRun(
  options: Globals,
  io: Io,
  work: (deps: RunDeps) => Promise<RunReport>,
): Promise<RunReport> {
  const log = options.logJson === undefined ? null : jsonLog(options.logJson, io)
  return withArchive('write', options, io, archive =>
    withProgress(options, io, async deps => {
      const reporter = log?.listening(deps.reporter) ?? deps.reporter
      deps.signal.addEventListener('abort', () => reporter.warning(STOPPING))
      const report = await work({ ...deps, archive, reporter, command: commandLine(io) })
      log?.ended(report)
      return report
    }),
  )
}

/** Runs `work`, which asks a site, with progress on stderr, and with a signal that Ctrl-C aborts. */
export async function withProgress<Result>(
  options: Globals,
  io: Io,
  work: (deps: SourceDeps & { reporter: RunProgress }) => Promise<Result>,
): Promise<Result> {
  const reporter = await runProgress(io, options)
  try {
    return await interruptible(io, async signal => {
      try {
        return await work({ clock: io, signal, version: VERSION, reporter, environment: io.env })
      } catch (error) {
        throw signal.aborted && !(error instanceof KnownError) ? interrupted() : error
      }
    })
  } finally {
    reporter.stop()
  }
}

/** A run ends with a report; what ends with an error has stored nothing. */
const interrupted = () => new KnownError(EXIT.interrupted, 'Interrupted: nothing was stored.')

const STOPPING = 'Stopping after the current page. Press Ctrl-C again to stop at once.'

/** Prints the result on stdout; problems, notes and totals on stderr, and where it is: by default, the path of the archive. */
export async function printReport(
  report: RunReport,
  options: Globals,
  io: Io,
  place = `Archive: ${terminalLine(archiveFile(options, io))}`,
): Promise<void> {
  const { noteLines, resultLines, totalsLine } = await import('../../render/summary.js')
  if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
  else if (!options.quiet) writeLines(resultLines(report, await paintFor(io.stdout, io, options)), io.stdout)
  writeLines(noteLines(report, await paintFor(io.stderr, io, options), options.quiet), io.stderr)
  if (!options.quiet) writeLines([totalsLine(report), place], io.stderr)
}
