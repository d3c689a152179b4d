import { type Capture, type FetchRequest, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import { parse } from '../../parse/index.js'
import type { LiveSource } from '../../sources/index.js'

/** Sends single requests to a live site. */
export class SingleRequests {
  constructor(readonly source: LiveSource) {}

  /** @throws NetworkError, RobotsError and SessionEnded of the source; a plain Error if the run was interrupted. */
  async send(request: FetchRequest): Promise<{ capture: Capture; page: Page }> {
    const waiting = [request]
    for await (const arrival of this.source.captures({ next: () => waiting.shift() ?? null })) {
      if (isFailure(arrival)) throw arrival.error
      return { capture: arrival, page: parse(arrival) }
    }
    throw new Error('interrupted')
  }
}
