/** How much is done of some work, for a progress line: `Reading captures 1,200/5,000`. */
export interface Step {
  what: string
  done: number
  total: number
}

/**
 * Work that yields between its steps, so that its caller can show progress, let signals arrive, and end it: `return()` undoes what is
 * half done.
 */
export type Stepwise<Result> = Generator<Step, Result>

/** Does all steps at once. */
export function allSteps<Result>(work: Stepwise<Result>): Result {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value
}
