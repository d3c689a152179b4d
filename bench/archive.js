import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { noncesIn } from '../dist/sources/site/secrets.js'
import { median } from './measure.js'
import { hasRecordings, invented, recorded, withServer } from './servers.js'
import { writeWork } from './work.js'

/**
 * Archives a whole community from a loopback server without pauses, against bench/floor.js: CPU time of the process, all threads,
 * after its modules are loaded. The server and the contenders are separate processes; the contenders alternate.
 */

const TARGET = 1.5
const ROUNDS = 5
const GROUP = 'groups/gardeners/'
const RECORDED = 'groups/care-at-home-practice-network/'

export async function archiveRows() {
  const rows = [
    await withServer(invented(1000, 'nouveau'), url => rowOf('invented, Nouveau', url + GROUP)),
    await withServer(invented(1000, 'legacy'), url => rowOf('invented, Legacy', url + GROUP)),
    await withServer(invented(1000, 'nouveau', true), url => rowOf('invented, REST', url + GROUP)),
  ]
  if (!hasRecordings) return rows
  return [
    ...rows,
    await withServer(recorded('bp14-nouveau', 10), url => rowOf('recorded, Nouveau', url + RECORDED)),
    await withServer(recorded('bp14-legacy', 10), url => rowOf('recorded, Legacy', url + RECORDED)),
  ]
}

async function rowOf(name, target) {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    return tell(name, await contest(target, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first run makes the list of work for the floor, and warms up the server. */
async function contest(target, folder) {
  const first = join(folder, 'first.db')
  run('archive-child.js', target, first)
  const nonces = noncesIn(Buffer.from(await (await fetch(target)).arrayBuffer()))
  const plain = join(folder, 'plain.json')
  const indexed = join(folder, 'indexed.json')
  await writeWork(first, plain, { nonces, indexes: false })
  await writeWork(first, indexed, { nonces, indexes: true })
  const seen = { archive: [], plain: [], indexed: [] }
  for (let round = 0; round < ROUNDS; round++) {
    seen.archive.push(run('archive-child.js', target, join(folder, `archive-${round}.db`)))
    seen.plain.push(run('floor.js', plain, join(folder, `plain-${round}.db`)))
    seen.indexed.push(run('floor.js', indexed, join(folder, `indexed-${round}.db`)))
  }
  return seen
}

const run = (script, ...words) =>
  JSON.parse(
    execFileSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...words], { encoding: 'utf8' }),
  )

function tell(name, seen) {
  const middle = (who, what) => median(seen[who].map(result => result[what]))
  const spent = `${Math.round(middle('archive', 'cpu'))} : ${Math.round(middle('plain', 'cpu'))} ms CPU`
  const all = (middle('archive', 'all') / middle('plain', 'all')).toFixed(2)
  const indexed = (middle('archive', 'cpu') / middle('indexed', 'cpu')).toFixed(2)
  const note = `${seen.archive[0].posts} posts, ${spent}; ${all}x with the start; ${indexed}x a floor with our indexes`
  return { what: `archive: ${name}`, ratio: middle('archive', 'cpu') / middle('plain', 'cpu'), target: TARGET, note }
}
