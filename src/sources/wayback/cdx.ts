import type { Capture } from '../../model/capture.js'
import { NetworkError } from '../../model/errors.js'

/** One line of a CDX index: a capture that the web archive holds. */
export interface IndexLine {
  /** `YYYYMMDDhhmmss`, UTC. */
  timestamp: string
  url: string
  /** Media type as the server of the community gave it. */
  type: string
  /** Digest of the body: equal bodies have equal digests. */
  digest: string
}

const FIELDS = 'timestamp,original,mimetype,digest'

/** Lines of one answer: the archive asks programs to page through long lists. */
const LIMIT = 5000

/**
 * The request for captures of `url`, or of all addresses below it (`prefix`). Of one address also redirects: a permalink leads to the page of
 * the member. Equal bodies in a row are listed once.
 */
export function indexUrl(api: string, url: string, prefix: boolean, resumeKey: string | null): string {
  const request = new URL('cdx/search/cdx', api)
  const fields = {
    url,
    matchType: prefix ? 'prefix' : 'exact',
    ...{ output: 'json', fl: FIELDS, filter: prefix ? 'statuscode:200' : 'statuscode:[23]..', collapse: 'digest' },
    ...{ limit: String(LIMIT), showResumeKey: 'true' },
    ...(resumeKey === null ? {} : { resumeKey }),
  }
  for (const [name, value] of Object.entries(fields)) request.searchParams.set(name, value)
  return request.href
}

interface IndexPage {
  lines: IndexLine[]
  /** Where the next answer goes on; null: the list has ended. */
  resumeKey: string | null
}

/**
 * Reads an answer: a JSON list of rows, the first of them the names of the fields; a row without values stands before the resume key.
 * @throws NetworkError if it is none.
 */
export function indexPage({ body, status, request }: Capture): IndexPage {
  const text = new TextDecoder().decode(body).trim()
  const rows = status === 200 ? rowsOf(text) : null
  if (!rows)
    throw new NetworkError(
      `The index of the web archive did not answer as expected (HTTP ${status}): ${request.url}`,
      'Try again later, or name another index with --wayback-api URL.',
    )
  const end = rows.findIndex(row => row.length === 0)
  const lines = (end < 0 ? rows : rows.slice(0, end)).slice(1).flatMap(lineOf)
  return { lines, resumeKey: end < 0 ? null : (rows[end + 1]?.[0] ?? null) }
}

function rowsOf(text: string): string[][] | null {
  if (text === '') return []
  try {
    const rows: unknown = JSON.parse(text)
    const isRow = (row: unknown) => Array.isArray(row) && row.every(cell => typeof cell === 'string')
    return Array.isArray(rows) && rows.every(isRow) ? (rows as string[][]) : null
  } catch {
    return null
  }
}

function lineOf([timestamp = '', url = '', type = '', digest = '']: string[]): IndexLine[] {
  const isPage = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  return isPage && timeOf(timestamp) !== null ? [{ timestamp, url, type, digest }] : []
}

/** `YYYYMMDDhhmmss` as an instant; null: there is no such time. */
export function timeOf(timestamp: string): string | null {
  const at = timestamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000Z')
  const time = Date.parse(at)
  return !Number.isNaN(time) && new Date(time).toISOString() === at ? at : null
}
