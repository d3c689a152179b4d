import { type Capture, isSavedPage } from '../../model/capture.js'
import { remembered } from '../../model/remembered.js'
import { misnamedCharset, textOfCapture } from '../document/charset.js'
import { originalAddress } from './addresses.js'
import { type Rewrite, withAttributes } from './attributes.js'

/** The source of a page as the site sent it, whether a browser has translated it, and a sentence for the report if its charset is another than it names. */
interface PageSource {
  source: string
  isTranslated: boolean
  remark: string | null
}

/**
 * The source of a page. A browser, or a program that made a mirror, has changed the one of a saved page: it is as the site sent it, as
 * far as this can be undone. The capture stays as it was found. Links of a mirror are relative to the address that was requested.
 */
export function sourceOf(capture: Capture): PageSource {
  if (!isSavedPage(capture)) return { source: textOfCapture(capture), isTranslated: false, remark: null }
  // As browsers read it: mails and editors have other line ends than the site.
  const text = textOfCapture(capture).replace(/\r\n?/g, '\n')
  const translated = isTranslated(text)
  const source = translated ? withoutWrappers(text) : text
  return {
    source: withAttributes(source, rewriting(capture.request.url)),
    isTranslated: translated,
    remark: remarkOn(misnamedCharset(capture), capture.url),
  }
}

const remarkOn = (charset: ReturnType<typeof misnamedCharset>, url: string): string | null =>
  charset && `${url} says that its charset is ${charset.named}, but it is ${charset.used}, and was read so.`

/** Most different addresses that are remembered. */
const MOST = 5000

function rewriting(page: string): Rewrite {
  const original = remembered((href: string) => originalAddress(href, page), MOST)
  return (name, value) => {
    if (ADDRESSES.has(name)) return original(value)
    if (name === 'srcset' || name === 'data-srcset') return candidates(value).every(original) ? value : ''
    // SingleFile writes whole frames, and pictures of style sheets, into attributes.
    return (name === 'srcdoc' || name === 'style') && value.length > MAX_EMBEDDED ? '' : value
  }
}

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'action', 'poster', 'data-src', 'data-lazy-src'])

const MAX_EMBEDDED = 2000

/** The addresses of a `srcset`: `a.jpg 1x, b.jpg 2x`. */
const candidates = (value: string): string[] => value.split(/,\s+/).map(one => one.trim().replace(/\s+\S+$/, ''))

/** What a browser puts around each text that it has translated: `<font style="vertical-align: inherit;">`, also without the style. */
const WRAPPER =
  /<font(?:\s+(?:style=["']?vertical-align:\s*inherit;?["']?|dir=["']?auto["']?|class=["']?goog[\w-]*["']?))*\s*>/gi

/** True if a browser has translated the page: the words are no longer those of the members. */
const isTranslated = (source: string): boolean =>
  /<html\b[^>]*\bclass\s*=\s*(?:"[^"]*|'[^']*|)\btranslated-(?:ltr|rtl)\b/i.test(source.slice(0, 5000))

/** The source without the elements that the translation has added. Other `font` elements are what members have written. */
function withoutWrappers(source: string): string {
  const wrappers = new Set([...source.matchAll(WRAPPER)].map(({ index }) => index))
  if (wrappers.size === 0) return source
  const open: boolean[] = []
  return source.replace(/<font\b[^>]{0,300}>|<\/font\s*>/gi, (tag, at: number) => {
    const isEnd = tag[1] === '/'
    const isWrapper = isEnd ? (open.pop() ?? false) : wrappers.has(at)
    if (!isEnd) open.push(isWrapper)
    return isWrapper ? '' : tag
  })
}
