/** Longest text in characters whose result is kept: longer links and names are not honest ones. */
const LONGEST = 500

/**
 * The function with a cache of at most `most` results: pages repeat their links, names and dates some hundred times. A full cache is
 * cleared and texts over `longest` are left out, so that memory use stays bounded.
 */
export function remembered<Key extends string | number, Value>(
  find: (key: Key) => Value,
  most: number,
  longest = LONGEST,
): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => {
    if (typeof key === 'string' && key.length > longest) return find(key)
    const value = known.get(key)
    if (value !== undefined) return value
    if (known.size >= most) known.clear()
    const own = typeof key === 'string' ? (ownCopy(key) as Key) : key
    const found = find(own)
    known.set(own, found)
    return found
  }
}

/**
 * A text that was cut out of a page keeps the whole page in memory; its copy does not. V8 joins texts in new memory before it cuts the
 * joined one.
 */
export const ownCopy = (text: string): string => ` ${text}`.slice(1)
