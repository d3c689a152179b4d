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

  /** All values, smallest first. */
  sorted(): Float64Array {
    return this.values.slice(0, this.length).sort()
  }

  /** Each value once, smallest first. */
  distinct(): Float64Array {
    const all = this.sorted()
    return all.filter((value, at) => at === 0 || value !== all[at - 1])
  }
}
