/** Numbers that are added one by one, eight bytes each: a million take eight megabytes. */
export class NumberList {
  private held = new Float64Array(1024)
  private used = 0

  push(value: number): void {
    if (this.used === this.held.length) {
      const wider = new Float64Array(this.held.length * 2)
      wider.set(this.held)
      this.held = wider
    }
    this.held[this.used++] = value
  }

  sorted(): Float64Array {
    return this.held.slice(0, this.used).sort()
  }

  /** Each once, smallest first. */
  distinct(): Float64Array {
    const all = this.sorted()
    return all.filter((value, at) => at === 0 || value !== all[at - 1])
  }
}
