import { equalExceptShortcodes } from '../text/content-hash.js'
import type { MergePostRow, PostInArchive } from './post-rows.js'
import { better, later } from './precedence.js'

/** Columns of a post that belong to its text. */
export const textOf = ({ row }: PostInArchive) => ({
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
 * A full text beats a shortened one, the fuller of two views of one text beats the other, and a later text beats an earlier one.
 * A text that both archives have is kept as it was first read.
 */
export function betterText(a: PostInArchive, b: PostInArchive): PostInArchive {
  if (isSame(a.row, b.row))
    return a.natural.readAt < b.natural.readAt ? a : b.natural.readAt < a.natural.readAt ? b : byHtml(a, b)
  const fuller = isOneText(a.row, b.row)
    ? ({ row }: PostInArchive) => [row.heading !== null, row.text.length]
    : () => []
  return better(a, b, one => [isFull(one.row), ...fuller(one), one.natural.seenAt, one.row.content_key])
}

const byHtml = (a: PostInArchive, b: PostInArchive): PostInArchive => better(a, b, ({ row }) => [row.html, row.parser])

const isSame = (a: MergePostRow, b: MergePostRow): boolean => a.content_key === b.content_key && isFull(a) === isFull(b)

/** When the kept text was last seen, by either archive if both have it. Null: when it was read. */
export function textSeenAt(a: PostInArchive, b: PostInArchive, text: PostInArchive): string | null {
  if (!isSame(a.row, b.row) && !isOneText(a.row, b.row)) return text.row.text_seen_at
  const last = later(a.natural.seenAt, b.natural.seenAt)
  const isRecorded = a.row.text_seen_at !== null || b.row.text_seen_at !== null
  return isRecorded || last !== text.natural.readAt ? last : null
}

export const isFull = (row: Pick<MergePostRow, 'status' | 'truncated'>): boolean =>
  row.truncated === 0 && row.status !== 'unread'

/** Whether two texts differ only by route, which is no edit: pages drop shortcodes, and some views lack the heading. */
export function isOneText(a: MergePostRow, b: MergePostRow): boolean {
  if (a.content_key === b.content_key) return false
  if (!isFull(a) || !isFull(b) || !equalExceptShortcodes(a.text, b.text)) return false
  if (a.heading !== b.heading) return a.heading === null || b.heading === null
  return isRest(a.parser) !== isRest(b.parser)
}

const isRest = (parser: string): boolean => parser.startsWith('rest ')

/** A present or earlier text of a post. */
export interface Version {
  html: string
  text: string
  heading: string | null
  content_key: string
  capture_id: number | null
  readAt: string
  last_seen_at: string | null
  /** Null: the present text of its archive. */
  replaced_at: string | null
  replaced_by_id: number | null
}

/** The present text as a list of one version; empty if it is shortened. */
export const versionOf = ({ row, natural }: PostInArchive): Version[] =>
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
 * All texts of both archives except the present one, oldest first. The n-th occurrence of a text in one archive is the n-th in the other:
 * an edit that both archives read is listed once, and a text that was restored and replaced again is listed twice.
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

/** Pairs the n-th occurrences, and keeps the earlier reading of each pair. */
const paired = (a: readonly Version[], b: readonly Version[]): Version[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => earliest(a[at], b[at]))

function earliest(a: Version | undefined, b: Version | undefined): Version {
  if (!a || !b) return (a ?? b) as Version
  const best = better(a, b, version => [version.replaced_at !== null, version.html])
  return a.readAt === b.readAt ? best : a.readAt < b.readAt ? a : b
}

/** A text that was the present one of its archive was replaced by the next text that either archive read. */
function replaced(versions: readonly Version[], present: Version | undefined): Version[] {
  return versions.map((version, at) => {
    if (version.replaced_at !== null) return version
    const next = versions[at + 1] ?? present
    const since = next && next.readAt <= version.readAt ? next.last_seen_at : next?.readAt
    return { ...version, replaced_at: since ?? version.readAt, replaced_by_id: next?.capture_id ?? null }
  })
}
