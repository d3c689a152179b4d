import { STATUS_CODES } from 'node:http'
import type { KeptCapture } from '../../model/archive.js'
import { headerText } from './record.js'

/** They describe how the body came, which is stored decoded; or are secrets, which an archive does not hold. */
const LEFT_OUT = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'set-cookie', 'set-cookie2'])

/** The request as the archive knows it: cookies, nonces and the name of the program are never stored. */
export function requestMessage({ request: { url, form, referer } }: KeptCapture): { head: Buffer; body: Buffer } {
  const { host, pathname, search } = new URL(url)
  const body = Buffer.from(form ? new URLSearchParams(form).toString() : '')
  const lines: [string, string][] = [['Host', host]]
  if (referer !== undefined) lines.push(['Referer', referer])
  if (form) lines.push(['Content-Type', 'application/x-www-form-urlencoded; charset=UTF-8'])
  if (form) lines.push(['X-Requested-With', 'XMLHttpRequest'], ['Content-Length', String(body.length)])
  return { head: Buffer.from(`${form ? 'POST' : 'GET'} ${pathname}${search} HTTP/1.1\r\n${headerText(lines)}`), body }
}

/** The response as it came, but for its encoding. `size`: of its body in bytes. */
export function responseHead({ status, headers }: KeptCapture, size: number): Buffer {
  const kept = Object.entries(headers).filter(([name]) => !LEFT_OUT.has(name))
  return messageHead(status, [...kept, ['content-length', String(size)]])
}

/** What says that a response showed the same as an earlier one: 304, with its cache validators. */
export const unchangedHead = ({ headers }: KeptCapture): Buffer => messageHead(304, Object.entries(headers))

const messageHead = (status: number, lines: readonly (readonly [string, string])[]): Buffer =>
  Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${headerText(lines)}`)
