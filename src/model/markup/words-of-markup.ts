/** Elements without content. */
const VOID = new Set('area base br col embed frame hr img input link meta source track wbr'.split(' '))

// The name ends before a character that is none of its own, so that a tag without an end is looked at once, not once a letter.
const PIECES = /<(\/?)([a-z][a-z0-9]*)(?![a-z0-9])[^<>]*>|[^<]+|</gi

/**
 * The words of HTML, in linear time and without a tree: for markup with so many tags that a tree of it would take too long or too much
 * memory. Tags become spaces, entities stay as they are, and the content of `silent` elements is left out.
 */
export function wordsOfMarkup(html: string, silent: ReadonlySet<string>): string {
  const words: string[] = []
  let inside: string | null = null
  for (const [piece, end, tag] of html.matchAll(PIECES)) {
    const name = tag?.toLowerCase()
    if (name !== undefined) {
      inside = silentAfter(inside, name, end === '/', silent)
      if (words.at(-1) !== ' ') words.push(' ')
    } else if (inside === null && piece !== '<') words.push(piece)
  }
  return words.join('')
}

/** The silent element in which the text after this tag is; null: none. */
function silentAfter(inside: string | null, name: string, isEnd: boolean, silent: ReadonlySet<string>): string | null {
  if (inside !== null) return isEnd && name === inside ? null : inside
  return !isEnd && silent.has(name) && !VOID.has(name) ? name : null
}
