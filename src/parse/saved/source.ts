import { type Capture, isSavedPage } from '../../model/capture.js'
import { textOfCapture } from '../document/charset.js'
import { originalAddress } from './addresses.js'
import { withAttributes } from './attributes.js'
import { isTranslated, withoutWrappers } from './translation.js'

/** The source of a page as the site sent it, and whether a browser has translated it. */
export interface PageSource {
  source: string
  isTranslated: boolean
}

/**
 * The source of a page. A browser, or a program that made a mirror, has changed the one of a saved page: it is as the site sent it, as
 * far as this can be undone. The capture stays as it was found.
 */
export function sourceOf(capture: Capture): PageSource {
  if (!isSavedPage(capture)) return { source: textOfCapture(capture), isTranslated: false }
  // As browsers read it: mails and editors have other line ends than the site.
  const text = textOfCapture(capture).replace(/\r\n?/g, '\n')
  const translated = isTranslated(text)
  const source = translated ? withoutWrappers(text) : text
  return {
    source: withAttributes(source, (name, value) => rewritten(name, value, capture.url)),
    isTranslated: translated,
  }
}

function rewritten(name: string, value: string, page: string): string {
  if (ADDRESSES.has(name)) return originalAddress(value, page)
  if (name === 'srcset' || name === 'data-srcset')
    return candidates(value).every(one => originalAddress(one, page)) ? value : ''
  // SingleFile writes whole frames, and pictures of style sheets, into attributes.
  return (name === 'srcdoc' || name === 'style') && value.length > MAX_EMBEDDED ? '' : value
}

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'action', 'poster', 'data-src', 'data-lazy-src'])

const MAX_EMBEDDED = 2000

/** The addresses of a `srcset`: `a.jpg 1x, b.jpg 2x`. */
const candidates = (value: string): string[] => value.split(/,\s+/).map(one => one.trim().replace(/\s+\S+$/, ''))
