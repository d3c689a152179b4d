import type { ServerResponse } from 'node:http'
import type { SeenRequest, ServeOptions } from '../community/index.js'

type WriteHead = (status: number, headers?: Record<string, unknown>) => ServerResponse

/**
 * The community's own answers with another body. `bend` gets each body as text; null leaves it as it is. A number is the status
 * of an error page in place of the answer.
 */
export function bending(
  bend: (body: string, request: SeenRequest) => string | number | null,
): NonNullable<ServeOptions['intercept']> {
  return (request, response) => {
    request.headers['accept-encoding'] = 'identity'
    const write = response.writeHead.bind(response) as WriteHead
    const end = response.end.bind(response) as (body?: string | Buffer) => ServerResponse
    let head: [number, Record<string, unknown>] = [200, {}]
    response.writeHead = ((status: number, headers: Record<string, unknown> = {}) => {
      head = [status, headers]
      return response
    }) as typeof response.writeHead
    response.end = ((body: string | Buffer = '') => {
      const bent = bend(body.toString(), request) ?? body
      const [status, headers] = typeof bent === 'number' ? [bent, { 'Content-Type': 'text/html' }] : head
      const text = typeof bent === 'number' ? `<html><body>${bent}</body></html>` : bent
      write(status, { ...headers, 'Content-Length': Buffer.byteLength(text) })
      return end(text)
    }) as typeof response.end
    return false
  }
}

/** Page of the stream that the request is for; null: it is for no stream. */
export function streamPageOf({ path, query, form }: SeenRequest): number | null {
  if (/^activity_(filter|get_older_updates)$/.test(form['action'] ?? '')) return Number(form['page'])
  return /\/(groups|members)\/[^/]+\/$/.test(path) ? Number(query.get('acpage') ?? 1) : null
}

/** The page without its link to the next one, in either pack, also within JSON. */
export const withoutLoadMore = (body: string): string => body.replace(/<li class=\\?"load-more\\?">.*?<\\?\/li>/gs, '')
