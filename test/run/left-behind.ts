import { http, record, zipped } from '../sources/files/warc/making.js'
import { type Desk, TIME_OF_READING } from './outside.js'

/** What is left of a community, as programs and people keep it; and what an archive makes of it in whatever order. */

export interface SavedPage {
  url: string
  body: string
}

/** The address of the answer, after redirects, and its body. */
export async function fetched(url: string): Promise<SavedPage> {
  const response = await fetch(url)
  return { url: response.url, body: await response.text() }
}

export const instant = (seconds: number): string => new Date(seconds * 1000).toISOString()

export const singleFile = ({ url, body }: SavedPage, at: number): string =>
  body.replace(
    /<html[^>]*>/,
    html =>
      `${html}<!--\n Page saved with SingleFile \n url: ${url} \n saved date: ${new Date(at * 1000).toUTCString()}\n-->`,
  )

export const mhtml = ({ url, body }: SavedPage, at: number): string =>
  [
    'From: <Saved by Blink>',
    `Snapshot-Content-Location: ${url}`,
    `Date: ${new Date(at * 1000).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; type="text/html"; boundary="----B"',
    '',
    '------B',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    `Content-Location: ${url}`,
    '',
    ...(Buffer.from(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '------B--',
    '',
  ].join('\r\n')

const fieldsOf = (url: string, at: number) => ({ 'WARC-Target-URI': url, 'WARC-Date': instant(at).replace('.000', '') })

const typeOf = (body: string): string => (/^[[{]/.test(body) ? 'application/json' : 'text/html; charset=UTF-8')

export const recordOf = ({ url, body }: SavedPage, at: number): Buffer =>
  record('response', http(body, { 'Content-Type': typeOf(body) }), fieldsOf(url, at))

/** An answer of the AJAX loader with its request before it, as a crawler that runs scripts records them. */
export function exchangeOf({ url, body }: SavedPage, form: Record<string, string>, referer: string, at: number) {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Referer: referer }
  const sent = http(new URLSearchParams(form).toString(), headers, `POST ${new URL(url).pathname} HTTP/1.1`)
  const type = { 'Content-Type': 'application/http; msgtype=request' }
  return [record('request', sent, { ...fieldsOf(url, at), ...type }), recordOf({ url, body }, at)]
}

export const warc = (pages: readonly SavedPage[], at: number): Buffer =>
  zipped(...pages.map(page => recordOf(page, at)))

/** One of the ways in which a community is read. It is read at the same time, whatever the order. */
export interface Step {
  name: string
  read(one: Desk): Promise<unknown>
}

/** A permutation that the seed decides. */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % below
  }
  const rest = [...items]
  return items.map(() => rest.splice(next(rest.length), 1)[0] as Item)
}

/** What a reader of the archive sees, without the order of rows, and without when a live run looked. */
export function leftContent(one: Desk): unknown {
  const strip = (key: string, value: unknown) => (TIME_OF_READING.test(key) ? undefined : value)
  const threads = JSON.parse(JSON.stringify(one.threads(), strip)) as { id: string }[]
  return {
    threads: threads.sort((a, b) => a.id.localeCompare(b.id)),
    revisions: one.sql(
      'SELECT site_post_id, revisions.text FROM revisions JOIN posts ON posts.id = post_id ORDER BY 1, 2',
    ),
    members: one.sql('SELECT site_member_id, slug, name, url FROM members ORDER BY slug, name'),
    groups: one.sql('SELECT site_group_id, slug, name, url, status, description FROM groups ORDER BY slug'),
  }
}
