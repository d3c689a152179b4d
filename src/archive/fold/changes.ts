import type { Instant } from '../../model/discussion.js'

/** A value was replaced by another one. `id`: its row; null: it has none yet. */
export interface Change {
  id: number | null
  at: Instant
  before: string | null
  after: string | null
}

/** A value as it is held: `firstSeenAt` and `lastSeenAt` say when the row was first seen at all, and its present value last. */
export interface HeldValue {
  value: string | null
  firstSeenAt: Instant
  lastSeenAt: Instant
}

/**
 * The changes of a value, with what a capture adds that is older than what is held. `changes`: oldest first, of one value after another.
 * A change is dated by the first reading of the new value, so that an older one of it moves the change. A value may come back; if an
 * older reading shows that it did in between, the times are as good as what is held.
 */
export function withEarlier(
  changes: readonly Change[],
  held: HeldValue,
  seen: { value: string | null; at: Instant },
  isSame: (a: string | null, b: string | null) => boolean,
): Change[] {
  const { value, at } = seen
  const index = changes.findIndex(change => change.at > at)
  const next = changes[index]
  const then = next ? next.before : held.value
  if (isSame(then, value)) return [...changes]
  if (next && isSame(next.after, value)) return changes.map(one => (one === next ? { ...one, at } : one))
  const changed = { id: null, at, before: then, after: value }
  if (next && (index > 0 || at >= held.firstSeenAt))
    return changes.flatMap(one => (one === next ? [changed, { ...next, before: value }] : [one]))
  // It is newer than the value that is held.
  if (!next && at >= held.lastSeenAt) return [...changes, changed]
  const last = changes.at(-1)
  // The last change was dated by the first sight of its row, which need not have shown the value: it came after this reading.
  if (!next && last && isSame(last.before, value)) return [...changes.slice(0, -1), { ...last, at: held.lastSeenAt }]
  const again = { id: null, at: at < held.firstSeenAt ? held.firstSeenAt : held.lastSeenAt, before: value, after: then }
  // Nothing says that the value that is held had been seen before.
  return index <= 0 && changes.every(one => one.at > at) ? [again, ...changes] : [...changes, changed, again]
}
