import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fillArchive } from './many-posts.js'
import { median } from './measure.js'

/** Wall-clock time, because a user waits for it; fifteen measurements of each, alternating. Of the npm package, which is what users start. */

const ROUNDS = 15
const BIN = fileURLToPath(new URL('../build/package/bin/threadkeep.js', import.meta.url))

/** How many times the start of Node alone each may take. `a.db`: a small archive. */
const LINES = [
  ['--version', 1.6],
  ['--help', 1.6],
  ['list --db a.db', 2.5],
  ['search bees --db a.db', 2.5],
]

export function startRows() {
  const cwd = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    fillArchive(join(cwd, 'a.db'), 500)
    return LINES.map(([line, target]) => startRow(line, target, cwd))
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

function startRow(line, target, cwd) {
  const [ours, bare] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(timeOf([BIN, ...line.split(' ')], cwd))
    bare.push(timeOf(['-e', '0'], cwd))
  }
  const note = `${Math.round(median(ours))} : ${Math.round(median(bare))} ms on the clock`
  return { what: `start: ${line.split(' ')[0]} against node -e 0`, ratio: median(ours) / median(bare), target, note }
}

function timeOf(words, cwd) {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, words, { stdio: 'ignore', cwd })
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}`)
  return performance.now() - start
}
