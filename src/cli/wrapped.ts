import wrapAnsi from 'wrap-ansi'

/** Long words and URLs are cut at the edge. A line keeps its own indentation, as in code or a list, in all its parts. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => {
    const lead = ' '.repeat(Math.min(line.search(/[^ ]|$/), Math.floor(width / 2)))
    const parts = wrapAnsi(line.trim(), width - lead.length, { hard: true }).split('\n')
    return parts.map(part => `${lead}${part}`.trimEnd())
  })
}
