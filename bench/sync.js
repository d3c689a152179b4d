import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { invented, withServer } from './servers.js'

/** Syncs of an unchanged community: requests and time, small against large; and the growth of the file by a hundred syncs. */

const BIN = fileURLToPath(new URL('../bin/threadkeep.js', import.meta.url))
const [SMALL, LARGE] = [700, 2100]
const TIMES = 100
/** A sync without news grows the archive by a few kilobytes. */
const MOST_BYTES = 10_000

export async function syncRows() {
  const rows = []
  for (const pack of ['legacy', 'nouveau']) {
    for (const rest of [true, false]) rows.push(await costRow(pack, rest))
  }
  return [...rows, await growthRow()]
}

async function costRow(pack, rest) {
  const [few, many] = [await costOf(SMALL, pack, rest), await costOf(LARGE, pack, rest)]
  const note = `${few.requests} requests and ${few.seconds} s with ${SMALL} threads, ${many.requests} and ${many.seconds} s with ${LARGE}; read whole: ${many.whole}`
  const what = `sync: unchanged, ${rest ? 'REST' : pack === 'legacy' ? 'page' : 'AJAX'} (${pack})`
  return { what, ratio: many.requests / many.whole, target: 1, note }
}

/** The second sync, because the first sync stores the state of the feeds. */
const costOf = (threads, pack, rest) =>
  withServer(invented(threads, pack, rest), url =>
    inFolder(db => {
      const whole = run(['archive', `${url}groups/gardeners/`], db).requests
      run(['sync'], db)
      const start = performance.now()
      const { requests } = run(['sync'], db)
      return { requests, whole, seconds: ((performance.now() - start) / 1000).toFixed(1) }
    }),
  )

const growthRow = () =>
  withServer(invented(40, 'nouveau', true), url =>
    inFolder(db => {
      run(['archive', `${url}groups/gardeners/`], db)
      run(['sync'], db)
      const before = statSync(db).size
      for (let time = 0; time < TIMES; time++) run(['sync'], db)
      const each = (statSync(db).size - before) / TIMES
      const note = `${(each / 1000).toFixed(1)} kB a sync over ${TIMES} syncs, from ${(before / 1000).toFixed(0)} kB; at the most ${MOST_BYTES / 1000}`
      return { what: 'sync: growth of the file', ratio: each / MOST_BYTES, target: 1, note }
    }),
  )

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    return work(join(folder, 'a.db'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(words, db) {
  const line = [BIN, ...words, '--db', db, '--sleep-requests', '0', '--json', '-q']
  const { status, stdout, stderr } = spawnSync(process.execPath, line, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}
