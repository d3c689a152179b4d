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

/** A response, or a part of one, that is over a bound. The message is a noun phrase. */
export class OverBound extends Error {}
