import { type Paint, PLAIN } from '../text/paint.js'
import type { Io, Out } from './io.js'

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
export async function paintFor(out: Out, io: Io, flag = true): Promise<Paint> {
  if (!wantsColour(out, io.env, flag)) return PLAIN
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
