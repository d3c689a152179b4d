/** Dates in the spellings that a BuddyPress site uses. All times are Unix seconds, all text is UTC. */

export const unixOf = (iso: string): number => Math.floor(Date.parse(iso) / 1000)

const isoOf = (unix: number): string => new Date(unix * 1000).toISOString().slice(0, 19)

/** `2026-08-14T20:11:32+0000`: PHP's ISO8601, without a colon in the offset. */
export const livestamp = (unix: number): string => `${isoOf(unix)}+0000`

/** `2026-08-14T20:11:32`: the REST API leaves the zone out. */
export const restDate = isoOf

/** `2026-08-14 20:11:32`: what Nouveau puts into `time[datetime]`, not ISO at all. */
export const sqlDate = (unix: number): string => isoOf(unix).replace('T', ' ')

export const httpDate = (unix: number): string => new Date(unix * 1000).toUTCString()

/** `Fri, 14 Aug 2026 20:11:32 +0000`, as feeds print it. */
export const feedDate = (unix: number): string => httpDate(unix).replace('GMT', '+0000')
