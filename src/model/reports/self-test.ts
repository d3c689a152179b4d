/** How the posts that a theme's pages showed agree with a group's feed, which no theme changes. */
export interface SelfTest {
  /** URL of the feed. */
  url: string
  /** Number of opening posts that both have. */
  compared: number
  agreed: number
  /** A sentence for each of the first posts that differ. */
  differences: string[]
}
