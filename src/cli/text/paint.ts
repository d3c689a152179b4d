/** Colours a piece of text, or returns it unchanged. */
export type Brush = (text: string) => string
export type Paint = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', Brush>

const unchanged: Brush = text => text

/** Without colours. */
export const PLAIN: Paint = {
  bold: unchanged,
  dim: unchanged,
  red: unchanged,
  green: unchanged,
  yellow: unchanged,
  cyan: unchanged,
}
