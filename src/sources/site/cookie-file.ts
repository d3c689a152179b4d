import { Cookie } from 'tough-cookie'
import type { CookieFields } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { jsonCookies } from './cookie-json.js'

/** Lists of cookies that browsers and their add-ons save: cookies.txt, JSON, and the table of the developer tools. */

export const HOW_TO_EXPORT =
  'Log in to the community with your browser. Then export a cookies.txt file in Netscape format with a browser add-on, or copy a request in the developer tools ("Copy as cURL"), or copy the value of its Cookie header.'

export interface ParsedCookie {
  cookie: Cookie
  url: string
}

/** What is called for each line that is skipped, in words that do not show the line. */
export type Warn = (message: string) => void

/**
 * The cookies of a list; null: the text is no list. A line that is no cookie is skipped with a warning, because files contain cookies
 * of all sites that a browser knows.
 * @throws UsageError if no line is a cookie.
 */
export function cookiesInFile(text: string, warn: Warn): ParsedCookie[] | null {
  if (/^\s*(?:\[|\{\s*")/.test(text)) return fromJson(text, warn)
  if (!text.includes('\t') && !SPACED.test(text)) return null
  const lines = text
    .split(/\r?\n|\r/)
    .map(line => line.replace(/^#HttpOnly_/, ''))
    .map((line, at) => ({ line, where: `Line ${at + 1} of the cookies` }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#') && !line.startsWith('Name\tValue\t'))
  return collected(
    lines.map(({ line, where }) => ({
      where,
      fields: lineFields(line),
      what: 'does not have seven fields separated by tabs',
    })),
    'The text contains no cookie.',
    warn,
  )
}

function fromJson(text: string, warn: Warn): ParsedCookie[] {
  const entries = jsonCookies(text).map((fields, at) => ({
    ...{ fields, where: `Entry ${at + 1} of the JSON`, what: 'does not have a domain, a name and a value' },
  }))
  return collected(entries, 'The JSON contains no cookie.', warn)
}

interface Entry {
  where: string
  fields: CookieFields | null
  /** What is wrong with it if it has no fields. */
  what: string
}

const MOST_WARNINGS = 5

function collected(entries: readonly Entry[], none: string, warn: Warn): ParsedCookie[] {
  const skipped: string[] = []
  const found = entries.flatMap(({ where, fields, what }) => {
    const cookie = fields ? parsed(fields) : what
    if (typeof cookie !== 'string') return [cookie]
    skipped.push(`${where} ${cookie}`)
    return []
  })
  if (found.length === 0) throw new UsageError(skipped[0] ? `${skipped[0]}.` : none, HOW_TO_EXPORT)
  for (const one of skipped.slice(0, MOST_WARNINGS)) warn(`${one}: it is skipped.`)
  const more = skipped.length - MOST_WARNINGS
  if (more > 0)
    warn(`${more} more ${more === 1 ? 'line' : 'lines'} of the cookies ${more === 1 ? 'is' : 'are'} skipped.`)
  return found
}

/** A line of cookies.txt whose tabs have become spaces, as in a text that was pasted. */
const SPACED = /^\S+ +(?:TRUE|FALSE) +\/\S* +(?:TRUE|FALSE) +\d+ +\S+/m

function lineFields(line: string): CookieFields | null {
  const fields = line.split(line.includes('\t') ? '\t' : / +/)
  return fields[3]?.startsWith('/') ? tableFields(fields) : netscapeFields(fields)
}

/** `domain, with subdomains, path, secure, expires, name, value`. Some programs leave out the tab before an empty value. */
function netscapeFields([domain = '', subdomains = '', path = '', secure = '', expires = '', ...rest]: string[]) {
  const [key, ...value] = rest
  if (!key || !isFlag(subdomains) || !isFlag(secure)) return null
  const flags = { subdomains: isTrue(subdomains), secure: isTrue(secure) }
  return { ...flags, domain, path, expires: Number(expires), key, value: value.join('\t') }
}

const isFlag = (text: string): boolean => /^(?:true|false|0|1)$/i.test(text.trim())
const isTrue = (text: string): boolean => /^(?:true|1)$/i.test(text.trim())

/** A row of the developer tools: `name, value, domain, path, expires, size, HttpOnly, Secure, …`. */
function tableFields([key = '', value = '', domain = '', path = '', expires = '', , , secure = '']: string[]) {
  const until = Date.parse(expires) / 1000
  const flags = { subdomains: domain.startsWith('.'), secure: isTrue(secure) || secure.includes('✓') }
  return key === '' ? null : { ...flags, domain, path, expires: Number.isNaN(until) ? 0 : until, key, value }
}

/** The cookie, or what is wrong with it. */
export function parsed(fields: CookieFields): ParsedCookie | string {
  const { key, secure, expires } = fields
  const host = fields.domain
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^\./, '')
    .replace(/[:/].*$/, '')
  const path = fields.path.startsWith('/') ? fields.path : '/'
  const url = `${secure ? 'https' : 'http'}://${host}${path}`
  if (host === '' || !URL.canParse(url)) return 'names no host'
  if (/[^\P{Cc}\t]/u.test(key + fields.value)) return 'has control characters'
  const domain = fields.subdomains ? { domain: host } : {}
  const value = asHeader(fields.value)
  return { cookie: new Cookie({ key: asHeader(key), value, path, secure, ...domain, expires: expiry(expires) }), url }
}

/** Headers have bytes, one a character: browsers send UTF-8. */
export const asHeader = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
  /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')

/** The years 2000 and 2100 in Unix seconds: what is between them in another unit is meant in that unit. */
const [FIRST, LAST] = [946_684_800, 4_102_444_800]

/** Some programs write milliseconds or microseconds, -1 for the end of the browser's session, or a year such as 9999: no end. */
function expiry(expires: number): Date | 'Infinity' {
  if (expires > 0 && expires < FIRST) return new Date(expires * 1000)
  const seconds = [expires, expires / 1e3, expires / 1e6].find(one => one >= FIRST && one <= LAST)
  return seconds === undefined ? 'Infinity' : new Date(seconds * 1000)
}
