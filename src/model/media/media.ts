import type { Instant } from '../discussion.js'
import { DAY_MS } from '../time.js'

/** Kinds of files that can be kept. `avatar`: the picture of a member. */
export const MEDIA_KINDS = ['image', 'video', 'audio', 'document'] as const

export type MediaKind = (typeof MEDIA_KINDS)[number]

/**
 * `wanted`: not requested yet. `kept`: its file is in the folder. `missing`: the host says that there is nothing. `refused`: what was found
 * is not kept, or may not be requested. `failed`: there was no usable response.
 */
export type MediaState = 'wanted' | 'kept' | 'missing' | 'refused' | 'failed'

/** Why a file is not kept. */
export type MediaReason =
  | 'not-found'
  | 'gone'
  | 'address'
  | 'private-address'
  | 'robots'
  | 'too-large'
  | 'other-type'
  | 'page'
  | 'not-allowed'
  | 'empty'
  | 'status'
  | 'network'

/** Files that a run may keep. Sizes in bytes. */
export interface MediaLimits {
  /** Largest file. */
  maxBytes: number
  /** All files of the archive together; null: no limit. */
  totalBytes: number | null
  kinds: readonly MediaKind[]
  /** Also the pictures of the members. */
  avatars: boolean
}

/** One address of a file. */
export interface MediaItem {
  url: string
  /** What the post shows it as. */
  kind: MediaKind | 'avatar'
  state: MediaState
  /** Null: it is kept, or was not requested yet. */
  reason: MediaReason | null
  /** More about the reason, such as `HTTP 503`. */
  detail: string | null
  /** Of the file's content, and so the name of the file; null: it is not kept. */
  sha256: string | null
  /** Media type, judged by the content. */
  type: string | null
  /** Media type that the host declared. */
  declaredType: string | null
  /** Bytes. `too-large`: how many there are at least. */
  size: number | null
  /** Name under which it was uploaded, without folders. */
  name: string | null
  /** Path of the file below the media folder, with `/`. */
  path: string | null
  fetchedAt: Instant | null
  /** When it was last requested. */
  askedAt: Instant | null
  /** When a run requests it again; null: only if the user asks for it, or if a larger size is allowed. */
  againAt: Instant | null
  /** Number of posts that show it, or showed it in an earlier version. */
  posts: number
}

/** What a run did about files: `media` in `threadkeep.run/1`. */
export interface MediaReport {
  /** Files that this run requested and now has, those with equal content included. */
  kept: number
  /** Bytes of these files. */
  bytes: number
  /** Number of files that this run requested and does not have. */
  missed: number
  /** The first of them, with the reason. */
  missing: { url: string; state: MediaState; reason: MediaReason; detail: string | null; againAt: Instant | null }[]
  /** Number of files that are still to be requested. */
  left: number
  /** Number of files that earlier runs could not get, and that were not requested again. */
  known: number
}

/** Numbers of the archive. */
export interface MediaCounts {
  kept: number
  /** Bytes of the files; equal contents count once. */
  bytes: number
  wanted: number
  /** Files that cannot be had: `missing`, `refused` and `failed`. */
  missing: number
}

/** Reasons that a later request may find changed. */
const MAY_CHANGE: ReadonlySet<MediaReason> = new Set(['not-found', 'page', 'not-allowed', 'other-type', 'empty'])

/**
 * When to request a file again that a run did not get; null: never by itself. What the host says it does not have: after a week, then after two,
 * four, … up to 32 weeks. Failures: by the next two runs, then after a day, two, four, … up to 32 days. robots.txt: by every run.
 * @param tries number of requests so far, this one included; `now`: Unix milliseconds.
 */
export function againAt(reason: MediaReason, tries: number, now: number): Instant | null {
  const after = (days: number, doubled: number) =>
    new Date(now + days * DAY_MS * 2 ** Math.min(5, Math.max(0, doubled))).toISOString()
  if (reason === 'robots') return new Date(now).toISOString()
  if (reason === 'status' || reason === 'network') return tries < 3 ? new Date(now).toISOString() : after(1, tries - 3)
  return MAY_CHANGE.has(reason) ? after(7, tries - 1) : null
}

export const stateOf = (reason: MediaReason): MediaState =>
  reason === 'not-found' || reason === 'gone'
    ? 'missing'
    : reason === 'status' || reason === 'network'
      ? 'failed'
      : 'refused'

/** A sentence about a file that is not kept. */
export function reasonWords(reason: MediaReason, detail: string | null): string {
  const words = REASONS[reason]
  return detail === null ? words : `${words} (${detail})`
}

const REASONS: Record<MediaReason, string> = {
  'not-found': 'the site has no such file',
  gone: 'the host says that the file is gone for good',
  address: 'its address cannot be requested',
  'private-address': 'its address belongs to a private network',
  robots: 'robots.txt asks programs not to read it',
  'too-large': 'it is larger than the limit',
  'other-type': 'its content is something else',
  page: 'the host sent a web page instead, such as a login form',
  'not-allowed': 'this reader may not have it',
  empty: 'the file is empty',
  status: 'the host answered with an error',
  network: 'the host did not answer',
}
