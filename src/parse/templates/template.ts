/** The form of a date: Unix seconds, ISO 8601, `YYYY-MM-DD HH:MM:SS` in UTC without a time zone, or relative words. */
export type DateForm = 'unix' | 'iso' | 'utc' | 'words'

/** One place that may hold the date of a post. They are tried in order; the first readable date wins (reference 3.2). */
export interface DateSource {
  form: DateForm
  /** An element of the post; if absent, the `li` of the post. */
  selector?: string
  /** The attribute with the value; if absent, the text of the element. */
  attribute?: string
  /** The software whose PHP prints the words; if absent, BuddyPress. */
  writer?: 'buddypress' | 'buddyboss'
  /** The livestamp of these words is fake (Legacy's replies). */
  fake?: true
  /** Extracts the value from the attribute, by its first group. */
  pattern?: RegExp
}

/** The positions of the parts of one post. Selectors are only tested on elements of the post, not on replies or texts of members. */
export interface PostSelectors {
  /** Matches the id of the `li`; its first group is the activity id. */
  id: RegExp
  /** The sentence that names author, group and date. */
  header: string
  avatar: string
  body: string
  permalink: string
  dates: readonly DateSource[]
  /** The mark that BuddyPress adds to a shortened text, inside the body. */
  readMore: string
  /** The number of all replies, as text or as `data-comments-count`; empty if the template prints none. */
  count: string
  /** The attribute that holds the edit data of BuddyBoss as JSON. */
  editData?: string
  /** The mark that the software adds to an edited post. */
  edited?: string
  /** Children of the body's element that are not part of the body, for templates without a separate element for the body. */
  nonBody?: string
  /** Elements inside or outside of the body that hold attachments and no text of the member. */
  media?: string
  /** Elements beside the body, where plugins print the pictures and recordings of a post. */
  beside?: string
}

/** The markup of one family of themes. A new theme needs a table like this, a line in `index.ts` and a fixture. */
export interface Template {
  name: string
  /** The template pack that the theme is built on, which decides the AJAX requests of the site. */
  pack: 'legacy' | 'nouveau'
  /** The parts of a post are found by what BuddyPress prints in all themes, not by the selectors (`items/generic/`). */
  byRule?: true
  /** If the `li` alone does not identify the template: selectors of a child, of a child of that child, and so on. */
  frame?: readonly string[]
  /** Its streams may hold a part of the replies: a thread is whole only if it has the claimed number of replies. */
  partialReplies?: true
  /** Its read-more request is not used, because it returns texts that the reader may not see (BuddyBoss 3.4, reference 11.2). */
  readMoreLeaks?: true
  /** Its items name their group everywhere but in the stream of the group: an item of a group that names none is in its own stream. */
  unnamedWithin?: true
  /** Matches the `li` of an item or reply of this template. */
  marker: string
  item: PostSelectors
  reply: PostSelectors
}
