import { type FetchRequest, isFailure } from '../../model/capture.js'
import { isFeed } from '../../model/directories.js'
import { EndpointLeft } from '../../model/errors.js'
import type { Wall } from '../../model/page.js'
import { restCallOf } from '../../model/rest.js'
import { addressOf } from '../../model/urls.js'
import type { LiveSource } from '../../sources/index.js'
import { arrivalOf } from './source.js'

/** Consecutive requests to an endpoint without a usable response after which a run asks whether it works at all. */
const MAX_FAILURES = 8

/** Consecutive requests that bot protection has refused, after which an endpoint is not asked any more. */
const MAX_BLOCKS = 3

interface State {
  failures: number
  patience: number
  isBlocked: boolean
  /** It has given a usable response in this run. */
  answers: boolean
  /** The last request that brought what was asked for; null: there was none in this run. */
  proven: FetchRequest | null
  left: EndpointLeft | null
}

const UNASKED: State = {
  ...{ failures: 0, patience: MAX_FAILURES, isBlocked: false, answers: false },
  ...{ proven: null, left: null },
}

/**
 * Tells an endpoint that is out of order (a resource of the REST of a site, an action of its AJAX, its pages) from single requests that always fail, as
 * `Pulse` does for a site: other endpoints may answer meanwhile. Requests to one that has failed and never answered are not repeated.
 */
export class Endpoints {
  private readonly states = new Map<string, State>()
  private readonly told = new Set<EndpointLeft>()

  constructor(private readonly source: LiveSource) {}

  answered(request: FetchRequest, wall: Wall | null): void {
    const state = this.stateOf(request)
    if (!state) return
    state.isBlocked = wall?.kind === 'challenge'
    if (wall?.kind === 'error' || state.isBlocked) state.failures++
    else Object.assign(state, { failures: 0, patience: MAX_FAILURES, answers: true })
    if (!wall) state.proven = request
  }

  failed(request: FetchRequest): void {
    const state = this.stateOf(request)
    if (state) state.failures++
  }

  /** True if requests like this one have failed, and none has been answered. */
  isSilent(request: FetchRequest): boolean {
    const state = this.stateOf(request)
    return state !== null && state.failures > 0 && !state.isBlocked && !state.answers
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
    if (!state || state.failures < (state.isBlocked ? MAX_BLOCKS : state.patience)) return
    state.patience *= 2
    if (state.proven && !state.isBlocked && (await this.answers(state.proven))) return
    state.left = new EndpointLeft(endpointOf(request) ?? request.url, state.failures)
  }

  private async answers(request: FetchRequest): Promise<boolean> {
    const arrival = await arrivalOf(this.source, { ...request, once: true })
    return arrival !== null && !isFailure(arrival) && arrival.status < 400
  }

  private stateOf(request: FetchRequest): State | null {
    const name = endpointOf(request)
    if (name === null) return null
    const known = this.states.get(name) ?? { ...UNASKED }
    this.states.set(name, known)
    return known
  }
}

/** How messages name the endpoint of a request; null: it is for a feed, which is asked for where nothing else can be read. */
function endpointOf({ url, form }: FetchRequest): string | null {
  const { origin } = addressOf(url)
  const call = restCallOf(url)
  if (call) return `The REST interface of ${origin}${resourceOf(call.path)}`
  if (form) return `The action ${form['action']} of ${url}`
  return isFeed(url) ? null : `The pages of ${origin}`
}

/** A list of REST may be out of order while another one answers, and so may single objects. `path`: `buddypress/v1/activity/12`. */
function resourceOf(path: string): string {
  const resource = path.split('/').slice(2).join('/').replace(/\d+/, 'ID')
  return resource && ` (${resource})`
}
