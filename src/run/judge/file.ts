import type { FetchedFile, MissedFile } from '../../archive/index.js'
import { type KnownError, RobotsError } from '../../model/errors.js'
import { uploadedName } from '../../model/media/file-name.js'
import { type FileType, fileTypeOf } from '../../model/media/file-type.js'
import type { MediaItem, MediaKind, MediaReason } from '../../model/media/media.js'
import type { Downloaded } from '../../sources/index.js'

/** A file to keep, or the reason why it is not kept. */
export type FileVerdict = FetchedFile | MissedFile

export const isMissed = (verdict: FileVerdict): verdict is MissedFile => 'reason' in verdict

/** What was downloaded: the first bytes, and how many there are. */
interface Content {
  start: Uint8Array
  size: number
}

/** Kinds that may be behind what a post shows as one kind: films instead of animated pictures, say. */
const ALIKE: Record<MediaItem['kind'], readonly MediaKind[]> = {
  avatar: ['image'],
  image: ['image', 'video'],
  video: ['video', 'image', 'audio'],
  audio: ['audio', 'video'],
  document: ['document', 'image', 'audio', 'video'],
}

/** Whether the end of a download gave a file of the kind that was wanted. `allowed`: the kinds that the run keeps. */
export function judgeFile(
  kind: MediaItem['kind'],
  answer: Extract<Downloaded, { end: 'answered' }>,
  { start, size }: Content,
  allowed: readonly MediaKind[],
): FileVerdict {
  const { status, headers, url } = answer
  if (status !== 200) return missed(STATUS[status] ?? 'status', `HTTP ${status}`)
  if (size === 0) return missed('empty')
  const found = fileTypeOf(start)
  if (found.kind === 'page') return missed('page')
  const isAllowed = kind === 'avatar' || allowed.includes(found.kind)
  if (!isAllowed || !ALIKE[kind].includes(found.kind)) return missed('other-type', found.type)
  return fetched(found, headers, url)
}

const fetched = ({ type }: FileType, headers: Readonly<Record<string, string>>, url: string): FetchedFile => ({
  type,
  declaredType: headers['content-type']?.slice(0, 200) ?? null,
  name: uploadedName(url, headers['content-disposition']),
  finalUrl: url,
})

const STATUS: Record<number, MediaReason> = {
  401: 'not-allowed',
  403: 'not-allowed',
  404: 'not-found',
  410: 'gone',
  451: 'not-allowed',
}

const missed = (reason: MediaReason, detail: string | null = null): MissedFile => ({ reason, detail })

type NoAnswer = Extract<Downloaded, { end: 'too-large' | 'private-address' | 'failed' }>

/** Why a download gave no response at all. */
export function judgeFailure(end: NoAnswer): MissedFile {
  if (end.end === 'too-large') return { reason: 'too-large', detail: null, size: end.size }
  if (end.end === 'private-address') return missed('private-address')
  return missed(end.error instanceof RobotsError ? 'robots' : 'network', detailOf(end.error))
}

const detailOf = (error: KnownError): string | null =>
  error instanceof RobotsError
    ? null
    : error.message.replace(/^\S+ could not be read \([^)]*\): |\.$/g, '').slice(0, 300)
