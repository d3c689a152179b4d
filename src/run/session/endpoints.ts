import { type FetchRequest, isFailure } from '../../model/capture.js'
import { EndpointLeft } from '../../model/errors.js'
import type { Wall } from '../../model/page.js'
import { restCallOf } from '../../model/rest.js'
import type { LiveSource } from '../../sources/index.js'
import { arrivalOf } from './source.js'

/** Consecutive requests to an endpoint without a usable response after which a run asks whether it works at all. */
const MAX_FAILURES = 8

interface State {
  failures: number
  patience: number
  /** The last request with a usable response; null: there was none in this run. */
  proven: FetchRequest | null
  left: EndpointLeft | null
}

/**
 * Tells an endpoint that is out of order (the REST of a site, an action of its AJAX, its pages) from single requests that always fail, as
 * `Pulse` does for a site: other endpoints may answer meanwhile. Requests to one that has failed and never answered are not repeated.
 */
export class Endpoints {
  private readonly states = new Map<string, State>()
  private readonly told = new Set<EndpointLeft>()

  constructor(private readonly source: LiveSource) {}

  answered(request: FetchRequest, wall: Wall | null): void {
    const state = this.stateOf(request)
    if (!state || wall?.kind === 'challenge') return
    if (wall?.kind === 'error') state.failures++
    else Object.assign(state, { failures: 0, patience: MAX_FAILURES, proven: request })
  }

  failed(request: FetchRequest): void {
    const state = this.stateOf(request)
    if (state) state.failures++
  }

  /** True if requests like this one have failed, and none has been answered. */
  isSilent(request: FetchRequest): boolean {
    const state = this.stateOf(request)
    return state !== null && state.failures > 0 && state.proven === null
  }

  /** The error for a request to an endpoint that is left alone; null: it is not. */
  left(request: FetchRequest): EndpointLeft | null {
    return this.stateOf(request)?.left ?? null
  }

  /** True if the report does not say yet that this endpoint is left alone. */
  isNews(error: EndpointLeft): boolean {
    const isNews = !this.told.has(error)
    this.told.add(error)
    return isNews
  }

  /** Decides whether the endpoint of this request is left alone from now on. */
  async judge(request: FetchRequest): Promise<void> {
    const state = this.stateOf(request)
    if (!state || state.failures < state.patience) return
    state.patience *= 2
    if (state.proven && (await this.answers(state.proven))) return
    state.left = new EndpointLeft(endpointOf(request) ?? request.url, state.failures)
  }

  private async answers(request: FetchRequest): Promise<boolean> {
    const arrival = await arrivalOf(this.source, { ...request, once: true })
    return arrival !== null && !isFailure(arrival) && arrival.status < 400
  }

  private stateOf(request: FetchRequest): State | null {
    const name = endpointOf(request)
    if (name === null) return null
    const known = this.states.get(name) ?? { failures: 0, patience: MAX_FAILURES, proven: null, left: null }
    this.states.set(name, known)
    return known
  }
}

/** How messages name the endpoint of a request; null: it is for a feed, which is asked for where nothing else can be read. */
function endpointOf({ url, form }: FetchRequest): string | null {
  const { origin, pathname } = new URL(url)
  if (restCallOf(url)) return `The REST interface of ${origin}`
  if (form) return `The action ${form['action']} of ${url}`
  return pathname.endsWith('/feed/') ? null : `The pages of ${origin}`
}
