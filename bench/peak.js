import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../bin/threadkeep.js', import.meta.url))
const PEAK = `process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))`
const PRELOAD = `data:text/javascript,${encodeURIComponent(PEAK)}`

/** Peak resident memory of a command in MB, as the kernel counts it. */
export function peakOf(words, cwd) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', PRELOAD, BIN, ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
  return Math.round(Number(/peak (\d+)$/.exec(stderr)?.[1]) / 1024)
}
