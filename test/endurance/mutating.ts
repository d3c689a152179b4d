import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { below, type Chance, oneOf } from '../chance.js'
import { type Answer, type Asked, type Serve, send } from './gateway.js'
import { mutated } from './mutations.js'

/** What a proxy does to an answer that is broken itself, or stands before a site that is. */

type Way = (answer: Answer, response: ServerResponse, random: Chance, asked: Asked) => void

const changed = (answer: Answer, headers: Record<string, string>, body = answer.body): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
  body,
})

/** 404 and 410 for a thread's own address are the proof that it is gone, and no lie that a program could notice. */
const isProof = ({ url }: Asked) => /\/activity\/(p\/)?\d+/.test(url.pathname + url.search)

const STATUSES = [
  204, 205, 206, 304, 400, 401, 402, 403, 405, 407, 418, 421, 429, 451, 500, 502, 503, 504, 520, 599, 999,
]
const TYPES = [
  'text/plain',
  'image/png',
  'application/json',
  'text/html; charset=utf-16',
  'text/html; charset=x',
  '',
  'multipart/x',
]
const LABELS = ['gzip', 'br', 'deflate', 'zstd', 'gzip, gzip', 'identity', 'x', 'compress', '']
const CODINGS = [gzipSync, brotliCompressSync, deflateSync, deflateRawSync]
const DATES = ['never', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Tue, 01 Jan 2999 00:00:00 GMT', '']
const HEADERS = [
  { 'x-wp-total': '-1' },
  { 'x-wp-total': '999999', 'x-wp-totalpages': '99999' },
  { 'x-wp-total': 'many' },
  { link: '<http://[>; rel="https://api.w.org/"' },
  { link: '<http://town.example/nowhere/>; rel="https://api.w.org/"' },
  { age: '-99999999999' },
  { etag: '""', 'last-modified': 'never' },
  { 'retry-after': '-1' },
  { 'x-filler': 'x'.repeat(20_000) },
  { 'set-cookie': '=;;;=; Domain=com; Max-Age=x' },
]
const GARBAGE = [
  '\0\0\0',
  'HTTP/1.1 200\r\n\r\n',
  'HTTP/9.9 200 OK\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
]
const HALVES = [
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx',
  '',
]

const WAYS: Record<string, Way> = {
  'another body': (answer, response, random) => send({ ...answer, body: mutated(answer.body, random) }, response),
  'another status': (answer, response, random, asked) =>
    send({ ...answer, status: oneOf(isProof(asked) ? STATUSES : [...STATUSES, 404, 410], random) }, response),
  'another type': (answer, response, random) =>
    send(changed(answer, { 'content-type': oneOf(TYPES, random) }), response),
  'another date': (answer, response, random) => send(changed(answer, { date: oneOf(DATES, random) }), response),
  'another header': (answer, response, random) => send(changed(answer, oneOf(HEADERS, random)), response),
  'a coding that it has not': (answer, response, random) =>
    send(changed(answer, { 'content-encoding': oneOf(LABELS, random) }), response),
  'a coding that no header names': (answer, response, random) =>
    send({ ...answer, body: oneOf(CODINGS, random)(answer.body) }, response),
  'compressed, then damaged': (answer, response, random) => {
    const body = mutated(gzipSync(answer.body), random)
    send(changed(answer, { 'content-encoding': 'gzip' }, body), response)
  },
  'led elsewhere': (answer, response, random, { url }) => {
    const to = [
      '',
      '/',
      url.href,
      '//[',
      'http://other.example/',
      `${url.pathname}x/`,
      '/wp-login.php',
      'ftp://x/',
      '?a=b',
    ]
    send(
      { ...changed(answer, { location: oneOf(to, random) }), status: oneOf([301, 302, 303, 307, 308], random) },
      response,
    )
  },
  'cut off': ({ status, headers, body }, response, random) => {
    response.writeHead(status, { ...headers, 'content-length': String(body.length) })
    response.write(body.subarray(0, below(body.length, random)), () => response.destroy())
  },
  'without an end that HTTP shows': ({ status, headers, body }, response, random) => {
    response.writeHead(status, { ...headers, connection: 'close' })
    response.write(body.subarray(0, below(body.length, random)), () => response.socket?.end())
  },
  'no HTTP': (_answer, response, random) => void response.socket?.end(oneOf([...GARBAGE, ...HALVES], random)),
  nothing: (_answer, response) => void response.destroy(),
}

/** Answers some requests in such ways, `rate` of them, while `isCalm()` is false. Half of the ways change the body. */
export function mutating(random: Chance, rate: number, isCalm: () => boolean): Serve {
  let last: Buffer = Buffer.from('')
  return async (asked, response, next) => {
    const answer = await next()
    const swapped = random() < 0.1 ? { ...answer, body: last } : answer
    last = answer.body
    if (isCalm() || random() >= rate) return send(answer, response)
    const way = random() < 0.5 ? WAYS['another body'] : oneOf(Object.values(WAYS), random)
    way?.(swapped, response, random, asked)
  }
}
