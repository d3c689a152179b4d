/**
 * Cuts a list that is grouped by key into one list for each key. `counts` gives the sizes of consecutive slices; adjacent slices with
 * the same key are joined.
 */
export function sliced<Item>(
  list: readonly Item[],
  counts: readonly { key: string; size: number }[],
): ReadonlyMap<string, Item[]> {
  const ends = new Map<string, { from: number; to: number }>()
  let at = 0
  for (const { key, size } of counts) {
    ends.set(key, { from: ends.get(key)?.from ?? at, to: at + size })
    at += size
  }
  return new Map([...ends].map(([key, { from, to }]) => [key, list.slice(from, to)]))
}
