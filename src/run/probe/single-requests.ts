import { type Capture, type FetchRequest, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import { parse } from '../../parse/index.js'
import type { LiveSource } from '../../sources/index.js'

/** One question after the other, each answered by a capture, or by an error. */
export class SingleRequests {
  constructor(readonly source: LiveSource) {}

  /** @throws the source's own errors: NetworkError, RobotsError. */
  async send(request: FetchRequest): Promise<{ capture: Capture; page: Page }> {
    const waiting = [request]
    for await (const arrival of this.source.captures({ next: () => waiting.shift() ?? null })) {
      if (isFailure(arrival)) throw arrival.error
      return { capture: arrival, page: parse(arrival) }
    }
    throw new Error('interrupted')
  }
}
