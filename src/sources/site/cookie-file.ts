import { Cookie } from 'tough-cookie'
import { UsageError } from '../../model/errors.js'

/** Lists of cookies that browsers and their add-ons save: cookies.txt, JSON, and the table of the developer tools. */

export const HOW_TO_EXPORT =
  'Log in to the community with your browser. Then export a cookies.txt file in Netscape format with a browser add-on, or copy a request in the developer tools ("Copy as cURL"), or copy the value of its Cookie header.'

export interface ParsedCookie {
  cookie: Cookie
  url: string
}

interface Fields {
  domain: string
  /** Also sent to the hosts below the domain. */
  subdomains: boolean
  path: string
  secure: boolean
  /** Unix seconds; 0: the end of the browser's session. */
  expires: number
  key: string
  value: string
}

/**
 * The cookies of a list; null: the text is no list. Lines that are no cookies are left out, because files contain cookies of all
 * sites that a browser knows.
 * @throws UsageError if no line is a cookie.
 */
export function cookiesInFile(text: string): ParsedCookie[] | null {
  if (/^\s*curl(\.exe)?\s/i.test(text)) return null
  if (/^\s*[[{]/.test(text)) return atLeastOne(jsonCookies(text).flatMap(parsed), 'The JSON contains no cookie.')
  if (!text.includes('\t') && !SPACED.test(text)) return null
  const lines = text
    .split(/\r?\n|\r/)
    .map(line => line.replace(/^#HttpOnly_/, ''))
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'))
  const found = lines.flatMap(({ line }) => parsed(lineFields(line)))
  const why = lines[0]
    ? `Line ${lines[0].at + 1} of the cookies does not have seven fields separated by tabs.`
    : 'The text contains no cookie.'
  return atLeastOne(found, why)
}

function atLeastOne(found: ParsedCookie[], why: string): ParsedCookie[] {
  if (found.length === 0) throw new UsageError(why, HOW_TO_EXPORT)
  return found
}

/** A line of cookies.txt whose tabs have become spaces, as in a text that was pasted. */
const SPACED = /^\S+ +(?:TRUE|FALSE) +\/\S* +(?:TRUE|FALSE) +\d+ +\S+/m

function lineFields(line: string): Fields | null {
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

/** The list that add-ons export: `[{ domain, name, value, path, secure, hostOnly, expirationDate }]`, alone or as `cookies`. */
function jsonCookies(text: string): (Fields | null)[] {
  try {
    const json = JSON.parse(text) as { cookies?: unknown }
    const list = Array.isArray(json) ? json : json.cookies
    return Array.isArray(list) ? list.map(entry => jsonFields(entry ?? {})) : []
  } catch {
    return []
  }
}

function jsonFields(entry: Record<string, unknown>): Fields | null {
  const { domain, name, value, path = '/', secure, hostOnly, expirationDate, expires } = entry
  if (typeof domain !== 'string' || typeof name !== 'string' || typeof value !== 'string') return null
  const subdomains = hostOnly === undefined ? domain.startsWith('.') : hostOnly !== true
  const until = Number(expirationDate ?? expires ?? 0)
  return { domain, subdomains, path: String(path), secure: secure === true, expires: until, key: name, value }
}

/** None, if the domain is no host. */
function parsed(fields: Fields | null): ParsedCookie[] {
  if (!fields) return []
  const { key, value, secure, expires } = fields
  const host = fields.domain
    .trim()
    .replace(/^\./, '')
    .replace(/^https?:\/\//i, '')
    .replace(/[:/].*$/, '')
  const path = fields.path.startsWith('/') ? fields.path : '/'
  const url = `${secure ? 'https' : 'http'}://${host}${path}`
  if (host === '' || !URL.canParse(url)) return []
  const domain = fields.subdomains ? { domain: host } : {}
  return [{ cookie: new Cookie({ key, value, path, secure, ...domain, expires: expiry(expires) }), url }]
}

/** Some programs write milliseconds or microseconds, and -1 for the end of the browser's session. A date that is none means no end. */
function expiry(expires: number): Date | 'Infinity' {
  const seconds = expires > 1e14 ? expires / 1e6 : expires > 1e11 ? expires / 1e3 : expires
  const at = new Date(seconds * 1000)
  return seconds > 0 && !Number.isNaN(at.getTime()) ? at : 'Infinity'
}
