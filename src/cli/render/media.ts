import { type MediaCounts, type MediaItem, type MediaReport, reasonWords } from '../../model/media/media.js'
import { tabRow } from '../text/columns.js'
import type { Paint } from '../text/paint.js'
import { bytesWords, count, day, figure } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { jsonDocument, records } from './json-document.js'

/** For people: a line for each file that is kept, two for each that is not. */
export function* mediaLines(items: Iterable<MediaItem>, counts: MediaCounts, paint: Paint): Generator<string> {
  for (const item of items) {
    const facts = item.state === 'kept' ? keptWords(item) : missingWords(item)
    yield `${item.state === 'kept' ? paint.green('kept') : paint.magenta(item.state)}  ${terminalLine(item.url)}`
    yield paint.dim(`  ${facts}`)
  }
  yield countsWords(counts)
}

const keptWords = ({ name, type, size, path, posts }: MediaItem): string =>
  [
    ...(name === null ? [] : [terminalLine(name)]),
    ...[type ?? '', bytesWords(size ?? 0), path ?? ''],
    ...(posts > 1 ? [count(posts, 'post')] : []),
  ].join('; ')

function missingWords({ state, reason, detail, againAt }: MediaItem): string {
  if (state === 'wanted' || reason === null) return 'not requested yet'
  const again = againAt === null ? 'not requested again' : `requested again from ${day(againAt)} on`
  return `${terminalLine(reasonWords(reason, detail))}; ${again}`
}

/** `12 files kept, 3.4 MB; 1 to fetch; 2 missing`. */
export function countsWords({ kept, bytes, wanted, missing }: MediaCounts): string {
  if (kept + wanted + missing === 0) return 'No files were fetched yet: threadkeep media fetch'
  return [
    `${count(kept, 'file')} kept, ${bytesWords(bytes)}`,
    ...(wanted > 0 ? [`${figure(wanted)} to fetch`] : []),
    ...(missing > 0 ? [`${figure(missing)} missing`] : []),
  ].join('; ')
}

/** For scripts: state, URL, kind, media type, bytes, path, name, reason, when it was fetched, when it is requested again. */
export function* mediaRows(items: Iterable<MediaItem>): Generator<string> {
  for (const { state, url, kind, type, size, path, name, reason, fetchedAt, againAt } of items)
    yield tabRow([state, url, kind, type, size, path, name, reason, fetchedAt, againAt])
}

/** `threadkeep.media/1`: docs/schema/media-1.json. */
export const mediaJson = (
  archive: string,
  folder: string,
  { kept, bytes, wanted, missing }: MediaCounts,
  items: Iterable<MediaItem>,
): Generator<string> =>
  jsonDocument('media', { archive, folder, kept, bytes, wanted, missing, files: records(items, record) })

const record = (item: MediaItem) => ({
  url: item.url,
  kind: item.kind,
  state: item.state,
  reason: item.reason,
  detail: item.detail,
  path: item.path,
  sha256: item.sha256,
  type: item.type,
  declared_type: item.declaredType,
  size: item.size,
  name: item.name,
  fetched_at: item.fetchedAt,
  asked_at: item.askedAt,
  again_at: item.againAt,
  posts: item.posts,
})

/** What a run did about files, on stdout. */
export const mediaResult = ({ kept, bytes }: MediaReport): string =>
  kept === 0 ? 'files  nothing new' : `files  ${count(kept, 'file')} fetched, ${bytesWords(bytes)}`

/** Missing files that are shown; all of them are in `media list`. */
const MOST = 5

/** Files that a run could not get: for stderr. */
export function* missingLines(
  { missing, missed, left, known }: MediaReport,
  paint: Paint,
  quiet: boolean,
): Generator<string> {
  for (const { url, reason, detail } of missing.slice(0, MOST))
    yield `${paint.magenta('Missing:')} ${terminalLine(url)}: ${terminalLine(reasonWords(reason, detail))}.`
  if (missed > MOST)
    yield `${paint.magenta('Missing:')} ${count(missed - MOST, 'more file')}. All: threadkeep media list --missing`
  if (left > 0) yield `${count(left, 'file')} left for the next run.`
  if (known > 0 && !quiet)
    yield `${paint.dim('Note:')} ${count(known, 'file')} that earlier runs could not get, not requested again now: threadkeep media list --missing`
}
