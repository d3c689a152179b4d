import { withEllipsis } from '../../model/markup/white-space.js'
import { isolated, terminalLine } from './terminal-text.js'
import { letters, textWidth } from './width.js'

/** Shortens to `width` columns, with `…`. 漢 and 🦋 take two columns. */
export function shortened(text: string, width: number): string {
  return isolated(cut(text, width))
}

function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  let used = 0
  for (const { segment } of letters(text)) {
    used += textWidth(segment)
    if (used > width - 1) break
    kept += segment
  }
  return width < 1 ? '' : withEllipsis(kept)
}

/** `text` in exactly `width` columns, shortened or filled up. */
export function cell(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fit = shortened(text, width)
  const blanks = ' '.repeat(Math.max(0, width - textWidth(fit)))
  return align === 'left' ? fit + blanks : blanks + fit
}

/** Tab-separated cells for scripts: nothing is shortened, and unknown is empty. */
export const tabRow = (cells: readonly (string | number | null | undefined)[]): string =>
  cells.map(value => terminalLine(String(value ?? ''))).join('\t')
