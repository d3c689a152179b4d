/** The `limit` candidates closest to `word`, closest first, for "did you mean" lists. Memory does not grow with their number. */
export function suggestion<T>(
  word: string,
  candidates: Iterable<T>,
  names: (candidate: T) => string[],
  limit = 6,
): T[] {
  const best: { candidate: T; far: number }[] = []
  for (const candidate of candidates) {
    const far = Math.min(...names(candidate).map(name => distance(fold(word), fold(name))))
    if (best.length === limit && far >= (best.at(-1)?.far ?? 0)) continue
    best.push({ candidate, far })
    best.sort((a, b) => a.far - b.far)
    best.length = Math.min(best.length, limit)
  }
  return best.map(({ candidate }) => candidate)
}

// The cost is the product of both lengths, and 60 characters are enough to tell names apart.
const fold = (text: string) => text.toLowerCase().slice(0, 60)

/** The Levenshtein distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
