import wrapAnsi from 'wrap-ansi'

/** Long words and URLs are cut at the edge. A line keeps its own indentation, as in code or a list, in all its parts. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => {
    if (line.length <= width && SIMPLE.test(line)) return [line.trimEnd()]
    const lead = ' '.repeat(Math.min(line.search(/[^ ]|$/), Math.floor(width / 2)))
    const parts = wrapAnsi(line.trim(), width - lead.length, { hard: true }).split('\n')
    return parts.map(part => `${lead}${part}`.trimEnd())
  })
}

/** Letters that all are one column wide: most lines of most threads, and there is nothing to measure. */
const SIMPLE = /^[!-~][ -~]*$/
