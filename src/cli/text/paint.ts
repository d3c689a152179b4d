/** Colours a piece of text, or returns it unchanged. */
export type Brush = (text: string) => string

export type Colour = 'bold' | 'dim' | 'red' | 'green' | 'magenta' | 'cyan'

/**
 * How text is shown. Colours only repeat what words or places say. Yellow, white and bright colours are missing, because nobody can read
 * them on a light background.
 */
export interface Paint extends Record<Colour, Brush> {
  /** Text that leads to an address, where the terminal can open it. */
  link(text: string, url: string): string
  /** True for `--plain`: text that is read aloud has words instead of symbols, columns and drawings. */
  spoken: boolean
}

const unchanged: Brush = text => text

/** Without colours. */
export const PLAIN: Paint = {
  bold: unchanged,
  dim: unchanged,
  red: unchanged,
  green: unchanged,
  magenta: unchanged,
  cyan: unchanged,
  link: unchanged,
  spoken: false,
}

/** For screen readers. */
export const SPOKEN: Paint = { ...PLAIN, spoken: true }

/** Facts side by side. */
export const joined = (facts: readonly string[], { spoken }: Pick<Paint, 'spoken'>): string =>
  facts.join(spoken ? '; ' : ' · ')

/** From one value to another. */
export const arrow = ({ spoken }: Pick<Paint, 'spoken'>): string => (spoken ? ' to ' : ' → ')
