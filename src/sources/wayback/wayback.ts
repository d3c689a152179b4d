import type { Arrival, Capture, FetchRequest } from '../../model/capture.js'
import { isFailure } from '../../model/capture.js'
import { EXIT, type ExitCode, KnownError, UsageError } from '../../model/errors.js'
import type { LeftOver } from '../files/door.js'
import { type IndexLine, indexPage, indexUrl, timeOf } from './cdx.js'

export interface WaybackSettings {
  /** Root of the web archive: `https://web.archive.org/`. */
  api: string
  /** Only the newest capture of each address. */
  newestOnly: boolean
}

/** Sends one request at the pace of the run. Null: the run was stopped. */
type Ask = (request: FetchRequest) => Promise<Arrival | null>

/** Media types that may hold discussions. A capture that stands for an earlier equal one has `warc/revisit`. */
const PAGES = /html|json|xml|rss|revisit|unk/i

/** Addresses of a community that never hold discussions. */
const NO_PAGES =
  /\/wp-(?:content|includes)\/|\/wp-login\.php|\/wp-admin\/(?!admin-ajax)|\/xmlrpc\.php|[?&](?:replytocom|share|like_comment)=|\.(?:css|js|png|jpe?g|gif|svg|ico|woff2?)(?:\?|$)/i

/**
 * The captures of a URL and of all addresses below it, from a web archive with the interface of the Wayback Machine, oldest first. What cannot
 * be read is yielded with the reason.
 * @throws NetworkError if the index cannot be read.
 */
export async function* capturesBelow(url: string, settings: WaybackSettings, ask: Ask): AsyncGenerator<LeftOver> {
  yield* captures(await indexOf(url, true, settings, ask), settings, ask)
}

/** The newest capture of one page. @throws NetworkError if the index cannot be read. */
export async function* newestCapture(url: string, settings: WaybackSettings, ask: Ask): AsyncGenerator<LeftOver> {
  yield* captures(await indexOf(url, false, settings, ask), { ...settings, newestOnly: true }, ask)
}

async function* captures(lines: readonly IndexLine[], settings: WaybackSettings, ask: Ask): AsyncGenerator<LeftOver> {
  for (const line of settings.newestOnly ? newest(lines) : lines) {
    const arrival = await ask({ url: playbackUrl(settings.api, line) })
    if (!arrival) return
    yield isFailure(arrival)
      ? unread(line, arrival.error.message, arrival.error instanceof KnownError ? arrival.error.exitCode : EXIT.partial)
      : leftOverOf(arrival, line)
  }
}

async function indexOf(url: string, isBelow: boolean, { api }: WaybackSettings, ask: Ask): Promise<IndexLine[]> {
  const lines: IndexLine[] = []
  for (let key: string | null = null, isFirst = true; isFirst || key !== null; isFirst = false) {
    const arrival: Arrival | null = await ask({ url: indexUrl(api, url, isBelow, key) })
    if (!arrival) return []
    if (isFailure(arrival)) throw arrival.error
    const page = indexPage(arrival)
    lines.push(...page.lines)
    key = page.resumeKey === key ? null : page.resumeKey
  }
  const wanted = lines.filter(line => PAGES.test(line.type) && !NO_PAGES.test(line.url))
  return wanted.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0))
}

function newest(lines: readonly IndexLine[]): IndexLine[] {
  const byUrl = new Map(lines.map(line => [line.url.replace(/^https?:\/\/(?:www\.)?/, ''), line]))
  return lines.filter(line => byUrl.get(line.url.replace(/^https?:\/\/(?:www\.)?/, '')) === line)
}

/** `id_`: the body as the server of the community sent it, without the banner and the rewritten links of the web archive. */
const playbackUrl = (api: string, { timestamp, url }: IndexLine): string => `${api}web/${timestamp}id_/${url}`

/** The web archive may redirect to a capture of another time, whose time is in its address. */
function leftOverOf(answer: Capture, { url, timestamp }: IndexLine): LeftOver {
  if (answer.status !== 200)
    return unread({ url, timestamp }, `the web archive answered with HTTP ${answer.status}.`, codeOf(answer.status))
  const shown = /\/web\/(\d{14})(?:id_)?\/(.+)$/.exec(answer.url)
  const at = shown?.[1] && timeOf(shown[1]) !== null ? shown[1] : timestamp
  return {
    kind: 'capture',
    capture: {
      request: { url },
      url: shown?.[2] && /^https?:/.test(shown[2]) && URL.canParse(shown[2]) ? shown[2] : url,
      status: 200,
      headers: headersOf(answer.headers),
      body: answer.body,
      capturedAt: timeOf(at) ?? '',
      imported: { door: 'wayback', origin: `wayback ${at}` },
    },
  }
}

const codeOf = (status: number): ExitCode => ([403, 429].includes(status) ? EXIT.blocked : EXIT.partial)

const unread = (
  { url, timestamp }: Pick<IndexLine, 'url' | 'timestamp'>,
  why: string,
  exitCode: ExitCode,
): LeftOver => ({
  ...{ kind: 'unread', name: url, exitCode },
  why: `${url} of ${timestamp}: ${why}`,
})

/** Headers of the community's server have a prefix. */
function headersOf(headers: Record<string, string>): Record<string, string> {
  const original = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('x-archive-orig-') ? [[name.slice('x-archive-orig-'.length), value]] : [],
  )
  const kept = Object.fromEntries(original) as Record<string, string>
  const type = headers['content-type']
  return { ...(type === undefined ? {} : { 'content-type': type }), ...withoutCoding(kept) }
}

/** The body is decoded already; cookies are secrets. */
const withoutCoding = ({
  'content-encoding': _encoding,
  'transfer-encoding': _transfer,
  'content-length': _length,
  'set-cookie': _cookie,
  ...headers
}: Record<string, string>): Record<string, string> => headers

/** @throws UsageError if the text is no address. */
export function apiOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      `"${text}" is not the address of a web archive.`,
      'Give its root, such as https://web.archive.org/',
    )
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
