/** A growing list of numbers that takes eight bytes for each: a million take about eight megabytes. */
export class NumberList {
  private values = new Float64Array(16)
  private count = 0

  get length(): number {
    return this.count
  }

  /** `index`: of a value that is in the list. */
  at(index: number): number {
    return this.values[index] as number
  }

  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Float64Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.count++] = value
  }

  /** The values themselves, not a copy: in the order in which they came, or in the one that they were given since. */
  all(): Float64Array {
    return this.values.subarray(0, this.count)
  }

  /** All values, smallest first, which is their order from now on. */
  sorted(): Float64Array {
    return this.all().sort()
  }

  /** Each value once, smallest first: the list has no others from now on. */
  distinct(): Float64Array {
    const all = this.sorted()
    let kept = 0
    for (const value of all) if (kept === 0 || value !== all[kept - 1]) all[kept++] = value
    this.count = kept
    return this.all()
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
