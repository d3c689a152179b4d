const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A bar of at most `width` columns; what is more than nothing shows, however little it is. */
export function bar(value: number, most: number, width: number): string {
  if (value <= 0 || most <= 0 || width < 1) return ''
  const eighths = Math.max(1, Math.round((value / most) * width * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

/** A character a number; a blank for none. `most`: what the highest one stands for. */
export const sparkline = (values: readonly number[], most = Math.max(...values, 1)): string =>
  values.map(value => (value <= 0 ? ' ' : (STEPS[Math.ceil((value / most) * 8) - 1] ?? '█'))).join('')
