import type { Io, Out } from './io.js'

/** Colours a piece of text, or leaves it as it is. */
export type Brush = (text: string) => string
export type Paint = Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', Brush>

/**
 * Whether a stream gets colours. In order: `--no-color`; NO_COLOR (https://no-color.org: any value but the empty one);
 * FORCE_COLOR, for logs of CI that show colours; else a terminal that is not dumb.
 */
export function wantsColour(out: Out, env: Io['env'], flag = true): boolean {
  if (!flag || env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return out.isTTY && env['TERM'] !== 'dumb'
}

/** chalk is loaded only where there is something to colour. Sixteen colours: they follow the user's own theme. */
export async function paintFor(out: Out, io: Io, flag = true): Promise<Paint> {
  if (!wantsColour(out, io.env, flag)) return PLAIN
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}

const same: Brush = text => text

export const PLAIN: Paint = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }
