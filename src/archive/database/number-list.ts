/** A growing list of numbers that takes eight bytes for each: a million take about eight megabytes. */
export class NumberList {
  private values = new Float64Array(16)
  private length = 0

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  /** The values themselves, not a copy: in the order in which they came, or in the one that they were given since. */
  all(): Float64Array {
    return this.values.subarray(0, this.length)
  }

  /** All values, smallest first, which is their order from now on. */
  sorted(): Float64Array {
    return this.all().sort()
  }

  /** Each value once, smallest first: the list has no others from now on. */
  distinct(): Float64Array {
    const all = this.sorted()
    let length = 0
    for (const value of all) if (length === 0 || value !== all[length - 1]) all[length++] = value
    this.length = length
    return this.all()
  }
}
