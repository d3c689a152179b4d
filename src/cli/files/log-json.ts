import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { EXIT, KnownError, UsageError } from '../../model/errors.js'
import type { RunReport } from '../../model/reports/run.js'
import { withoutSecrets } from '../../model/urls.js'
import { fileFailure } from '../../node/file-failures.js'
import type { Io } from '../terminal/io.js'
import type { RunProgress } from '../terminal/run-progress.js'

/** A log for programs, `threadkeep.run-log/1`: one JSON object per line, each written at once, so that a killed run leaves a complete log. */
interface JsonLog {
  /** A reporter that writes to the log and then calls `progress`. */
  listening(progress: RunProgress): RunProgress
  ended(report: RunReport): void
}

/** @throws UsageError if the file can't be written; KnownError (6) if its disk is full. */
export function jsonLog(file: string, io: Io): JsonLog {
  const path = resolve(io.cwd, file)
  const write = (event: string, fields: object) =>
    append(
      path,
      `${JSON.stringify({ schema: 'threadkeep.run-log/1', at: new Date(io.now()).toISOString(), event, ...fields })}\n`,
    )
  write('start', { pid: io.pid })
  return {
    listening: progress => ({
      ...progress,
      target(url, resumed) {
        write('target', { url, resumed })
        progress.target(url, resumed)
      },
      answered(url, answer) {
        write('answer', { url: withoutSecrets(url), ...answer })
        progress.answered(url, answer)
      },
      waiting(milliseconds, why) {
        write('waiting', { milliseconds, why })
        progress.waiting(milliseconds, why)
      },
      warning(text) {
        write('warning', { text })
        progress.warning(text)
      },
    }),
    ended: report => write('end', { report }),
  }
}

function append(path: string, line: string): void {
  try {
    appendFileSync(path, line)
  } catch (cause) {
    const message = `The log file ${path} can't be written${cause instanceof Error ? ` (${cause.message})` : ''}.`
    if (fileFailure(cause)?.exitCode === EXIT.archive)
      throw new KnownError(EXIT.archive, message, 'Make room on its disk.')
    throw new UsageError(message, 'Name another file with --log-json.')
  }
}
