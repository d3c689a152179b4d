import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Arrival, Capture, FetchRequest } from '../../../src/model/capture.js'
import { isFailure } from '../../../src/model/capture.js'
import { NO_CREDENTIALS } from '../../../src/model/credentials.js'
import type { Clock, SourceSettings } from '../../../src/sources/index.js'
import { site } from '../../../src/sources/site/site.js'
import { afterTest } from '../../cleanup.js'

/** A server that behaves badly on demand, and a live site to read it with. */

export type Handler = (request: IncomingMessage & { form: URLSearchParams }, response: ServerResponse) => void

interface Asked {
  path: string
  form: URLSearchParams
  /** By the clock of the test. */
  start: number
  end: number
}

export const PAGE = '<!doctype html><html><body><p>Hello</p></body></html>'

export function page(response: ServerResponse, body = PAGE, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8', ...headers }).end(body)
}

export async function roughServer(handle: Handler, clock: Pick<Clock, 'now'> = Date) {
  const asked: Asked[] = []
  const server = createServer(async (message, response) => {
    const start = clock.now()
    let body = ''
    for await (const chunk of message) body += chunk
    const form = new URLSearchParams(body)
    const entry = { path: message.url ?? '', form, start, end: start }
    asked.push(entry)
    response.once('close', () => {
      entry.end = clock.now()
    })
    handle(Object.assign(message, { form }), response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  afterTest(
    () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    paths: () => asked.map(one => one.path),
  }
}

/** The same without a robots.txt, and without what was asked about it: for what has nothing to do with it. */
export async function roughServerBeyondRobots(handle: Handler, clock?: Pick<Clock, 'now'>) {
  const server = await roughServer((request, response) => {
    if (request.url !== '/robots.txt') handle(request, response)
    else response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html>Not found</html>')
  }, clock)
  const asked = () => server.asked.filter(({ path }) => path !== '/robots.txt')
  return {
    url: server.url,
    get asked() {
      return asked()
    },
    paths: () => asked().map(({ path }) => path),
  }
}

/** Answers by path; robots.txt is missing unless it is given. */
export const routes =
  (table: Record<string, Handler>): Handler =>
  (request, response) => {
    const handler = table[(request.url ?? '').replace(/\?.*$/, '')]
    if (handler) handler(request, response)
    else response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html>Not found</html>')
  }

export interface FakeClock extends Clock {
  slept: number[]
}

/** Time passes only when somebody sleeps. */
export function fakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    sleep: async milliseconds => {
      slept.push(milliseconds)
      now += milliseconds
    },
  }
}

const SETTINGS: SourceSettings = {
  userAgent: 'threadkeep/0.0 (test)',
  timeoutMilliseconds: 2000,
  pauseMilliseconds: [0, 0],
  retries: 4,
  ignoreRobots: false,
  credentials: NO_CREDENTIALS,
}

export interface Reading extends Partial<SourceSettings> {
  clock?: Clock
  signal?: AbortSignal
  /** Called with each waiting, and with each request. */
  heard?: string[]
}

/** Reads these requests, one after the other. */
export async function reading(
  requests: FetchRequest[],
  { clock = fakeClock(), signal, heard = [], ...options }: Reading = {},
): Promise<Arrival[]> {
  const listener = {
    request: (url: string) => void heard.push(`request ${url}`),
    waiting: (milliseconds: number, why: string) => void heard.push(`waiting ${milliseconds} ${why}`),
    answered: () => {},
    ignored: (url: string, what: string) => void heard.push(`ignored ${url} ${what}`),
    noted: (url: string, message: string) => void heard.push(`noted ${url} ${message}`),
  }
  const outside = { clock, listener, signal: signal ?? new AbortController().signal }
  const source = site.open('http://site.example/', { ...SETTINGS, ...options }, outside)
  const queue = [...requests]
  const arrivals: Arrival[] = []
  for await (const arrival of source.captures({ next: () => queue.shift() ?? null })) arrivals.push(arrival)
  await source.close()
  return arrivals
}

export async function capturing(request: FetchRequest, options: Reading = {}): Promise<Capture> {
  const [arrival] = await reading([request], options)
  if (!arrival || isFailure(arrival)) throw arrival?.error ?? new Error('nothing arrived')
  return arrival
}

export async function failing(request: FetchRequest, options: Reading = {}): Promise<Error> {
  const [arrival] = await reading([request], options)
  if (!arrival || !isFailure(arrival)) throw new Error(`an answer arrived: HTTP ${arrival?.status}`)
  return arrival.error
}
