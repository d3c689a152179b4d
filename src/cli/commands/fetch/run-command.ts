import type { RunReport } from '../../../model/reports/run.js'
import { VERSION } from '../../../model/version.js'
import type { RunDeps } from '../../../run/run.js'
import { commandLine, type Globals, withArchive } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'

/** A run that writes to the archive, with progress on stderr, the log, and Ctrl-C. */
export async function withRun(
  options: Globals,
  io: Io,
  work: (deps: RunDeps) => Promise<RunReport>,
): Promise<RunReport> {
  const { runProgress } = await import('../../terminal/run-progress.js')
  const log = options.logJson === undefined ? null : await openLog(options.logJson, io)
  return withArchive('write', options, io, async archive => {
    const progress = await runProgress(io, options)
    const reporter = log?.listening(progress) ?? progress
    const stopping = new AbortController()
    const unlisten = io.onInterrupt(() => {
      stopping.abort()
      reporter.warning('Stopping after the page that is being read. Press Ctrl-C again to stop at once.')
    })
    try {
      const outside = { reporter, signal: stopping.signal, clock: io }
      const report = await work({ archive, ...outside, command: commandLine(io), version: VERSION })
      log?.ended(report)
      return report
    } finally {
      unlisten()
      reporter.stop()
    }
  })
}

const openLog = async (file: string, io: Io) => (await import('../../files/log-json.js')).jsonLog(file, io)

/** Results on stdout, what went wrong and how much was done on stderr. */
export async function tellReport(report: RunReport, options: Globals & { json?: boolean }, io: Io): Promise<void> {
  const [{ noteLines, resultLines, totalsLine }, { paintFor }, { terminalJson }, { writeLines }] = await Promise.all([
    import('../../render/summary.js'),
    import('../../terminal/colour.js'),
    import('../../text/terminal-text.js'),
    import('../../terminal/print.js'),
  ])
  if (options.json) io.stdout.write(`${terminalJson(report)}\n`)
  else if (!options.quiet) {
    const paint = await paintFor(io.stdout, io, options.color)
    writeLines(resultLines(report, paint), io.stdout)
  }
  const paint = await paintFor(io.stderr, io, options.color)
  writeLines(noteLines(report, paint, options.quiet), io.stderr)
  if (!options.quiet) writeLines([totalsLine(report)], io.stderr)
}
