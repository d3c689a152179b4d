import { segments } from '../../model/addresses.js'
import type { StoredPost } from '../../model/archive.js'
import type { Link } from '../../model/discussion.js'

/** The members that a post names: slugs, each once. */
interface Named {
  /** By a link, which the site makes only where the member exists; with its address. */
  linked: Map<string, string>
  /** By an @name without a link: a member, or not. */
  bare: Set<string>
}

export function namedIn({ links, text }: Pick<StoredPost, 'links' | 'text'>): Named {
  const linked = new Map<string, string>()
  for (const link of links) {
    const slug = link.kind === 'mention' ? slugOf(link) : null
    if (slug) linked.set(slug, link.url)
  }
  const bare = new Set<string>()
  if (text.includes('@'))
    for (const [, name = ''] of text.matchAll(AT_NAME)) {
      const slug = name.replace(/(?<![.-])[.-]+$/, '').toLowerCase()
      if (slug !== '' && !linked.has(slug)) bare.add(slug)
    }
  return { linked, bare }
}

/** Not within a word: that is an e-mail address or a part of a URL. */
const AT_NAME = /(?<![\p{L}\p{N}\p{M}_.@/+-])@([\p{L}\p{N}\p{M}_.-]{1,100})/gu

/** The @name that the link shows, else the end of its address. */
function slugOf({ text, url }: Link): string | null {
  const shown = /^@([\p{L}\p{N}\p{M}_.-]+)$/u.exec(text.trim())?.[1]
  return (shown ?? (URL.canParse(url) ? segments(url).at(-1) : undefined))?.toLowerCase() ?? null
}
