import type { ServerResponse } from 'node:http'
import { type Chance, oneOf } from '../chance.js'
import { INSTEAD } from '../run/answers.js'

/** What a site, or something before it, says at times instead of an answer. None says that a post is not there: a 404 would be true. */
type Fault = (response: ServerResponse) => void

const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  response =>
    void response.writeHead(code, { 'Content-Type': 'text/html', ...headers }).end(`<html><body>${code}</body></html>`)

/** Without the one that shows a post: it would be one of this site. */
const { 'not found': _proof, BuddyBoss: _post, ...WALLS } = INSTEAD

const FAULTS: readonly Fault[] = [
  ...Object.values(WALLS),
  status(500),
  status(502),
  status(503, { 'Retry-After': '120' }),
  status(504),
  status(429, { 'Retry-After': '30' }),
  response => void response.destroy(),
  response => void response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<html><body>'),
  response => void response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': '0' }).end(),
  response => void response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"success":false}'),
]

export const fault = (response: ServerResponse, random: Chance): void => oneOf(FAULTS, random)(response)
