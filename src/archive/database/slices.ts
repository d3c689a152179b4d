/**
 * Cuts a list that is grouped by key into parts of it, one for each key. `counts` gives the sizes of consecutive slices; adjacent slices with
 * the same key are joined.
 */
export function sliced(
  list: Float64Array,
  counts: readonly { key: string; size: number }[],
): ReadonlyMap<string, Float64Array> {
  const ends = new Map<string, { from: number; to: number }>()
  let at = 0
  for (const { key, size } of counts) {
    ends.set(key, { from: ends.get(key)?.from ?? at, to: at + size })
    at += size
  }
  return new Map([...ends].map(([key, { from, to }]) => [key, list.subarray(from, to)]))
}
