import type { Capture } from '../../model/capture.js'
import { DAY_MS } from '../../model/time.js'
import { withoutSecrets } from '../../model/urls.js'

/** Headers that say something about a page. Others may hold what a crawler was given for itself. */
const KEPT =
  /^(?:content-type|content-language|date|last-modified|etag|age|link|location|cf-mitigated|x-wp-total|x-wp-totalpages)$/

/** Clocks of two machines, and their time zones, may differ by this much: a day, in milliseconds. */
const CLOCKS_DIFFER = DAY_MS

/** An imported capture as the archive may keep it: without secrets in its headers, and not from the future. `now`: in milliseconds. */
export function cleanCapture(capture: Capture, now: number): Capture {
  const kept = Object.entries(capture.headers).filter(([name]) => KEPT.test(name))
  const headers = Object.fromEntries(kept.map(([name, value]) => [name, cleanValue(name, value)]))
  const isFuture = !(Date.parse(capture.capturedAt) <= now + CLOCKS_DIFFER)
  return {
    ...capture,
    headers,
    ...(isFuture && { capturedAt: new Date(now).toISOString(), timeIsBound: true as const }),
  }
}

function cleanValue(name: string, value: string): string {
  if (name === 'location') return cleanUrl(value)
  return name === 'link' ? value.replace(/<([^>]*)>/g, (_, url: string) => `<${cleanUrl(url)}>`) : value
}

/** An address that cannot be parsed is left out if it may hold a secret. */
const cleanUrl = (text: string): string => (URL.canParse(text) ? withoutSecrets(text) : /[?@]/.test(text) ? '' : text)
