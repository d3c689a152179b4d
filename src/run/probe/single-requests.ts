import { type Capture, type FetchRequest, isFailure } from '../../model/capture.js'
import type { Page } from '../../model/page.js'
import { parse } from '../../parse/index.js'
import type { LiveSource } from '../../sources/index.js'

/**
 * Sends one request to a live site.
 * @throws NetworkError, RobotsError and SessionEnded of the source; a plain Error if the run was interrupted.
 */
export async function send(source: LiveSource, request: FetchRequest): Promise<{ capture: Capture; page: Page }> {
  const waiting = [request]
  for await (const arrival of source.captures({ next: () => waiting.shift() ?? null })) {
    if (isFailure(arrival)) throw arrival.error
    return { capture: arrival, page: parse(arrival) }
  }
  throw new Error('interrupted')
}
