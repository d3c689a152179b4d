import type { Instant } from '../../../model/discussion.js'
import { instant } from '../../../model/time.js'
import { resolveUrl, withAmpersands, withoutSecrets } from '../../../model/urls.js'

/** Where a saved page came from, and when. Null: the page does not say. */
interface Origin {
  url: string | null
  savedAt: Instant | null
  /** True if a browser saved the page: it has made all links absolute, so that the place of the file says nothing. */
  isByBrowser: boolean
}

/** What one program writes into the pages that it saves. Groups: `url` and `at`. */
interface Mark {
  pattern: RegExp
  /** The time as `Date.parse` reads it; absent: as written. */
  time?: (written: string) => string
}

const BY_HTTRACK =
  /<!--\s*Mirrored from (?<url>\S+) by HTTrack(?:[^>]{0,200}?\],\s*(?<at>[A-Z][a-z]{2}, [^>]{0,40}? GMT)\s*-->)?/

/**
 * The marks of programs that save pages. They come before what the page says of itself, because a page may name an address without
 * its query, or the one of another page.
 */
const MARKS: readonly Mark[] = [
  { pattern: /<!--\s*saved from url=\(\d+\)(?<url>https?:[^\s>]+?)\s*-->/i },
  { pattern: /Page saved with SingleFile\s+url:\s*(?<url>https?:\S+)(?:\s+saved date:\s*(?<at>[^\n]+))?/i },
  { pattern: BY_HTTRACK },
  { pattern: /<!--\s*Saved from (?<url>https?:\S+) at (?<at>\S+) using monolith/i },
  { pattern: /<meta name=["']?savepage-url["']? content=["'](?<url>https?:[^"']+)["']/i },
  {
    pattern: /\bdata-scrapbook-source=["'](?<url>https?:[^"']+)["'](?:\s+data-scrapbook-create=["'](?<at>\d{17})["'])?/,
    time: digits => digits.replace(/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})/, '$1-$2-$3T$4:$5:$6.$7Z'),
  },
]

/** The time that Save Page WE writes, apart from the address. */
const SAVE_PAGE_DATE = /<meta name=["']?savepage-date["']? content=["']([^"']+)["']/i

/** What a page says of its own address, the surest first. The address of its feed or its API says no more than the site. */
const OWN_ADDRESSES: readonly RegExp[] = [
  /<link\b[^>]{0,1000}?\brel\s*=\s*["']?canonical\b[^>]{0,1000}>/i,
  /<base\b[^>]{0,1000}?\bhref\s*=[^>]{0,1000}>/i,
  /<meta\b[^>]{0,1000}?\bproperty\s*=\s*["']?og:url\b[^>]{0,1000}>/i,
]

/** Most characters in which a page says where it comes from: some programs put all style sheets before. */
const MAX_HEAD = 4_000_000

/** The origin of a page, by what its source says before its body: what members wrote says nothing about it. */
export function originOf(source: string): Origin {
  const body = source.search(/<body[\s>]/i)
  const head = source.slice(0, Math.min(MAX_HEAD, body < 0 ? MAX_HEAD : body))
  const marked = markOf(head) ?? {
    url: OWN_ADDRESSES.map(tag => addressInTag(tag.exec(head)?.[0])).find(url => url && !isFront(url)) ?? null,
    savedAt: null,
    isByBrowser: false,
  }
  return fromWayback(marked) ?? marked
}

const asWritten = (written: string): string => written

function markOf(head: string): Origin | null {
  for (const { pattern, time = asWritten } of MARKS) {
    const { url, at = SAVE_PAGE_DATE.exec(head)?.[1] } = pattern.exec(head)?.groups ?? {}
    const address = url && addressOf(url.replaceAll('%2D%2D', '--'))
    if (address) return { url: address, savedAt: at ? timeOf(time(at)) : null, isByBrowser: pattern !== BY_HTTRACK }
  }
  return null
}

/** HTTrack leaves out the scheme. A fragment is not sent to the site. */
function addressOf(written: string): string | null {
  const url = resolveUrl(
    withAmpersands(/^https?:/i.test(written) ? written : `https://${written}`),
    'https://none.invalid/',
  )
  return url && withoutSecrets(url.replace(/#.*$/, ''))
}

/** The address in a tag; a relative one, as mirrors have it, says nothing. */
function addressInTag(tag: string | undefined): string | null {
  const value = /\b(?:href|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag ?? '')
  const written = value?.[1] ?? value?.[2] ?? value?.[3]
  return written && /^https?:/i.test(written.trim()) ? addressOf(written.trim()) : null
}

/** The base URL of many sites, and the canonical address that some plugins print on every page, is the front page. */
const isFront = (url: string): boolean => new URL(url).pathname === '/' && new URL(url).search === ''

/** A page saved from the Wayback Machine has the original address and the time of its capture in its address. */
function fromWayback({ url }: Origin): Origin | null {
  const found = /^https?:\/\/web\.archive\.org\/web\/(\d{14})[a-z_]*\/(https?:\/\/.+)$/i.exec(url ?? '')
  if (!found) return null
  const [, digits = '', original = ''] = found
  const at = digits.replace(/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6Z')
  return { url: addressOf(original), savedAt: timeOf(at), isByBrowser: true }
}

/** `Fri Mar 01 2024 10:00:00 GMT+0100 (Central European Standard Time)`, RFC 5322 and ISO 8601 dates; null: none of these. */
export const timeOf = (written: string): Instant | null => instant(Date.parse(written.trim()) / 1000)
