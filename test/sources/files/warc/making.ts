import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import type { Capture } from '../../../../src/model/capture.js'
import { type Door, isPassed, isUnreadFile, type Passed, type Unread } from '../../../../src/sources/files/door.js'
import { warc } from '../../../../src/sources/files/warc.js'

export const SITE = 'http://allotments.test'
export const AJAX = `${SITE}/wp-admin/admin-ajax.php`

type Fields = Record<string, string>

/** The same id for the same number: `<urn:uuid:…0007>`. */
export const idOf = (number: number): string => `<urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, '0')}>`

export const sha1 = (bytes: string | Buffer): string => `sha1:${createHash('sha1').update(bytes).digest('hex')}`

/** One record, uncompressed. A field that is given replaces the default one; an empty one is left out. */
export function record(type: string, block: string | Buffer, fields: Fields = {}, version = 'WARC/1.0'): Buffer {
  const bytes = Buffer.from(block)
  const all: Fields = {
    'WARC-Type': type,
    'WARC-Date': '2024-03-01T12:00:00Z',
    'Content-Type': type === 'response' || type === 'revisit' ? 'application/http; msgtype=response' : 'text/plain',
    'Content-Length': String(bytes.length),
    ...fields,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}\r\n`]))
  return Buffer.concat([Buffer.from(`${version}\r\n${lines.join('')}\r\n`), bytes, Buffer.from('\r\n\r\n')])
}

export const page = (words: string): string => `<!DOCTYPE html><html><body><p>${words}</p></body></html>`

/** A message of HTTP. */
export function http(body: string | Buffer, headers: Fields = {}, firstLine = 'HTTP/1.1 200 OK'): Buffer {
  const all = { 'Content-Type': 'text/html; charset=UTF-8', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${firstLine}\r\n${lines.join('')}\r\n`), Buffer.from(body)])
}

/** A page of the site, with the digest of its block. `fields`: as in `record`. */
export function pageRecord(number: number, words = `Page ${number}`, fields: Fields = {}): Buffer {
  const block = http(page(words))
  const own = { 'WARC-Target-URI': `${SITE}/page/${number}/`, 'WARC-Record-ID': idOf(number) }
  return record('response', block, { ...own, 'WARC-Block-Digest': sha1(block), ...fields })
}

/** A request of the AJAX loader. */
export function loaderRequest(form: Fields, fields: Fields = {}, headers: Fields = {}): Buffer {
  const all = { 'Content-Type': 'application/x-www-form-urlencoded', Referer: `${SITE}/groups/plots/`, ...headers }
  const block = http(new URLSearchParams(form).toString(), all, 'POST /wp-admin/admin-ajax.php HTTP/1.1')
  return record('request', block, {
    'WARC-Target-URI': AJAX,
    'Content-Type': 'application/http; msgtype=request',
    ...fields,
  })
}

export const loaderAnswer = (contents: string, fields: Fields = {}): Buffer =>
  record('response', http(JSON.stringify({ contents }), { 'Content-Type': 'application/json' }), {
    'WARC-Target-URI': AJAX,
    ...fields,
  })

/** Each record as a gzip member of its own. */
export const zipped = (...records: Buffer[]): Buffer => Buffer.concat(records.map(one => gzipSync(one)))

export interface Reading {
  captures: Capture[]
  unread: Unread[]
  passed: Passed['passed']
}

/** What a door reads in a file with these bytes. */
export async function read(bytes: Buffer, door: Door = warc, name = 'old.warc.gz'): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-warc-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return readIn(folder, bytes, door, name)
}

/** The same in a folder of the caller. */
export async function readIn(folder: string, bytes: Buffer, door: Door = warc, name = 'old.warc.gz'): Promise<Reading> {
  const path = join(folder, 'file')
  writeFileSync(path, bytes)
  const file = { name, path, size: bytes.length, modifiedAt: '2025-01-01T00:00:00.000Z' }
  const reading: Reading = { captures: [], unread: [], passed: {} }
  const settings = { capturedAt: null, site: null }
  for await (const found of door.read(file, settings, new AbortController().signal)) {
    if (isUnreadFile(found)) reading.unread.push(found)
    else if (isPassed(found)) reading.passed = found.passed
    else reading.captures.push(found)
  }
  return reading
}

/** The words of each page that was read. */
export const words = ({ captures }: Reading): string[] =>
  captures.map(({ body }) => /<p>(.*?)<\/p>/.exec(Buffer.from(body).toString())?.[1] ?? Buffer.from(body).toString())
