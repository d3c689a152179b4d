import type { Place } from '../words/places.js'
import type { WrittenPost } from './post.js'
import type { LayoutName } from './style.js'

/** How a post is set: what is before it, and where its lines begin. */
export interface Layout {
  /** Replies say whom they answer in all places but the first below the opening post. */
  isFlat: boolean
  /** The post with an empty line before it. `above`: the post before it in the document; null: none. */
  set(post: WrittenPost, place: Place, above: SetPost | null): string
}

/** A post that was set, and where. */
export interface SetPost {
  post: WrittenPost
  place: Place
}

/** `headings`: the level of the headings of opening posts. */
export function layoutOf(name: LayoutName, headings: number): Layout {
  const layouts: Record<LayoutName, Layout> = {
    list: { isFlat: false, set: listed },
    quote: { isFlat: false, set: quoted },
    flat: { isFlat: true, set: post => `\n${lined(post)}` },
    headings: { isFlat: false, set: (post, place) => `\n${headed(post, Math.min(headings + place.level, 6))}` },
  }
  return layouts[name]
}

/** The post line, and the text after a hard break or in a paragraph of its own. */
function lined(post: WrittenPost): string {
  if (post.name === null) return post.text
  return `**${post.name}**${post.arrow}, ${post.date}${post.flows ? '\\\n' : '\n\n'}${post.text}`
}

/** Nested items. The opening post is no item. */
function listed(post: WrittenPost, { level }: Place, above: SetPost | null): string {
  if (level === 0) return `\n${lined(post)}`
  // A reader that takes any bullets for one list (pandoc's own markdown) would take replies for items of a list in a post.
  const apart = above?.post.endsInList && above.place.level < level ? `\n${'  '.repeat(level - 1)}\u2060\n` : ''
  return `${apart}\n${'  '.repeat(level - 1)}- ${indented(lined(post), '  '.repeat(level))}`
}

/** Not `^` with the m flag: for JavaScript a line also starts after U+2028, for markdown it does not. */
const indented = (text: string, pad: string): string => text.replace(/\n(?=[^\n])/g, `\n${pad}`)

/** A quotation for each level, as in a mail. */
function quoted(post: WrittenPost, { level }: Place, above: SetPost | null): string {
  const marks = '> '.repeat(level)
  const shared = '> '.repeat(Math.min(level, above?.place.level ?? 0)).trimEnd()
  const lines = lined(post).trimEnd().split('\n')
  return `${shared}\n${lines.map(line => `${marks}${line}`.trimEnd()).join('\n')}\n`
}

function headed(post: WrittenPost, level: number): string {
  if (post.name === null) return post.text
  return `${'#'.repeat(level)} ${post.name.replace(/#$/, '\\#')}${post.arrow}\n\n${post.date}${post.flows ? '\\\n' : '\n\n'}${post.text}`
}
