/** A row: what was measured, the ratio, and the highest ratio that the design allows. */

/** @param {{ what: string, ratio: number | null, target: number | null, note: string }} row */
export const withVerdict = row => ({
  ...row,
  verdict: row.ratio === null ? 'not measured' : row.ratio <= row.target ? 'ok' : 'over',
})

export function printTable(rows) {
  const lines = [['what', 'ratio', 'target', '', ''], ...rows.map(cellsOf)]
  const widths = [0, 1, 2, 3].map(at => Math.max(...lines.map(line => line[at].length)))
  for (const line of lines) console.log(lineOf(line, widths))
}

const lineOf = (line, widths) => {
  const padded = line.map((cell, at) => pad(cell, at, widths[at]))
  return padded.join('  ').trimEnd()
}

const cellsOf = ({ what, ratio, target, verdict, note }) => {
  const most = target === null ? '-' : `<= ${target}`
  return [what, ratio?.toFixed(2) ?? '-', most, verdict, note]
}

/** Numbers are right-aligned. */
const pad = (cell, at, width = 0) => (at === 1 || at === 2 ? cell.padStart(width) : cell.padEnd(width))
