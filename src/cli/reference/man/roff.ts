/** Text in the language of man pages (macros of man(7)), which groff and mandoc read. */

/** Text for a line of a page: no character of it is a command, and a hyphen that is copied is a hyphen. */
export function roffText(text: string): string {
  const escaped = text.replace(/[\\\-'`^~"]|[^\x20-\x7e]/gu, character => ESCAPES[character] ?? unicode(character))
  // A point at the beginning of a line would be a macro.
  return escaped.replace(/^\./, '\\&.')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
  '"': '\\(dq',
  '\t': '    ',
  '\n': ' ',
}

const unicode = (character: string): string =>
  `\\[u${(character.codePointAt(0) ?? 0xfffd).toString(16).toUpperCase().padStart(4, '0')}]`

/** A macro with its arguments, each in quotation marks. */
export const macro = (name: string, ...words: string[]): string =>
  [`.${name}`, ...words.map(word => `"${roffText(word)}"`)].join(' ')

/** Each flag and word bold, each `<value>` of a usage italic: `-f, --format <names>`. */
export function usageText(usage: string): string {
  return usage
    .split(/(<[^>]*>|\[[^\]]*\])/)
    .map((part, at) =>
      at % 2 === 1 ? valueText(part) : part.replace(/[^\s,|]+/g, word => `\\fB${roffText(word)}\\fR`),
    )
    .join('')
}

/** Brackets of what may be left out stay; `<…>` only marks a value. */
function valueText(part: string): string {
  const name = `\\fI${roffText(part.slice(1, -1))}\\fR`
  return part.startsWith('[') ? `[${name}]` : name
}

/** A paragraph that hangs below its term. */
export const item = (term: string, text: string): string[] => ['.TP', term, roffText(text) || '\\&']

/** Lines that are shown as they are. */
export const literal = (lines: readonly string[]): string[] => [
  '.PP',
  '.nf',
  ...lines.map(line => roffText(line)),
  '.fi',
]

export const paragraph = (text: string): string[] => ['.PP', roffText(text)]
