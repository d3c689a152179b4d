import { type AddHelpTextContext, type Command, Help, type HelpConfiguration } from 'commander'

/** Columns that the text beside a term needs; with less, it is below its term. */
const LEAST = 24
const BELOW = 6

/** How the help of the program, of its commands and of topics is laid out. */
const LAYOUT: HelpConfiguration = {
  minWidthToWrap: 10,
  formatItem(this: Help, term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80
    const isNarrow = width - termWidth - 4 < LEAST
    if (!description || !(isNarrow || term.length > termWidth))
      return Help.prototype.formatItem.call(this, term, termWidth, description, helper)
    const lead = ' '.repeat(isNarrow ? BELOW : termWidth + 4)
    return `  ${term}\n${lead}${helper.boxWrap(description, width - lead.length).replaceAll('\n', `\n${lead}`)}`
  },
}

/** The help of a command: its usage, its first sentence, its examples, then the rest. */
export const commandHelp = (examples: readonly string[]): HelpConfiguration => ({
  ...LAYOUT,
  showGlobalOptions: true,
  commandDescription: () => '',
  formatHelp(this: Help, command, helper) {
    const [usage = '', ...options] = Help.prototype.formatHelp.call(this, command, helper).split('\n\n')
    const [sentence, rest] = firstSentence(command.description().replace(/\s+/g, ' '))
    const width = helper.helpWidth ?? 80
    const parts = [
      reflow(usage, width - 4).replaceAll('\n', '\n    '),
      reflow(sentence, width),
      `Examples:\n${exampleLines(examples)}`,
      reflow(rest, width),
      ...options,
    ]
    return parts.filter(part => part !== '').join('\n\n')
  },
})

function firstSentence(text: string): [string, string] {
  const end = /\.(?= )/.exec(text)?.index ?? text.length
  return [text.slice(0, end + 1), text.slice(end + 2)]
}

const exampleLines = (examples: readonly string[]): string => examples.map(line => `  $ threadkeep ${line}`).join('\n')

/** What follows the options of a command, for `addHelpText`. */
export const notes =
  (text: string | ((width: number) => string)) =>
  ({ command }: AddHelpTextContext): string => {
    const width = widthOf(command)
    return `\n${typeof text === 'string' ? reflow(text, width) : text(width)}`
  }

const widthOf = (command: Command): number => command.configureOutput().getOutHelpWidth?.() ?? 80

/** Paragraphs in the width of the window. Lines that are indented stay lines, as in a list. */
export function reflow(text: string, width: number): string {
  const lines: string[] = []
  for (const line of text.trim().split('\n')) {
    const last = lines.at(-1)
    if (last !== undefined && /^\S/.test(last) && /^\S/.test(line)) lines[lines.length - 1] = `${last} ${line}`
    else lines.push(line)
  }
  return lines.flatMap(line => (line.length <= width ? [line] : wrappedLine(line, width))).join('\n')
}

/** The rows of a line of a list are further in than its beginning. */
function wrappedLine(line: string, width: number): string[] {
  const lead = /^ *(?:\S+ {2,})?/.exec(line)?.[0].length ?? 0
  const inside = line.startsWith(' ') ? Math.min(lead, Math.floor(width / 2)) : 0
  const rows = layout(width - inside)
    .boxWrap(line.slice(inside), width - inside)
    .split('\n')
  return rows.map((row, at) => (at === 0 ? line.slice(0, inside) : ' '.repeat(inside)) + row)
}

const layout = (helpWidth: number): Help => Object.assign(new Help(), LAYOUT, { helpWidth })

/** The titles of a help are bold. */
export const withTitles = (text: string): string => text.replace(/^[A-Z][^\n]*:$/gm, title => `\x1b[1m${title}\x1b[22m`)

/** Terms, and beside each what it means. */
export type Terms = readonly (readonly [term: string, meaning: string])[]

/** `column`: the width of the column of terms; by default, that of the longest one. */
export function termLines(terms: Terms, width: number, column = longest(terms)): string {
  const help = layout(width)
  return terms.map(([term, meaning]) => help.formatItem(term, column, meaning, help)).join('\n')
}

const longest = (terms: Terms): number => Math.max(...terms.map(([term]) => term.length))

/** Sections with an empty line between them. */
export const page = (...sections: readonly string[]): string => sections.join('\n\n')
