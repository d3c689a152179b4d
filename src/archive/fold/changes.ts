import type { Instant } from '../../model/discussion.js'

/** A value was replaced by another one. `id`: its row; null: it has none yet. */
export interface ValueChange {
  id: number | null
  at: Instant
  before: string | null
  after: string | null
  /** Set: `at` is when the row was first seen at all, and no reading shows that it had the new value by then. */
  reason: typeof FIRST_SIGHT | null
}

export const FIRST_SIGHT = 'first sight'

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
  changes: readonly ValueChange[],
  held: HeldValue,
  seen: { value: string | null; at: Instant },
  isSame: (a: string | null, b: string | null) => boolean,
): ValueChange[] {
  const { value, at } = seen
  const index = changes.findIndex(change => change.at > at)
  const next = changes[index]
  const then = next ? next.before : held.value
  if (isSame(then, value)) return [...changes]
  if (next && isSame(next.after, value)) return changes.map(one => (one === next ? { ...one, at, reason: null } : one))
  const changed = { id: null, at, before: then, after: value, reason: null }
  if (next && (index > 0 || at >= held.firstSeenAt))
    return changes.flatMap(one => (one === next ? [changed, { ...next, before: value }] : [one]))
  // It is newer than the value that is held.
  if (!next && at >= held.lastSeenAt) return [...changes, changed]
  const last = changes.at(-1)
  // It was only dated by the first sight of its row: it came after this reading.
  if (!next && last?.reason === FIRST_SIGHT && isSame(last.before, value))
    return [...changes.slice(0, -1), { ...last, at: held.lastSeenAt, reason: null }]
  const isFirst = at < held.firstSeenAt
  const again: ValueChange = {
    ...{ id: null, before: value, after: then },
    ...(isFirst ? { at: held.firstSeenAt, reason: FIRST_SIGHT } : { at: held.lastSeenAt, reason: null }),
  }
  // Nothing says that the value that is held had been seen before.
  return index <= 0 && changes.every(one => one.at > at) ? [again, ...changes] : [...changes, changed, again]
}
