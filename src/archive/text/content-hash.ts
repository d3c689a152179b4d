import { createHash } from 'node:crypto'
import type { PostText } from '../../model/page.js'
import { siteKey } from '../../model/urls.js'

/**
 * What an edit is told by: the words, where links lead, and which pictures there are. Markup, white space, query strings of
 * pictures (signed, sized) and the spelling of the site's own address are noise: the same post through another route, or
 * after an update of WordPress, must give the same key.
 */
export function contentKey(
  content: Pick<PostText, 'text' | 'links' | 'attachments' | 'heading'>,
  site: string,
): string {
  const key = siteKey(site)
  const parts = [
    ...(content.heading ? [content.heading.normalize('NFC')] : []),
    content.text.replace(/\s+/g, ' ').trim().normalize('NFC'),
    ...content.links.map(link => plain(link.url, key)),
    ...content.attachments.map(attachment => plain(attachment.url.replace(/\?.*$/, ''), key)),
  ]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)
}

const plain = (url: string, key: string): string => {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '')
  return bare.startsWith(key) ? `/${bare.slice(key.length)}` : bare
}

/**
 * One text but for shortcodes? Pages drop them with what they enclose, REST keeps them (reference 11.3): the same post by two
 * routes, and no edit.
 */
export const equalExceptShortcodes = (one: string, other: string): boolean => bareWords(one) === bareWords(other)

/**
 * One text but for a piece in its midst, which is missing in the first? Streams drop what a shortcode encloses, a thread's own
 * page prints it. Who adds to a text does so at its end, mostly.
 */
export function equalExceptGap(whole: string, other: string): boolean {
  const [a, b] = [bareWords(whole), bareWords(other)]
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return start > 0 && end > 0 && start + end === a.length
}

const SHORTCODE = /\[([a-z][\w-]*)(?:\s[^\]]*)?\](?:[^[]*\[\/\1\])?/gi

const bareWords = (text: string): string => text.replace(SHORTCODE, '').replace(/\s+/g, '').normalize('NFC')

/** The title or the first words of an opening post, for lists and file names; empty where it has no words. */
export function titleOf({ heading, text }: Pick<PostText, 'heading' | 'text'>): string {
  const line = (heading || text).replace(/^- /, '').replace(/\s+/g, ' ').trim()
  if (line.length <= 80) return line
  // Scripts without spaces are cut anywhere, but never inside an emoji.
  const space = line.lastIndexOf(' ', 80)
  return `${line
    .slice(0, space > 40 ? space : 80)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}
