import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './measure.js'

/** Wall-clock time, because a user waits for it; fifteen measurements of each, alternating. */

const TARGET = 2
const ROUNDS = 15
const BIN = fileURLToPath(new URL('../bin/threadkeep.js', import.meta.url))

export function startRows() {
  const ours = []
  const bare = []
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timeOf([BIN, '--version']))
    bare.push(timeOf(['-e', '0']))
  }
  const note = `${Math.round(median(ours))} : ${Math.round(median(bare))} ms on the clock`
  return [{ what: 'start: --version against node -e 0', ratio: median(ours) / median(bare), target: TARGET, note }]
}

function timeOf(words) {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, words, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}`)
  return performance.now() - start
}
