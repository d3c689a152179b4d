import { EXIT, KnownError } from '../../model/errors.js'
import type { Io } from './io.js'

/** Between two pieces of output: lets the streams empty themselves. @throws KnownError (130) after Ctrl-C. */
export type Pause = () => Promise<void>

/** What writes files piece by piece, and may be interrupted between two of them. */
export async function withPause<Result>(io: Io, work: (pause: Pause) => Promise<Result>): Promise<Result> {
  const interrupt = new AbortController()
  const unlisten = io.onInterrupt(() => interrupt.abort())
  try {
    return await work(async () => {
      await io.stderr.drained()
      if (interrupt.signal.aborted)
        throw new KnownError(EXIT.interrupted, 'Interrupted: no half-written file was left.')
    })
  } finally {
    unlisten()
  }
}
