import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { KINDS } from './calendar.js'
import { isBuilt, running } from './job.js'
import { Year } from './nights.js'
import { wrongAtTheEnd } from './year-truth.js'

/** The seed decides all but the moments of the kills. A whole year: `NIGHTS=365 npx vitest run test/endurance/year.test.ts`. */
const NIGHTS = Number(process.env['NIGHTS'] ?? 30)
const SEED = Number(process.env['SEED'] ?? 1)

/** A night of this community takes 15 to 60 requests without faults; with them, each may be sent five times. */
const MAX_REQUESTS = 400
/** Each response is stored once, compressed: a page of 60 KB in about three. An empty archive has half a megabyte. */
const mostBytes = (requests: number) => 1_000_000 + 2500 * requests

describe.skipIf(!isBuilt)('a scheduled job that nobody looks after (needs npm run build)', () => {
  it(`holds the truth at the end of ${NIGHTS} nights`, { timeout: 7_200_000 }, async () => {
    const year = await Year.begin(NIGHTS, SEED)
    for (let night = 1; night <= NIGHTS; night++) await year.spend(night)
    const { place, world } = year
    const verified = await running(['verify'], place)
    if (process.env['FIGURES']) console.info(JSON.stringify(year.figures()))
    expect(year.faults).toEqual([])
    expect(wrongAtTheEnd(place.file, world.life)).toEqual([])
    // The group that closed months ago is named in every night, also in one without a fault.
    expect(year.nights.at(-1)?.code).toBe(4)
    expect(verified).toEqual({ code: 0, out: expect.any(String), err: 'The archive is sound.\n' })
    expect(Math.max(...year.nights.map(({ requests }) => requests))).toBeLessThan(MAX_REQUESTS)
    expect(statSync(place.file).size).toBeLessThan(mostBytes(year.figures().requests))
    for (const kind of KINDS) expect(year.nights.some(night => night.kind === kind)).toBe(true)
  })
})
