import { EXIT, KnownError } from '../../model/errors.js'
import type { Io } from './io.js'

/** Runs `work` with a signal that the first Ctrl-C (or SIGTERM) aborts. */
export async function interruptible<Result>(io: Io, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const interrupt = new AbortController()
  const unlisten = io.onInterrupt(() => interrupt.abort())
  try {
    return await work(interrupt.signal)
  } finally {
    unlisten()
  }
}

/** Awaited between two pieces of work: the streams drain, and signals arrive. @throws KnownError (130) after Ctrl-C; `kept` says what is kept. */
export type Pause = (kept?: string) => Promise<void>

/** Runs `work`, which works piece by piece and calls its `pause` between two pieces; `signal` is for what takes longer. */
export const withPause = <Result>(
  io: Io,
  work: (pause: Pause, signal: AbortSignal) => Promise<Result>,
): Promise<Result> =>
  interruptible(io, async signal => {
    const pause = async (kept = 'no half-written file was left.') => {
      await io.stderr.drained()
      if (signal.aborted) throw new KnownError(EXIT.interrupted, `Interrupted: ${kept}`)
    }
    try {
      return await work(pause, signal)
    } catch (error) {
      // What was waited for has ended with the reason of the signal.
      if (error === signal.reason) await pause()
      throw error
    }
  })
