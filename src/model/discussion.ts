/** The words of design.md, section 2, as the parsers read them off a site. Ids are the site's own, as strings. */

export interface Site {
  /** Base URL with a closing slash, so also a sub-directory install: `https://example.org/town/`. */
  url: string
  name: string | null
}

/** `null` stands for what this page did not say, never for "there is none". */
export interface Group {
  id: string | null
  slug: string
  name: string | null
  url: string
  status: 'public' | 'private' | 'hidden' | null
  description: string | null
}

/** A member who was deleted on the site keeps the id (from the avatar's class), and has neither slug nor name. */
export interface Member {
  id: string | null
  slug: string | null
  name: string | null
  url: string | null
  avatarUrl: string | null
}

export interface Attachment {
  kind: 'image' | 'video' | 'audio' | 'document' | 'embed'
  url: string
  /** Its alternative text or title, where there is one. */
  name: string | null
}

export interface Link {
  kind: 'link' | 'mention'
  url: string
  text: string
}

/** An instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`: whole seconds, because BuddyPress stores no finer ones. */
export type Instant = string

/** Closed interval; `null` is an open end. `from` = `to` where the date is known. */
export interface When {
  from: Instant | null
  to: Instant | null
}

/** One activity item as one capture shows it. */
export interface Post {
  id: string
  threadId: string
  /** `undefined`: this view does not tell (a reply in a member's stream). `null`: the opening post. */
  parentId: string | null | undefined
  /** The site itself names the parent (REST, `secondary_item_id`); absent: it was read off the nesting, which may lie. */
  parentNamed?: true
  type: string
  /** `undefined`: this view does not tell. `null`: outside all groups. */
  group: Group | null | undefined
  author: Member | null
  when: When
  /** The body as the site sent it, without what BuddyPress adds ("Read more"). */
  html: string
  text: string
  /** The site shortened the text: the rest is on the permalink page. */
  truncated: boolean
  edited: boolean
  /** BuddyBoss: for whom it was written, in the software's words: `public`, `loggedin`, `friends`, `onlyme`, `media`. */
  privacy?: string
  /** BuddyBoss: the title that its author gave it; `null`: none. Absent: this view does not tell. */
  heading?: string | null
  /** BuddyBoss: name of the topic that it was filed under; `null`: none. Absent: this view does not tell. */
  topic?: string | null
  url: string
  attachments: Attachment[]
  links: Link[]
  /** Its author was forgotten: the archive keeps its place, and no word of it. No parser says so. */
  forgotten?: true
}
