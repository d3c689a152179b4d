import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..')

/** Runs npm in the clone, which shows what it does. On Windows npm is a script, which only a shell runs. */
export const npm = (...words) => void run(words, 'inherit')

/** Gives what npm prints. */
export const npmText = (...words) => run(words, 'pipe')

function run(words, stdout) {
  const isWindows = process.platform === 'win32'
  const line = isWindows ? words.map(word => `"${word}"`) : words
  return execFileSync('npm', line, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', stdout, 'inherit'],
    shell: isWindows,
  })
}
