import type { Unread } from '../door.js'
import type { Answer } from './answer.js'
import type { BytePlace, FileBytes } from './bytes.js'
import type { Lost } from './record.js'

/** A WARC file, or an entry of a WACZ file that is one. */
export interface WarcFile {
  /** As messages show it. */
  name: string
  bytes: FileBytes
}

/** `old.warc.gz, record at byte 4711`. */
const placeName = ({ name }: WarcFile, { offset, within }: BytePlace): string =>
  `${name}, record at byte ${offset}${within > 0 ? `, decompressed byte ${within}` : ''}`

const unread = (name: string, message: string): Unread => ({ name, why: `${name}: ${message}` })

export function lostPart(file: WarcFile, { place, why, isRest }: Lost): Unread {
  const rest = isRest ? 'Nothing behind it can be read.' : 'The records behind it are read.'
  return unread(placeName(file, place), `${why}. ${rest}`)
}

export const refusedRecord = (file: WarcFile, place: BytePlace, { url }: Answer, why: string): Unread =>
  unread(placeName(file, place), `the capture of ${url} was left out, because ${why}.`)

/** Answers of an AJAX loader whose requests are not recorded: nobody knows of which group or thread they are. */
export function withoutRequest(file: WarcFile, places: readonly BytePlace[]): Unread {
  const [first] = places
  const what = places.length === 1 ? 'an AJAX answer' : `${places.length} AJAX answers, of which this is the first,`
  return unread(
    first ? placeName(file, first) : file.name,
    `${what} can't be read, because the file holds no record of the request.`,
  )
}

const ASSET = /\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|js|mjs|map|woff2?|ttf|eot|otf|mp[34]|webm|ogg|pdf|zip)$/i

/** A `revisit` record without a header may repeat anything; where the address is that of a picture or the like, it is none of a page. */
export function* withoutOriginal(file: WarcFile, place: BytePlace, answer: Answer | null): Generator<Unread> {
  if (answer && answer.head.length === 0 && ASSET.test(new URL(answer.url).pathname)) return
  const advice = 'the file does not hold the record whose body it repeats. Import the file that does, too.'
  yield unread(placeName(file, place), `the capture of ${answer?.url ?? 'a page'} was left out: ${advice}`)
}
