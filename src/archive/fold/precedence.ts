/** Lists of these decide between the rows of two archives: the first value that differs, where the greater wins and null loses. */
export type Precedence = string | number | boolean | null

/** Above 0: `a` wins; 0: the lists are equal. */
export function compare(a: readonly Precedence[], b: readonly Precedence[]): number {
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a[at] ?? null, b[at] ?? null]
    if (one === other) continue
    if (one === null) return -1
    if (other === null) return 1
    return one > other ? 1 : -1
  }
  return 0
}

export const better = <T>(a: T, b: T, precedenceOf: (row: T) => readonly Precedence[]): T =>
  compare(precedenceOf(a), precedenceOf(b)) >= 0 ? a : b

export const earlier = (a: string, b: string): string => (a < b ? a : b)
export const later = (a: string, b: string): string => (a > b ? a : b)

/** `pick` of both, or the one that is not null. */
export function pickKnown(pick: (a: string, b: string) => string, a: string | null, b: string | null): string | null {
  return a === null ? b : b === null ? a : pick(a, b)
}

/** Columns of `to` whose values differ from `from`. */
export function changes<Row extends object>(from: Row, to: Row): Record<string, unknown> {
  return Object.fromEntries(Object.entries(to).filter(([name, value]) => from[name as keyof Row] !== value))
}
