import type { KeptCapture } from '../../model/archive.js'
import type { IndexEntry } from './captures.js'

/** A line of an index in the form CDXJ, which pywb and ReplayWeb.page search sorted. `filename`: of the WARC file. */
export const cdxjLine = (entry: IndexEntry, filename: string): string =>
  `${keyOf(entry.capture)} ${stamp(entry.capture)} ${fieldsOf(entry, filename)}\n`

/** `20240301120000` */
const stamp = ({ capturedAt }: KeptCapture): string => capturedAt.replace(/\D/g, '').slice(0, 14)

const fieldsOf = ({ capture, digest, isRevisit, offset, length }: IndexEntry, filename: string): string =>
  JSON.stringify({
    url: capture.url,
    mime: isRevisit ? 'warc/revisit' : (capture.headers['content-type'] ?? 'unk').split(';', 1)[0]?.trim(),
    status: String(isRevisit ? 304 : capture.status),
    digest,
    length: String(length),
    offset: String(offset),
    filename,
    ...(capture.request.form ? { method: 'POST', requestBody: formOf(capture.request.form) } : {}),
  })

const formOf = (form: Readonly<Record<string, string>>): string => new URLSearchParams(form).toString()

/** pywb looks for a POST under its form. */
const keyOf = ({ url, request: { form } }: KeptCapture): string =>
  surt(form ? `${url}${url.includes('?') ? '&' : '?'}__wb_method=POST&${formOf(form)}` : url)

/** Sort-friendly form of an address: `https://www.Example.org/Town?b&a` is `org,example)/town?a&b`. */
export function surt(address: string): string {
  const { hostname, port, pathname, search } = new URL(address)
  const host = hostname.toLowerCase().replace(/^www\d*\./, '')
  const isNumber = /^[\d.]+$|^\[/.test(host)
  const reversed = isNumber ? host : host.split('.').reverse().join(',')
  const query = search.slice(1).toLowerCase().split('&').sort().join('&')
  const path = pathname.toLowerCase().replace(/(?<=.)\/$/, '')
  return `${reversed}${port && `:${port}`})${path}${query && `?${query}`}`
}
