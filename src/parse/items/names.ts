import type { Post } from '../../model/discussion.js'
import type { Anatomy } from './anatomy.js'
import { nameOf } from './header.js'

/** A post, and the parts that it was read from. */
interface ReadPost {
  post: Post
  anatomy: Anatomy
}

/** The words around the name in the alternative text of an avatar: "Profile picture of " in English. */
interface AltForm {
  before: string
  after: string
}

/** As BuddyPress and BuddyBoss print it, if the site does not translate it. */
const ENGLISH = /^(?:Profile (?:picture|photo)|Avatar) of (.+)$/

/** What they print for a deleted member: BuddyPress 15 still links the avatar to the profile. */
const ENGLISH_NAMELESS = /^(?:Profile (?:picture|photo)|Avatar)$/

/** Other avatars that must have the words of one without a name: fewer may be names that begin alike. */
const FEWEST = 2

/**
 * True if the site itself has no name for this avatar: its alternative text has only the words that those of all other members have
 * around a name ("Profilbild" beside "Profilbild von Ann"), in any language. `alts`: those of the page.
 */
export function isNamelessAlt(alt: string, alts: () => readonly string[] = () => []): boolean {
  if (ENGLISH_NAMELESS.test(alt)) return true
  const words = alt.toLowerCase()
  const others = alt === '' ? [] : alts().filter(other => other !== alt)
  return others.length >= FEWEST && others.every(other => other.toLowerCase().includes(words))
}

export const nameInAlt = (alt: string): string | null => ENGLISH.exec(alt)?.[1] ?? null

/**
 * Names from the avatars, for authors without a name in the page and for those whose theme prints the login instead: it is the same as
 * the slug of the profile. On sites in other languages the posts whose names are known show where the name is in the text.
 */
export function nameByAvatars(drafts: readonly ReadPost[]): void {
  const nameless = drafts.filter(isNameless)
  if (nameless.length === 0) return
  const forms = drafts.flatMap(formOf)
  for (const { post, anatomy } of nameless) {
    const name = nameOf(nameInAlt(anatomy.avatar.alt) ?? nameByForm(anatomy.avatar.alt, forms) ?? '')
    if (post.author && name) post.author = { ...post.author, name }
  }
}

/** A deleted member has an empty link around the avatar; some themes print avatars without any link, and no other word on the author. */
const isNameless = ({ post: { author }, anatomy: { avatar } }: ReadPost): boolean =>
  author !== null && (author.url !== null || avatar.profile === null) && isNoName(author.name, author.slug)

const isNoName = (name: string | null, slug: string | null): boolean =>
  name === null || name.toLowerCase() === slug?.toLowerCase()

function formOf({ post: { author }, anatomy: { avatar } }: ReadPost): AltForm[] {
  if (!author?.name || isNoName(author.name, author.slug)) return []
  const at = avatar.alt.indexOf(author.name)
  if (at < 0 || avatar.alt === author.name) return []
  return [{ before: avatar.alt.slice(0, at), after: avatar.alt.slice(at + author.name.length) }]
}

function nameByForm(alt: string, forms: readonly AltForm[]): string | null {
  const form = forms.find(({ before, after }) => alt.startsWith(before) && alt.endsWith(after))
  return form ? alt.slice(form.before.length, alt.length - form.after.length).trim() || null : null
}
