/** Streams show this many characters of a text, tags not counted and an entity as one. */
const LIMIT = 358
/** The ellipsis is counted as the eight characters of its entity. */
const ELLIPSIS = '&hellip;'
const ROOM = LIMIT - ELLIPSIS.length

const TOKEN = /<\/?([a-z][a-z0-9]*)[^>]*>|&(?:#\d+|\w+);|[^<&]|[<&]/giu
const VOID = new Set(['br', 'img', 'hr', 'wbr'])

const visible = (html: string): number => [...html.replace(/<[^>]*>/g, '')].length

/** The text as streams show it: cut at a word, tags closed again, and `more` behind the ellipsis. */
export function excerpt(html: string, more: string): string {
  return visible(html) <= LIMIT ? html : cut(html.match(TOKEN) ?? [], more)
}

function cut(tokens: readonly string[], more: string): string {
  const end = cutAt(tokens)
  const open: string[] = []
  for (const token of tokens.slice(0, end)) track(token, open)
  const closing = open.reverse().map(name => `</${name}>`)
  return `${tokens.slice(0, end).join('').trimEnd()}${ELLIPSIS}${more}${closing.join('')}\n`
}

const isTag = (token: string): boolean => token.length > 1 && token.startsWith('<')

/** Index of the token to stop before: the last space that still fits, or the limit itself in a text without spaces. */
function cutAt(tokens: readonly string[]): number {
  let count = 0
  let space = 0
  for (const [index, token] of tokens.entries()) {
    if (isTag(token)) continue
    if (/^\s$/.test(token)) space = index
    count += 1
    if (count > ROOM) return space || index
  }
  return tokens.length
}

function track(token: string, open: string[]): void {
  if (!isTag(token)) return
  const name = /^<\/?([a-z0-9]+)/i.exec(token)?.[1]?.toLowerCase() ?? ''
  if (token.startsWith('</')) open.splice(open.lastIndexOf(name), 1)
  else if (!VOID.has(name)) open.push(name)
}
