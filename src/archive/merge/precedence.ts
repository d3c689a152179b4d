/** What two archives say is decided by lists of marks: the first that differs tells, more beats less, null is least. */
export type Precedence = string | number | boolean | null

/** Above 0: `a` is the better one. Whichever is named first, the same one wins. */
export function compare(a: readonly Precedence[], b: readonly Precedence[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? null
    if (one === other) continue
    if (one === null) return -1
    if (other === null) return 1
    return one > other ? 1 : -1
  }
  return 0
}

export const better = <T>(a: T, b: T, marks: (row: T) => readonly Precedence[]): T =>
  compare(marks(a), marks(b)) >= 0 ? a : b

export const earlier = (a: string, b: string): string => (a < b ? a : b)
export const later = (a: string, b: string): string => (a > b ? a : b)

/** The other one where there is none. */
export function pickKnown(pick: (a: string, b: string) => string, a: string | null, b: string | null): string | null {
  return a === null ? b : b === null ? a : pick(a, b)
}

/** Columns of `to` that are not as in `from`. */
export function changes<Row extends object>(from: Row, to: Row): Record<string, unknown> {
  return Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name as keyof Row] !== value))
}
