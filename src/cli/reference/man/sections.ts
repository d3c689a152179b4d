/** A part of a help text: a paragraph, terms with what they mean, or lines that stay as they are. */
export type Block = { text: string } | { items: readonly Item[] } | { lines: readonly string[] }

interface Item {
  term: string
  meaning: string
}

/** `title` is null before the first heading. */
interface Section {
  title: string | null
  blocks: readonly Block[]
}

/**
 * The sections of a help text: a line `Title:` above indented lines is a heading, lines at the margin are paragraphs of the first section.
 * `known`: the terms that a man page lists itself, such as the options; a section that lists them is left out, and so is the usage.
 */
export function sectionsOf(help: string, known: readonly string[] = []): [Section, ...Section[]] {
  const untitled: Block[] = []
  const titled: Section[] = []
  for (const chunk of help.split(/\n\s*\n/)) {
    const lines = chunk.split('\n').filter(line => line.trim() !== '')
    const [head = '', ...rest] = lines
    if (head.startsWith('Usage:')) continue
    if (isTitle(head) && isIndented(rest[0] ?? '')) titled.push({ title: head.slice(0, -1), blocks: blocksOf(rest) })
    else untitled.push(...blocksOf(lines))
  }
  const isKnown = (block: Block) => 'items' in block && block.items.some(({ term }) => known.includes(term))
  return [{ title: null, blocks: untitled }, ...titled.filter(({ blocks }) => !blocks.some(isKnown))]
}

const isTitle = (line: string): boolean => /^[A-Z][^.:]*:$/.test(line)

const isIndented = (line: string): boolean => /^\s/.test(line)

/** Lines at the margin are one paragraph; indented ones are terms or keep their shape. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const isLiteral = isIndented(lines[at] ?? '')
    const end = lines.findIndex((line, other) => other > at && isIndented(line) !== isLiteral)
    const own = lines.slice(at, end === -1 ? lines.length : end)
    blocks.push(isLiteral ? indentedBlock(own) : { text: own.join(' ') })
    at += own.length
  }
  return blocks
}

function indentedBlock(indented: readonly string[]): Block {
  const margin = Math.min(...indented.map(line => line.length - line.trimStart().length))
  const lines = indented.map(line => line.slice(margin))
  const items: Item[] = []
  for (const line of lines) {
    const last = items.at(-1)
    const [, term, meaning = ''] = /^(\S+(?: \S+)*)(?: {2,}(.*))?$/.exec(line) ?? []
    if (term === undefined) {
      if (!last) return { lines }
      last.meaning = `${last.meaning} ${line.trim()}`.trimStart()
    } else items.push({ term, meaning })
  }
  // Each term has a meaning beside it or below it; otherwise, these are no terms.
  return items.every(({ meaning }) => meaning !== '') ? { items } : { lines }
}
