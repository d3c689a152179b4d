import type { Completeness, StoredAuthor, StoredGroup, StoredPost } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import { ERASED_MEMBER, namelessMember } from '../../model/people/nameless.js'
import type { SelfTest } from '../../model/reports/self-test.js'
import { restCallOf } from '../../model/rest.js'
import { isMadeId, knownAddress } from '../../model/unknown-site.js'
import { type Paint, PLAIN } from './paint.js'
import { isolated, terminalLine } from './terminal-text.js'

/** `7`, `1,204`. Whole numbers below 1,000 do not load the data of languages, which would take a tenth of a short command's start. */
export const figure = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1000 ? String(value) : value.toLocaleString('en-US')

/** `1 thread`, `2 threads`, `1,204 posts`. */
export function count(number: number, noun: string): string {
  return `${figure(number)} ${noun}${number === 1 ? '' : 's'}`
}

/** `1 reply`, `1,204 replies`. */
export const replyWords = (many: number): string => (many === 1 ? '1 reply' : `${figure(many)} replies`)

/** `complete 43/43`, `short 41/43`, `unknown`: held and claimed posts. */
export function completenessWords(
  { state, held, claimed }: Completeness,
  { spoken }: Pick<Paint, 'spoken'> = PLAIN,
): string {
  if (state === 'unknown' || claimed === null) return state
  return spoken ? `${state}, ${held} of ${claimed}` : `${state} ${held}/${claimed}`
}

/** `20 of 20 posts agree with the feed`, or `with REST` where no feed was open. */
export function selfTestWords(
  { url, compared, agreed }: Pick<SelfTest, 'url' | 'compared' | 'agreed'>,
  paint: Paint,
): string {
  const words = `${agreed} of ${count(compared, 'post')} agree with ${restCallOf(url) ? 'REST' : 'the feed'}`
  return agreed < compared ? paint.magenta(words) : paint.dim(words)
}

/** `, 12 of them gone`, or nothing if none is. */
export const goneWords = (gone: number): string => (gone === 0 ? '' : `, ${figure(gone)} of them gone`)

/** `2026-10-28 17:40` (UTC), or `between 2026-10-01 and 2026-10-28` if only an interval is known. */
export function whenWords({ from, to }: When): string {
  if (from !== null && from === to) return minute(from)
  if (from === null) return to === null ? 'date unknown' : `before ${minute(to)}`
  if (to === null) return `after ${minute(from)}`
  if (day(from) !== day(to)) return `between ${day(from)} and ${day(to)}`
  return `${day(from)} between ${from.slice(11, 16)} and ${to.slice(11, 16)}`
}

/** When an archive saw something, as `minute`; `by`: the latest possible time, where the archive has no earliest one. */
export const seenWords = (at: string, by: string | null): string =>
  isUnknownTime(at) && by !== null ? `before ${minute(by)}` : minute(at)

/** True for what a capture has for its time if neither itself nor its posts say one. */
export const isUnknownTime = (at: string): boolean => at.startsWith('1970-01-01T00:00:00')

/** The date or the beginning of the interval for programs; `before …` if only the end is known; null: not known. */
export const dateCell = ({ from, to }: When): string | null => from ?? (to === null ? null : `before ${to}`)

/** `2026-10-28 17:40 UTC`; with seconds, unless they are 0. */
export function instantWords(at: string): string {
  const [date, time = ''] = at.split('T')
  return `${date} ${/^\d\d:\d\d:00(\.0+)?Z/.test(time) ? time.slice(0, 5) : time.slice(0, 8)} UTC`
}

export const day = (at: string): string => at.slice(0, 10)
export const minute = (at: string) => at.slice(0, 16).replace('T', ' ')

/** The name of a member, safe for one line. The site shows no name of deleted members: then the slug, else the id. Null: the site names nobody. */
export function authorName(author: StoredAuthor | null): string {
  const name = terminalLine(author?.name ?? author?.slug ?? '')
  return isolated(name) || terminalLine(namelessMember(author))
}

/** Who wrote a post, as facts for one line. A text often names nobody: then there are none. */
export const writerFacts = (post: Pick<StoredPost, 'id' | 'author' | 'forgotten'>): string[] =>
  post.author === null && !post.forgotten && isMadeId(post.id) ? [] : [writerName(post)]

/** The author of a post; of an erased member no name is known. */
export const writerName = ({ author, forgotten }: Pick<StoredPost, 'author' | 'forgotten'>): string =>
  forgotten ? ERASED_MEMBER : authorName(author)

/** In place of a text that is not there. */
export const noWords = ({ forgotten }: Pick<StoredPost, 'forgotten'>): string =>
  forgotten ? '(forgotten)' : '(no text)'

export function groupName(group: Pick<StoredGroup, 'name' | 'slug'>): string {
  return isolated(terminalLine(group.name ?? '') || terminalLine(group.slug))
}

/** `812 B`, `4.2 MB`: decimal units. */
export function bytesWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${step === 0 ? bytes : (bytes / 1000 ** step).toFixed(1)} ${units[step]}`
}

/** A duration in words: `45 s`, `12 min`, `3.5 h`, `12 days`, `2.1 years`. */
export function durationWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < HOUR) return `${Math.floor(seconds / 60)} min`
  if (seconds < 2 * DAY) return `${short(seconds / HOUR)} h`
  if (seconds < 2 * YEAR) return `${short(seconds / DAY)} days`
  return `${short(seconds / YEAR)} years`
}

const HOUR = 3600
const DAY = 24 * HOUR
const YEAR = 365.25 * DAY

/** One decimal below ten. Rounded down, so that 23 h 59 min is not 24 h. */
const short = (value: number): string => figure(value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value))

/** The address of a page: one line, which a narrow window continues. */
export const addressLine = (url: string, paint: Paint): string =>
  paint.dim(paint.link(terminalLine(addressWords(url)), url))

/** The address of a post, or of another page. */
export const addressWords = (url: string): string => knownAddress(url) ?? 'address not known'
