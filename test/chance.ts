/** Numbers from 0 to 1 that the seed decides, and nothing else (mulberry32). */
export type Chance = () => number

export function chance(seed: number): Chance {
  let state = seed * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number from 0 to `limit`, without it. */
export const below = (limit: number, random: Chance): number => Math.floor(random() * limit)

/** @throws Error if there is nothing to choose from. */
export function oneOf<Value>(values: readonly Value[], random: Chance): Value {
  if (values.length === 0) throw new Error('nothing to choose from')
  return values[below(values.length, random)] as Value
}
