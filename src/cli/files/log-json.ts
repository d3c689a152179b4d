import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../../model/errors.js'
import type { RunReport } from '../../model/reports/run.js'
import { withoutSecrets } from '../../model/urls.js'
import type { Io } from '../terminal/io.js'
import type { RunProgress } from '../terminal/run-progress.js'

/** A log for programs: one JSON object per line, each written at once, so that a killed run leaves a complete log. */
export interface JsonLog {
  /** A reporter that writes to the log and then calls `progress`. */
  listening(progress: RunProgress): RunProgress
  ended(report: RunReport): void
}

/** @throws UsageError if the file can't be written. */
export function jsonLog(file: string, io: Io): JsonLog {
  const path = resolve(io.cwd, file)
  const write = (event: string, fields: object) =>
    appendFileSync(path, `${JSON.stringify({ at: new Date(io.now()).toISOString(), event, ...fields })}\n`)
  start(path, write, io)
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

function start(path: string, write: (event: string, fields: object) => void, io: Io): void {
  try {
    write('start', { pid: io.pid })
  } catch (cause) {
    const reason = cause instanceof Error ? ` (${cause.message})` : ''
    throw new UsageError(`The log file ${path} can't be written${reason}.`, 'Name another file with --log-json.')
  }
}
