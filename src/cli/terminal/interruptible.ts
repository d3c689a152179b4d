import { EXIT, KnownError } from '../../model/errors.js'
import type { Step, Stepwise } from '../../model/steps.js'
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

/** Awaited between two pieces of output: the streams drain, and signals arrive. @throws KnownError (130) after Ctrl-C. */
export type Pause = () => Promise<void>

/** Runs `work`, which writes files piece by piece and calls its `pause` between two pieces. */
export const withPause = <Result>(io: Io, work: (pause: Pause) => Promise<Result>): Promise<Result> =>
  interruptible(io, signal =>
    work(async () => {
      await io.stderr.drained()
      if (signal.aborted) throw new KnownError(EXIT.interrupted, 'Interrupted: no half-written file was left.')
    }),
  )

/** Shows a step, such as in a progress line. */
export type ShowStep = (step: Step) => void

/**
 * Does work step by step, so that signals arrive between two steps. `kept` says after Ctrl-C what is kept, from the step that was next.
 * @throws KnownError (130) after Ctrl-C; the work has then undone what was half done.
 */
export const stepByStep = <Result>(
  io: Io,
  work: Stepwise<Result>,
  show: ShowStep,
  kept: (step: Step) => string,
): Promise<Result> =>
  interruptible(io, async signal => {
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value
      show(step.value)
      await io.stderr.drained()
      if (signal.aborted) throw endOf(work, kept(step.value))
    }
  })

function endOf(work: Stepwise<unknown>, words: string): KnownError {
  work.return(undefined)
  return new KnownError(EXIT.interrupted, `Interrupted: ${words}`)
}
