const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']
const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A bar of at most `width` columns. `max`: the value of a full bar. A value above 0 is always visible. */
export function bar(value: number, max: number, width: number): string {
  if (value <= 0 || max <= 0 || width < 1) return ''
  const eighths = Math.max(1, Math.round((value / max) * width * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')
}

/** A character per number, blank for 0. `max`: the value of the highest character. */
export const sparkline = (values: readonly number[], max = Math.max(...values, 1)): string =>
  values.map(value => (value <= 0 ? ' ' : (STEPS[Math.ceil((value / max) * 8) - 1] ?? '█'))).join('')
