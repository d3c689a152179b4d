import type { Marks } from '../erasure/name-marks.js'

/** A quick look before the thorough one: a text without one of the needles names nobody. */
export function mayStandIn(text: string, { needles }: Marks): boolean {
  const lower = text.toLowerCase()
  return needles === undefined || needles.some(needle => lower.includes(needle))
}

/** The same in SQL, for rows that are many. The values go into its question marks. */
export function mayName(column: string, { needles }: Marks): { sql: string; values: readonly string[] } {
  if (needles === undefined || needles.length === 0) return { sql: '1', values: [] }
  return { sql: `(${needles.map(() => `instr(lower(${column}), ?)`).join(' OR ')})`, values: needles }
}
