import { hash } from 'node:crypto'
import { uploadOnCdn, wrappedLink } from '../../model/markup/original-url.js'
import { singleSpaced, unspaced, withEllipsis } from '../../model/markup/white-space.js'
import type { PostText } from '../../model/page.js'
import { siteKey } from '../../model/urls.js'

/**
 * Content hash of a post (32 hex digits), which changes only with an edit. It covers the title, the text, link targets and attachment
 * URLs. It ignores markup, white space, query strings of attachments (signatures, sizes), the scheme and `www.` of URLs, and the host of
 * the site's own URLs and delivery networks, and what is around a wrapped link: the same post must have the same hash by every route and after an update of WordPress. `site` is the site's base URL.
 */
export function contentHash(content: HashedContent, site: string): string {
  const known = HASHES.get(content)
  if (known?.site === site && known.text === content.text) return known.hash
  if (lastSite.url !== site) lastSite = { url: site, key: siteKey(site) }
  const computed = computedHash(content, lastSite.key)
  HASHES.set(content, { site, text: content.text, hash: computed })
  return computed
}

type HashedContent = Pick<PostText, 'text' | 'links' | 'attachments' | 'heading'>

/** All posts of a page are of one site. */
let lastSite = { url: '', key: '' }

/** The fingerprint of a page and the row of a post need the same hash. */
const HASHES = new WeakMap<HashedContent, { site: string; text: string; hash: string }>()

function computedHash(content: HashedContent, key: string): string {
  const parts = [
    ...(content.heading ? [content.heading.normalize('NFC')] : []),
    singleSpaced(content.text).trim().normalize('NFC'),
    ...content.links.map(link => normalizedUrl(wrappedLink(link.url) ?? link.url, key)),
    ...content.attachments.map(attachment => normalizedFile(attachment.url.replace(/\?.*$/, ''), key)),
  ]
  return hash('sha256', parts.join('\n')).slice(0, 32)
}

/** A file of the site is the same on its delivery network. */
const normalizedFile = (url: string, key: string): string => {
  const upload = uploadOnCdn(url)
  return upload === null ? normalizedUrl(url, key) : `/${upload}`
}

const normalizedUrl = (url: string, key: string): string => {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '')
  return bare.startsWith(key) ? `/${bare.slice(key.length)}` : bare
}

/**
 * True if two texts differ in shortcodes only. Pages drop shortcodes with the text they enclose, REST keeps them (reference 11.3): the
 * same post by two routes is no edit.
 */
export const equalExceptShortcodes = (one: string, other: string): boolean =>
  one === other || (!differEarly(one, other) && bareWords(one) === bareWords(other))

/** True if the first letters that differ are plain ones, with no shortcode before them: no copies of two long texts are needed. */
function differEarly(one: string, other: string): boolean {
  for (let a = 0, b = 0; ; a++, b++) {
    while (isBlank(one.charCodeAt(a))) a++
    while (isBlank(other.charCodeAt(b))) b++
    const [x, y] = [one.charCodeAt(a), other.charCodeAt(b)]
    if (x !== y || x === OPEN) return isPlain(x) && isPlain(y)
  }
}

const OPEN = '['.charCodeAt(0)
const isBlank = (code: number): boolean => code === 32 || (code > 8 && code < 14)

/** False at the end of a text, too. Other letters may be written in two ways. */
const isPlain = (code: number): boolean => code < 128 && code !== OPEN

/**
 * True if `shorter` is `longer` without one piece from its middle. Streams drop the text that a shortcode encloses, and a thread's own
 * page prints it. An author's addition is usually at the end, and does not match.
 */
export function equalExceptGap(shorter: string, longer: string): boolean {
  const [a, b] = [bareWords(shorter), bareWords(longer)]
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return start > 0 && end > 0 && start + end === a.length
}

const SHORTCODE = /\[([a-z][\w-]*)(?:\s[^\][]*)?\](?:[^[]*\[\/\1\])?/gi

/** The letters of a text without its shortcodes and without white space: equal for two views of one text. */
export const bareWords = (text: string): string => unspaced(text.replace(SHORTCODE, '')).normalize('NFC')

/** True if one text is the beginning of the other, as a shortened text is of the full one. */
export function sameStart(a: string, b: string): boolean {
  const [one, other] = [a, b].map(text => text.replace(/(?<![\s.…])[\s.…]+$/, '').replace(/\s+/g, ' ')) as [
    string,
    string,
  ]
  return one.startsWith(other) || other.startsWith(one)
}

/** The title or the first words of an opening post, at most 80 characters and "…"; empty if it has no words. */
export function titleOf({ heading, text }: Pick<PostText, 'heading' | 'text'>): string {
  const line = singleSpaced((heading || text).replace(/^- /, '')).trim()
  if (line.length <= 80) return line
  // Text without spaces is cut at any character, but never inside a surrogate pair (an emoji).
  const space = line.lastIndexOf(' ', 80)
  return withEllipsis(line.slice(0, space > 40 ? space : 80).replace(/[\ud800-\udbff]$/, ''))
}
