import { spawn } from 'node:child_process'
import type { Machine } from './programs.js'
import { programOnPath } from './programs.js'

/**
 * Shows a page of the manual (roff) by the program `man`, which starts the pager of the user.
 * False: there is no such program, or it does not take a page from its input, as on macOS.
 */
export async function showManPage(
  page: string,
  { env, platform }: Pick<Machine, 'env' | 'platform'>,
): Promise<boolean> {
  const man = platform === 'win32' ? null : programOnPath(['man'], { env, platform })
  if (man === null) return false
  // A pager can't draw on a terminal that knows no movement.
  const plain = env['TERM'] === 'dumb' ? { MANPAGER: 'cat' } : {}
  const child = spawn(man, ['-l', '-'], { env: { ...env, ...plain }, stdio: ['pipe', 'inherit', 'ignore'] })
  return new Promise(resolve => {
    child.once('error', () => resolve(false))
    child.once('close', code => resolve(code === 0))
    // The pager was left before all of the page was read.
    child.stdin?.on('error', () => {})
    child.stdin?.end(page)
  })
}
