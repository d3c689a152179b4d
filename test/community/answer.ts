import { phpJson } from './markup/escape.js'

/** What the site says to one request. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A request as the site saw it; the log of the server holds these. */
export interface SeenRequest {
  method: string
  /** As sent, a base path included. */
  path: string
  query: URLSearchParams
  /** Fields of a POST. */
  form: Record<string, string>
  referer: string | null
  headers: Record<string, string>
  /** Milliseconds of a steady clock. */
  at: number
}

const HTML = { 'Content-Type': 'text/html; charset=UTF-8' }

export const html = (body: string, status = 200): Answer => ({ status, headers: { ...HTML }, body })

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=UTF-8', ...headers },
  body: phpJson(value),
})

export const redirect = (location: string, status = 302): Answer => ({
  status,
  headers: { ...HTML, 'X-Redirect-By': 'WordPress', Location: location },
  body: '',
})
