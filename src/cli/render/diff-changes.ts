import type { ReadableArchive } from '../../archive/reading.js'
import type { StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { UsageError } from '../../model/errors.js'
import type { PostEntry, PostPast, TextVersion } from '../../model/reports/history.js'
import { isOtherAuthor, isSameContent } from '../../model/reports/versions.js'
import { happenedBy, instant, seconds } from '../../model/time.js'
import type { ResolvedPost } from '../options/resolve.js'
import { count } from '../text/phrases.js'

/** One difference between two states of a post. */
export type DiffChange = { post: StoredPost } & (
  | { kind: 'edited'; before: TextVersion; after: TextVersion }
  | { kind: 'new'; after: TextVersion }
  | { kind: 'gone'; before: TextVersion; goneAt: Instant; reason: string | null; lastSeenAt: Instant | null }
  | { kind: 'back'; after: TextVersion; backAt: Instant }
)

/** Each edit of each post, in the order of the thread. */
export function* allEdits({ place, alone }: ResolvedPost, { history }: ReadableArchive): Generator<DiffChange> {
  for (const { post, versions } of history.pasts(place, alone))
    for (const [at, after] of versions.slice(1).entries())
      yield { kind: 'edited', post, before: versions[at] as TextVersion, after }
}

/** From one text of a post to another; by default from the first to the last. @throws UsageError if there is no such text. */
export function editBetween(
  named: ResolvedPost,
  { history }: ReadableArchive,
  from: number | undefined,
  to: number | undefined,
): DiffChange[] {
  const [past] = history.pasts(named.place, true)
  if (!past) throw new UsageError(`No text of post ${named.place.id} has been read so far.`, 'Run threadkeep sync.')
  const before = textNumber(from ?? 1, past)
  const after = textNumber(to ?? past.versions.length, past)
  return before === after ? [] : [{ kind: 'edited', post: past.post, before, after }]
}

function textNumber(number: number, { post, versions }: PostPast): TextVersion {
  const found = versions[number - 1]
  if (found) return found
  throw new UsageError(
    `Post ${post.id} has no text number ${number}: the archive holds ${count(versions.length, 'text')} of it.`,
    'Text 1 is the first; the one with the highest number is the present one.',
  )
}

/** The differences between now and just before `since`, in the order of the thread. */
export function* changesSince(
  { place, alone }: ResolvedPost,
  { history }: ReadableArchive,
  since: Instant,
): Generator<DiffChange> {
  const before = instant(seconds(since) - 1) ?? since
  for (const past of history.pasts(place, alone))
    yield* changesOf(past, past.entries.filter(({ at }) => !happenedBy(at, before)).sort(byTime))
}

const byTime = (a: PostEntry, b: PostEntry): number => Date.parse(a.at) - Date.parse(b.at)

/** A post that was gone and came back, or was edited and edited back, has not changed. */
function* changesOf({ post, versions }: PostPast, recent: readonly PostEntry[]): Generator<DiffChange> {
  const present = versions.at(-1)
  if (!present) return
  const isNew = recent.some(({ kind }) => kind === 'seen')
  const edit = recent.find(entry => entry.kind === 'edited')
  if (isNew) yield { post, kind: 'new', after: present }
  else if (edit && !isSame(edit.before, present)) yield { post, kind: 'edited', before: edit.before, after: present }
  const goneOrBack = recent.filter(entry => entry.kind === 'gone' || entry.kind === 'back')
  const [first, last] = [goneOrBack[0], goneOrBack.at(-1)]
  const wasGone = first?.kind === 'back'
  if (last?.kind === 'gone' && !wasGone)
    yield { post, kind: 'gone', before: present, goneAt: last.at, reason: last.reason, lastSeenAt: last.lastSeenAt }
  if (last?.kind === 'back' && wasGone) yield { post, kind: 'back', after: present, backAt: last.at }
}

const isSame = (a: TextVersion, b: TextVersion): boolean => isSameContent(a, b) && !isOtherAuthor(a.author, b.author)
