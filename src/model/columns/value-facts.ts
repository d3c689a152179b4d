/** Where values come from. Pages: of BuddyPress and BuddyBoss in any theme, of bbPress; REST: `buddypress/v1`, `v2` and `buddyboss/v1`; imports: texts that people copied. */
export interface ValueSource {
  page?: string
  rest?: string
  /** Only where an imported text gives it in another way than a page: saved pages and WARC files hold pages and REST answers. */
  imports?: string
}

/** Meanings by value. */
export type Values = Readonly<Record<string, string>>
