import { type Paint, PLAIN, SPOKEN } from '../text/paint.js'
import { hyperlink, opensLinks } from './hyperlinks.js'
import type { Io, Out } from './io.js'

/** The flags that decide how text is shown. */
export interface PaintFlags {
  color?: boolean
  /** For screen readers: words only. */
  plain?: boolean
}

/**
 * True if a stream gets colours. In order of precedence: `--no-color`; NO_COLOR (https://no-color.org: any value but the
 * empty one); FORCE_COLOR, for CI logs that show colours; else a terminal that is not dumb.
 */
export function wantsColour(out: Out, env: Io['env'], flag = true): boolean {
  if (!flag || env['NO_COLOR']) return false
  const forced = env['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return out.isTTY && env['TERM'] !== 'dumb'
}

/** Loads chalk only when the stream gets colours. Sixteen colours, because these follow the theme of the user's terminal. */
export async function paintFor(out: Out, { env }: Pick<Io, 'env'>, { color, plain }: PaintFlags): Promise<Paint> {
  if (plain) return SPOKEN
  const link = opensLinks(out, env) ? hyperlink : PLAIN.link
  if (!wantsColour(out, env, color)) return { ...PLAIN, link }
  const { Chalk } = await import('chalk')
  const { bold, dim, red, green, magenta, cyan } = new Chalk({ level: 1 })
  return { bold, dim, red, green, magenta, cyan, link, spoken: false }
}
