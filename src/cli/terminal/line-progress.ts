import type { CheckProgress } from '../../model/reports/verify.js'
import type { Globals } from '../options/globals.js'
import { terminalLine } from '../text/terminal-text.js'
import type { Io } from './io.js'

export interface LineProgress {
  at(progress: CheckProgress): void
  clear(): void
}

/**
 * How far work has come that leaves no room for a spinner, since it never waits: one line that is written over, where a person
 * looks on.
 */
export function lineProgress(io: Io, { quiet, json }: Globals & { json?: boolean }): LineProgress {
  if (!io.stderr.screen || quiet || json) return { at() {}, clear() {} }
  let drawn = false
  return {
    at({ check, done, total }) {
      drawn = true
      io.stderr.write(`\r\x1b[K${terminalLine(check)} ${done.toLocaleString('en-US')}/${total.toLocaleString('en-US')}`)
    },
    clear() {
      if (drawn) io.stderr.write('\r\x1b[K')
      drawn = false
    },
  }
}
