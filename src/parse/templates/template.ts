/** How a date is written: Unix seconds, ISO 8601, `YYYY-MM-DD HH:MM:SS` in UTC without saying so, or relative words. */
export type DateForm = 'unix' | 'iso' | 'utc' | 'words'

/** One place where a date may stand. Tried in order; the first that can be read wins (reference 3.2). */
export interface DateSource {
  form: DateForm
  /** Within the post's own elements; absent: the post's own `li`. */
  selector?: string
  /** Absent: the text. */
  attribute?: string
  /** Words: whose PHP prints them; absent: BuddyPress'. */
  writer?: 'buddypress' | 'buddyboss'
  /** Words: beside a livestamp that is made up (Legacy's replies). */
  fake?: true
  /** Picks the value out of the attribute; its first group counts. */
  pattern?: RegExp
}

/** Where the parts of one post stand. Selectors only ever see the post's own elements: no replies, nothing a member wrote. */
export interface PostSelectors {
  /** Matches the `li`'s id; its first group is the activity id. */
  id: RegExp
  /** The sentence that names author, group and date. */
  header: string
  avatar: string
  body: string
  permalink: string
  dates: readonly DateSource[]
  /** Inside the body: the mark of a shortened text, added by BuddyPress. */
  readMore: string
  /** A count of all replies, where the template prints one: as text, or as `data-comments-count`. */
  count: string
  /** The attribute that holds BuddyBoss' edit data, JSON of the software's own. */
  editData?: string
  /** The software's own mark of an edited post. */
  edited?: string
  /** Children of the body's element that the template puts there, where the body has no element of its own. */
  nonBody?: string
  /** Elements within or beside the body that hold attachments and no text of the member's. */
  media?: string
}

/** One family of markup. A new theme is a table like this, a line in `index.ts` and a fixture. */
export interface Template {
  name: string
  /** Whose AJAX calls the site answers: those of the pack that the theme is built on. */
  pack: 'legacy' | 'nouveau'
  /** Where the `li` itself does not tell: what must lie in it, each in the one before, as children. */
  frame?: readonly string[]
  /** Its streams may hold a part of the replies: only a count that is met proves a thread whole. */
  partialReplies?: true
  /** Its read-more call hands out texts that the reader may not see (BuddyBoss 3.4, reference 11.2): it is not used. */
  readMoreLeaks?: true
  /** An `li` of a stream that this template has made matches. */
  marker: string
  item: PostSelectors
  reply: PostSelectors
}
