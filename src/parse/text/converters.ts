/** A text dump without what its converter has added; as many lines as before. */
interface Cleaned {
  text: string
  /** As the converter has written it. */
  written: string
  /** Addresses by the number in a mark of a link. */
  links: ReadonlyMap<number, string>
}

/**
 * NUL, which is taken out of every text, is around the number of a link: no text can hold such a mark of its own. Of one byte, because
 * with a character of more V8 would store all of the text in two bytes a character.
 */
const mark = (number: number): string => `\0${number}\0`
const MARK = /\0(\d+)\0/g

/** A text without marks of links. */
export const withoutMarks = (text: string): string => text.replace(MARK, '')

/** The numbers of the links in a text, in its order. */
export const marksIn = (text: string): number[] => [...text.matchAll(MARK)].map(([, number]) => Number(number))

/** Takes out what lynx, html2text and markdown add: numbers and addresses of links, underscores for spaces, escapes. */
export function cleaned(text: string): Cleaned {
  const plain = text
    .replace(/\r\n?|\u2028|\u2029|\f|\v/g, '\n')
    .replace(/[\ufeff\0]/g, '')
    .replace(AROUND_WORDS, '')
    .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
    .replace(/.[\b]/g, '')
  const references = referencesOf(plain)
  const [marked, links] = references ? fromLynx(plain, references) : fromMarkdown(plain)
  const body = marked.replace(CHANGES, '$2').replace(ENTITY, characterOf)
  return { text: isUnderscored(plain) ? body.split('\n').map(withSpaces).join('\n') : body, written: plain, links }
}

/** Spaces of no width around words, which pages have for their layout; within them they are text: Thai and Khmer divide words by them. */
const AROUND_WORDS = /(?<!\S)\u200b+|(?<!\u200b)\u200b+(?!\S)/g

/** Marks of w3m and lynx around what was deleted or added. */
const CHANGES = /\[(DEL|INS):\s?([^\n]{0,2000}?)\s?:\1\]/g

/** Characters that html2text does not know. */
const ENTITY = /&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi

function characterOf(all: string, hexadecimal: string | undefined, decimal: string | undefined): string {
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : all
}

interface References {
  /** Index of their heading. */
  start: number
  urls: Map<number, string>
}

/** The list of links at the end of a text of lynx. */
function referencesOf(text: string): References | null {
  const start = text.search(/^References\s*$(?=\s*(?:(?:Visible|Hidden) links:?\s*)?^\s*1\. \S)/m)
  if (start < 0) return null
  const urls = new Map<number, string>()
  for (const [, number, url] of text.slice(start).matchAll(/^\s*(\d{1,6})\. (\S+)/gm))
    if (number && url) urls.set(Number(number), url)
  return { start, urls }
}

function fromLynx(text: string, { start, urls }: References): [string, ReadonlyMap<number, string>] {
  const body = text
    .slice(0, start)
    .replace(/(?<![\p{L}\p{N}_\])])\[(\d{1,6})\]/gu, (all, number: string) =>
      urls.has(Number(number)) ? mark(Number(number)) : all,
    )
    .replace(/\(BUTTON\)|_{8,}/g, '')
  return [body, urls]
}

/** `[words](address)`, where the words may be wrapped, and pictures within links. */
const LINK =
  /(!?)\[([^\][]{0,400})\]\(\s?<?([^\s()<>]{1,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,2000})?)>?(?:\s+"[^"\n]{0,400}")?\s?\)/g

/** Texts of programs that print links as markdown does. */
const isMarkdown = (text: string): boolean => /\]\((?:https?:\/)?\//.test(text)

function fromMarkdown(text: string): [string, ReadonlyMap<number, string>] {
  const links = new Map<number, string>()
  if (!isMarkdown(text)) return [text, links]
  const linked = (_: string, picture: string, words: string, url: string) => {
    if (picture !== '') return words
    links.set(links.size + 1, url)
    return `${words}${mark(links.size)}`
  }
  // A link may hold a picture.
  const body = text.replace(LINK, linked).replace(LINK, linked)
  return [
    body
      .replace(/(?<![\p{L}\p{N}*])(\*\*|__|\*|_)(?=\S)([^*_\n]{1,400}?)(?<=\S)\1(?![\p{L}\p{N}*])/gu, '$2')
      .replace(/\\([-\\`*_{}[\]()#+.!>~|])/g, '$1'),
    links,
  ]
}

/** html2text of Debian writes `_` for the spaces of a link. */
const isUnderscored = (text: string): boolean =>
  /^\s*(?:\*{2,6} \S.* \*{2,6}|[Ss]kip_to_content)\s*$/m.test(text) || /\[[Pp]rofile_picture_of_/.test(text)

const withSpaces = (line: string): string =>
  line.replace(/[^\s/]*_[^\s/]*/g, (word, at: number) =>
    /[./@:]\S/.test(word) || line[at - 1] === '/' || line[at + word.length] === '/' ? word : word.replaceAll('_', ' '),
  )
