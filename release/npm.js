import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** Runs npm in the clone, and gives what it prints. On Windows npm is a script, which only a shell runs. */
export function npm(...words) {
  const isWindows = process.platform === 'win32'
  const line = isWindows ? words.map(word => `"${word}"`) : words
  const how = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], shell: isWindows }
  return execFileSync('npm', line, how)
}
