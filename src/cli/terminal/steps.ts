import type { Step, Stepwise } from '../../model/steps.js'
import { type Pause, withPause } from './interruptible.js'
import type { Io } from './io.js'
import { type OutputFlags, progressLine } from './progress.js'

/** What a stopped work leaves, as the rest of a sentence. `step`: the step that was next. */
type Kept = (step: Step) => string

/**
 * Does work step by step with a progress line, so that signals arrive between two steps.
 * @throws KnownError (130) after Ctrl-C or SIGTERM; the work has then undone what was half done.
 */
export async function withSteps<Result>(
  options: OutputFlags,
  io: Io,
  work: Stepwise<Result>,
  kept: Kept,
): Promise<Result> {
  const line = await progressLine(io, options)
  const show = ({ what, done, total }: Step) => line.count(what, done, total)
  try {
    return await withPause(io, pause => stepByStep(work, show, kept, pause))
  } finally {
    line.clear()
  }
}

/** The same with a progress line and a pause of the caller. */
export async function stepByStep<Result>(
  work: Stepwise<Result>,
  show: (step: Step) => void,
  kept: Kept,
  pause: Pause,
): Promise<Result> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value
    show(step.value)
    await pause(kept(step.value)).catch(error => undone(work, error))
  }
}

function undone(work: Stepwise<unknown>, error: unknown): never {
  work.return(undefined)
  throw error
}
