import type { Globals } from '../options/globals.js'
import { wantsColour } from './colour.js'
import type { Io } from './io.js'

/** How far a long work has come, on stderr. */
export interface CountProgress {
  tell(done: number, of: number): void
  stop(): void
}

const SILENT: CountProgress = { tell: () => {}, stop: () => {} }

/** A spinner with numbers where a person looks on; `what` says what is counted: `Reading captures`. */
export async function countProgress(
  what: string,
  io: Io,
  options: Globals & { json?: boolean },
): Promise<CountProgress> {
  const { screen } = io.stderr
  if (!screen || options.quiet || options.json) return SILENT
  const { default: ora } = await import('ora')
  const colour = wantsColour(io.stderr, io.env, options.color)
  const drawn = ora({ stream: screen, discardStdin: false, color: colour && 'cyan', text: what }).start()
  return {
    tell: (done, of) => {
      drawn.text = `${what}: ${done.toLocaleString('en-US')} of ${of.toLocaleString('en-US')}`
    },
    stop: () => void drawn.stop(),
  }
}
