/** A command line, and what it prints. */
export interface Step {
  line: string
  output: readonly string[]
}

const ROW = 17
const LETTER = 8.43
const COLUMNS = 80
const MARGIN = 20
/** Seconds before a step is shown. */
const PAUSE = 1.6

const STYLE = `
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #d6dbe3; white-space: pre; }
    .line { fill: #8bd5a0; font-weight: bold; }
    g { animation: step 0.01s linear both; }
    @keyframes step { from { opacity: 0; } to { opacity: 1; } }
    @media (prefers-reduced-motion: reduce) { g { animation: none; } }`

/**
 * A recording of a terminal: the steps appear one after the other, and stay. It has a dark ground of its own, so that it can be read on a light
 * page and on a dark one.
 */
export function terminalSvg(steps: readonly Step[], title: string): string {
  let row = 0
  const groups = steps.map(({ line, output }, at) => {
    const rows = [[`$ ${line}`, 'line'], ...output.map(text => [text, '']), ['', '']] as const
    const texts = rows.flatMap(([text, name]) => rowOf(text, name, row++))
    return `  <g style="animation-delay: ${(at * PAUSE).toFixed(1)}s">\n${texts.join('\n')}\n  </g>`
  })
  const [width, height] = [Math.ceil(COLUMNS * LETTER) + 2 * MARGIN, (row - 1) * ROW + 2 * MARGIN]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `  <title>${escaped(title)}</title>\n  <style>${STYLE}\n  </style>`,
    `  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#1b1f27" stroke="#4b5563"/>`,
    ...groups,
    '</svg>\n',
  ].join('\n')
}

function rowOf(text: string, name: string, row: number): string[] {
  if (text === '') return []
  const place = `x="${MARGIN}" y="${MARGIN + 13 + row * ROW}"`
  return [`    <text ${name ? `class="${name}" ` : ''}${place} xml:space="preserve">${escaped(text)}</text>`]
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
