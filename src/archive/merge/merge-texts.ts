import { sameButShortcodes } from '../text/content-hash.js'
import type { Placed, PostRow } from './post-rows.js'
import { better, later } from './precedence.js'

/** The columns that belong to one text. */
export const textOf = ({ row }: Placed) => ({
  html: row.html,
  text: row.text,
  heading: row.heading,
  content_key: row.content_key,
  title: row.title,
  truncated: row.truncated,
  capture_id: row.capture_id,
  parser: row.parser,
})

/**
 * A full text beats a shortened one, the fuller of two views of one text the other, a later text an earlier one. What both have is as it
 * was read first.
 */
export function betterText(a: Placed, b: Placed): Placed {
  if (isSame(a.row, b.row))
    return a.natural.readAt < b.natural.readAt ? a : b.natural.readAt < a.natural.readAt ? b : byHtml(a, b)
  const fuller = isOneText(a.row, b.row) ? ({ row }: Placed) => [row.heading !== null, row.text.length] : () => []
  return better(a, b, one => [isFull(one.row), ...fuller(one), one.natural.seenAt, one.row.content_key])
}

const byHtml = (a: Placed, b: Placed): Placed => better(a, b, ({ row }) => [row.html, row.parser])

const isSame = (a: PostRow, b: PostRow): boolean => a.content_key === b.content_key && isFull(a) === isFull(b)

/** When the text of the two that is kept was seen last: by either, where both have it. */
export function textSeenAt(a: Placed, b: Placed, text: Placed): string | null {
  if (!isSame(a.row, b.row) && !isOneText(a.row, b.row)) return text.row.text_seen_at
  const last = later(a.natural.seenAt, b.natural.seenAt)
  const isNoted = a.row.text_seen_at !== null || b.row.text_seen_at !== null
  return isNoted || last !== text.natural.readAt ? last : null
}

export const isFull = (row: Pick<PostRow, 'status' | 'truncated'>): boolean =>
  row.truncated === 0 && row.status !== 'unread'

/** Two routes print one text in two ways: pages drop shortcodes, some views do not tell the title. That is no edit. */
export function isOneText(a: PostRow, b: PostRow): boolean {
  if (a.content_key === b.content_key) return false
  if (!isFull(a) || !isFull(b) || !sameButShortcodes(a.text, b.text)) return false
  if (a.heading !== b.heading) return a.heading === null || b.heading === null
  return isRest(a.parser) !== isRest(b.parser)
}

const isRest = (parser: string): boolean => parser.startsWith('rest ')

/** A text of a post, the present one or an earlier one. */
export interface Version {
  html: string
  text: string
  heading: string | null
  content_key: string
  capture_id: number | null
  readAt: string
  last_seen_at: string | null
  /** Null: it is, or was until now, the present text of its archive. */
  replaced_at: string | null
  replaced_by_id: number | null
}

/** The present text as one of the versions; shortened texts are none. */
export const versionOf = ({ row, natural }: Placed): Version[] =>
  isFull(row)
    ? [
        {
          ...{ html: row.html, text: row.text, heading: row.heading, content_key: row.content_key },
          ...{ capture_id: row.capture_id, readAt: natural.readAt, last_seen_at: row.text_seen_at },
          ...{ replaced_at: null, replaced_by_id: null },
        },
      ]
    : []

/**
 * All texts of both but the present one. A text counts as often as the archive that had it most often says: two archives that have read
 * the same edit tell of one, and one that was undone and done again is told twice. Oldest first.
 */
export function earlierTexts(a: readonly Version[], b: readonly Version[], present: Version | undefined): Version[] {
  const keys = new Set([...a, ...b].map(version => version.content_key))
  const all = [...keys].flatMap(key => {
    const both = paired(ofKey(a, key), ofKey(b, key))
    return key === present?.content_key ? both.slice(0, -1) : both
  })
  return replaced(all.sort(byTime), present)
}

const ofKey = (versions: readonly Version[], key: string): Version[] =>
  versions.filter(version => version.content_key === key).sort(byTime)

const byTime = (a: Version, b: Version): number =>
  a.readAt !== b.readAt ? (a.readAt < b.readAt ? -1 : 1) : a.content_key < b.content_key ? -1 : 1

/** The first of the one with the first of the other, and so on: the earlier reading of each. */
const paired = (a: readonly Version[], b: readonly Version[]): Version[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => earliest(a[at], b[at]))

function earliest(a: Version | undefined, b: Version | undefined): Version {
  if (!a || !b) return (a ?? b) as Version
  const best = better(a, b, version => [version.replaced_at !== null, version.html])
  return a.readAt === b.readAt ? best : a.readAt < b.readAt ? a : b
}

/** What was the present text of its archive was replaced by the next one that anybody has read. */
function replaced(versions: readonly Version[], present: Version | undefined): Version[] {
  return versions.map((version, at) => {
    if (version.replaced_at !== null) return version
    const next = versions[at + 1] ?? present
    const since = next && next.readAt <= version.readAt ? next.last_seen_at : next?.readAt
    return { ...version, replaced_at: since ?? version.readAt, replaced_by_id: next?.capture_id ?? null }
  })
}
