import { type Capture, type FetchRequest, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import type { LiveSource } from '../../sources/index.js'
import { PageParser } from '../parsing/page-parser.js'
import type { ArchiveOptions } from '../session/options.js'
import { arrivalOf, type SourceDeps, withLive } from '../session/source.js'

/** Sends single requests to a live site, and parses their responses as a run does: within bounds, and obedient to signals. */
export class Probe {
  private readonly parser = new PageParser()

  constructor(
    readonly source: LiveSource,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws NetworkError, RobotsError and SessionEnded of the source; a plain Error if the run was interrupted. */
  async send(request: FetchRequest): Promise<{ capture: Capture; page: Page }> {
    const arrival = await arrivalOf(this.source, request)
    if (arrival && isFailure(arrival)) throw arrival.error
    const page = arrival && (await this.parser.parse(arrival, this.signal))
    if (!page) throw new Error('interrupted')
    return { capture: arrival, page }
  }

  close(): Promise<void> {
    return this.parser.close()
  }
}

/** Opens a site, calls `work` with it, and closes it in any case. @throws UsageError if it is no site that can be asked. */
export const withProbe = <Result>(
  target: string,
  options: ArchiveOptions,
  deps: SourceDeps,
  work: (probe: Probe) => Promise<Result>,
): Promise<Result> =>
  withLive(target, options, deps, async source => {
    const probe = new Probe(source, deps.signal)
    try {
      return await work(probe)
    } finally {
      await probe.close()
    }
  })

/** The same error or problem with the advice for a command that stores nothing, so that there is nothing to continue. */
export function storingNothing<Advised extends { readonly advice: string | null }>(
  one: Advised,
  again: string,
): Advised {
  const advice = one.advice
    ?.replace(/Run the same command again later: it continues where this run stopped\./, () => again)
    .replace(/ and run the same command: it continues where this run stopped\./, '.')
  return Object.assign(one, { advice: advice ?? null })
}
