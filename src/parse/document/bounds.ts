/** What is read of a response. Honest pages have a hundredth of it. */

/** Most elements, attributes, comments and texts of one page or fragment. A tree of so many takes about 150 MB. */
export const MAX_NODES = 600_000

/** Most characters of the HTML of one post. */
const MAX_POST = 1_000_000

/** A post with HTML of this length is stored without its text. */
export const isOverlong = (length: number): boolean => length > MAX_POST

/** What is wrong with such a post, as a clause. */
export const faultOfOverlong = (length: number): string =>
  `its text has ${Math.round(length / 1000)} KB of HTML, more than ${MAX_POST / 1000} KB, and was left out`

/** Deepest nesting of the markup of one post. Honest posts have a tenth of it; browsers nest 512 levels. */
export const MAX_DEPTH = 500

/** What is said of a post whose markup is nested deeper. */
export const remarkOnDepth = (id: string): string =>
  `Post ${id} keeps its words without its markup, which is nested more than ${MAX_DEPTH} levels deep; its capture holds all of it.`

/** A response, or a part of one, that is over a bound. The message is a noun phrase. */
export class OverBound extends Error {}
