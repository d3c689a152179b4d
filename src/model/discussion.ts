import type { PostLabels } from './columns/post-labels.js'

/* Sites, groups, members and posts (the glossary of docs/architecture.md), as parsers read them from a site. Ids are the site's own, as strings. */

export interface Site {
  /** Base URL with a closing slash, so also a sub-directory install: `https://example.org/town/`. */
  url: string
  name: string | null
}

/** `null` means that the page does not show the value, never that there is none. */
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
  /** Alternative text or title; null: none. */
  name: string | null
}

export interface Link {
  kind: 'link' | 'mention'
  url: string
  text: string
}

/** An instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`: whole seconds, because BuddyPress stores no fractions. */
export type Instant = string

/** Closed interval; `null` is an open end. `from` = `to` if the date is known. */
export interface When {
  from: Instant | null
  to: Instant | null
}

/** One activity item as one capture shows it. A label is absent if this view does not show it. */
export interface Post extends Partial<PostLabels> {
  id: string
  threadId: string
  /** `undefined`: this view does not show it (a reply in a member's stream). `null`: this is an opening post. */
  parentId: string | null | undefined
  /** True if the site names the parent (REST, `secondary_item_id`); absent: derived from the nesting, which may be wrong. */
  parentNamed?: true
  type: string
  /** `undefined`: this view does not show it. `null`: in no group. */
  group: Group | null | undefined
  author: Member | null
  when: When
  /** The body as the site sent it, without what BuddyPress adds ("Read more"). */
  html: string
  text: string
  /** True if the site shortened the text; the full text is on the permalink page. */
  truncated: boolean
  edited: boolean
  /** BuddyBoss: title given by the author; `null`: none. Absent: this view does not show it. */
  heading?: string | null
  url: string
  attachments: Attachment[]
  links: Link[]
  /** True if the author was erased: the archive keeps the post without its text. Set by the archive, never by a parser. */
  forgotten?: true
}
