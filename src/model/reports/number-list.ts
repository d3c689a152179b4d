/** Values of a full block: half a megabyte. */
const BLOCK = 65_536

/**
 * A growing list of numbers that takes eight bytes for each: a million take eight megabytes. It grows by blocks, because the copies of a list
 * that doubles would take as much again.
 */
export class NumberList {
  private readonly full: Float64Array[] = []
  private last = new Float64Array(16)
  /** Values in the last block. */
  private used = 0

  get length(): number {
    return this.full.length * BLOCK + this.used
  }

  /** `index`: of a value that is in the list. */
  at(index: number): number {
    const block = this.full[Math.floor(index / BLOCK)] ?? this.last
    return block[index % BLOCK] as number
  }

  push(value: number): void {
    if (this.used === this.last.length) this.grow()
    this.last[this.used++] = value
  }

  private grow(): void {
    const { last } = this
    const isFull = last.length === BLOCK
    if (isFull) this.full.push(last)
    this.last = new Float64Array(Math.min(BLOCK, last.length * 2))
    if (isFull) this.used = 0
    else this.last.set(last)
  }

  /** All values, in the order in which they came. */
  all(): Float64Array {
    const all = new Float64Array(this.length)
    for (const [at, block] of this.full.entries()) all.set(block, at * BLOCK)
    all.set(this.last.subarray(0, this.used), this.full.length * BLOCK)
    return all
  }

  /** All values, smallest first. */
  sorted(): Float64Array {
    return this.all().sort()
  }

  /** Each value once, smallest first. */
  distinct(): Float64Array {
    const all = this.sorted()
    let length = 0
    for (const value of all) if (length === 0 || value !== all[length - 1]) all[length++] = value
    return all.subarray(0, length)
  }
}

/** Index of the first of the sorted values that is not below this one. Binary search. */
export function placeIn(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] as number) < value) from = middle + 1
    else to = middle
  }
  return from
}
