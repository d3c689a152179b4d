import type { CookieFields } from '../../model/credentials.js'

/** Cookies as JSON: the lists that add-ons of browsers and tools of testers save. */

/** `[{ domain, name, value, path, secure, hostOnly, expirationDate }]`, alone or as `cookies`. Null for an entry that is no cookie. */
export function jsonCookies(text: string): (CookieFields | null)[] {
  try {
    const json = JSON.parse(text) as { cookies?: unknown }
    const list = Array.isArray(json) ? json : json.cookies
    return Array.isArray(list) ? list.map(entry => jsonFields((entry ?? {}) as Entry)) : []
  } catch {
    return []
  }
}

type Entry = Record<string, unknown>

function jsonFields(entry: Entry): CookieFields | null {
  const [domain, name] = [entry['domain'] ?? entry['Host raw'], entry['name'] ?? entry['Name raw']]
  const value = entry['value'] ?? entry['Content raw']
  if (typeof domain !== 'string' || typeof name !== 'string' || !isText(value)) return null
  const { hostOnly, path = entry['Path raw'] ?? '/', secure = entry['Send for raw'] } = entry
  return {
    domain,
    subdomains: hostOnly === undefined ? /^(?:https?:\/\/)?\./.test(domain) : hostOnly !== true,
    path: String(path),
    secure: secure === true || secure === 'true',
    expires: seconds(entry['expirationDate'] ?? entry['expires'] ?? entry['Expires raw'] ?? 0),
    key: name,
    value: String(value),
  }
}

/** Some tools write a value of digits as a number. */
const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

/** A number, or a date in words. */
const seconds = (until: unknown): number =>
  Number.isNaN(Number(until)) ? Date.parse(String(until)) / 1000 || 0 : Number(until)
