/** Text in the language of man pages (macros of man(7)), which groff and mandoc read. */

/** Text for a line of a page: no character of it is a command, and a hyphen that is copied is a hyphen. */
export const roffText = (text: string): string => roffWord(text).replace(/^\./, '\\&.')

/** Within a line: a point at its beginning would be a macro. */
const roffWord = (text: string): string =>
  text.replace(/[\\\-'`^~"]|[^\x20-\x7e]/gu, character => ESCAPES[character] ?? unicode(character))

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
  [`.${name}`, ...words.map(word => `"${roffText(word).replaceAll('\\-', '-')}"`)].join(' ')

/** Bytes of a line of source, at most; longer only where a word is. */
const LINE = 78

/** Text as lines of source: a sentence begins a line, as mandoc wants it. */
export function textLines(text: string): string[] {
  const lines: string[] = []
  for (const sentence of text.split(/(?<=[.!?]["')]?) +(?=\S)/)) {
    let line = ''
    for (const word of sentence.split(/\s+/).map(roffWord)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (longer.length > LINE && line !== '') lines.push(line)
      line = longer.length > LINE ? word : longer
    }
    lines.push(line)
  }
  return lines.map(line => line.replace(/^\./, '\\&.'))
}

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

/** A paragraph with its term above it. */
export const item = (term: string, text: string): string[] => [
  '.TP',
  term,
  ...(text === '' ? ['\\&'] : textLines(text)),
]

/** Lines that are shown as they are. */
export const literal = (lines: readonly string[]): string[] => [
  '.PP',
  '.nf',
  ...lines.map(line => roffText(line)),
  '.fi',
]

export const paragraph = (text: string): string[] => ['.PP', ...textLines(text)]
