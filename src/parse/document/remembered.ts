/**
 * The function with a cache of at most `most` results: pages repeat their links, names and dates some hundred times. A full cache is
 * cleared, so that memory use stays bounded.
 */
export function remembered<Key, Value>(find: (key: Key) => Value, most: number): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => {
    const value = known.get(key)
    if (value !== undefined) return value
    if (known.size >= most) known.clear()
    const found = find(key)
    known.set(key, found)
    return found
  }
}
