import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { noncesIn } from '../dist/sources/site/secrets.js'
import { median } from './measure.js'
import { pythonWith } from './python.js'
import { hasRecordings, invented, recorded, withServer } from './servers.js'
import { writeWork } from './work.js'

/**
 * Archives a whole community from a loopback server without pauses, against bench/floor.js: CPU time of the process, all threads,
 * after its modules are loaded. The server and the contenders are separate processes; the contenders alternate.
 */

const TARGET = 1.5
/** At least two times less than Python. */
const PYTHON_TARGET = 0.5
const ROUNDS = 5
const PYTHON = pythonWith('requests, bs4, lxml')
const GROUP = 'groups/gardeners/'
const RECORDED = 'groups/care-at-home-practice-network/'

const COMMUNITIES = [
  { name: 'invented, Nouveau', serve: () => invented(1000, 'nouveau'), path: GROUP },
  { name: 'invented, Legacy', serve: () => invented(1000, 'legacy'), path: GROUP },
  { name: 'invented, REST', serve: () => invented(1000, 'nouveau', true), path: GROUP },
]

/** The recorded communities have REST, so that their pages are only read on request. */
const RECORDINGS = [
  { name: 'recorded, Nouveau', serve: () => recorded('bp14-nouveau', 10), path: RECORDED, via: 'ajax' },
  { name: 'recorded, Legacy', serve: () => recorded('bp14-legacy', 10), path: RECORDED, via: 'page' },
  { name: 'recorded, REST', serve: () => recorded('bp14-nouveau', 10), path: RECORDED, via: 'rest' },
]

export async function archiveRows() {
  const rows = []
  for (const { name, serve, path, via = 'auto' } of hasRecordings ? [...COMMUNITIES, ...RECORDINGS] : COMMUNITIES)
    rows.push(...(await withServer(serve(), url => rowsOf(name, url + path, via))))
  return rows
}

async function rowsOf(name, target, via) {
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bench-'))
  try {
    return tell(name, await contest(target, via, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first run makes the list of work for the floor, and warms up the server. */
async function contest(target, via, folder) {
  const first = join(folder, 'first.db')
  run('archive-child.js', target, first, via)
  const nonces = noncesIn(Buffer.from(await (await fetch(target)).arrayBuffer()))
  const plain = join(folder, 'plain.json')
  const indexed = join(folder, 'indexed.json')
  await writeWork(first, plain, { nonces, indexes: false })
  await writeWork(first, indexed, { nonces, indexes: true })
  const seen = { archive: [], plain: [], indexed: [], python: [] }
  for (let round = 0; round < ROUNDS; round++) {
    seen.archive.push(run('archive-child.js', target, join(folder, `archive-${round}.db`), via))
    seen.plain.push(run('floor.js', plain, join(folder, `plain-${round}.db`)))
    seen.indexed.push(run('floor.js', indexed, join(folder, `indexed-${round}.db`)))
    if (PYTHON) seen.python.push(runPython('floor.py', plain, join(folder, `python-${round}.db`)))
  }
  return seen
}

const run = (script, ...words) =>
  JSON.parse(execFileSync(process.execPath, [here(script), ...words], { encoding: 'utf8' }))

const runPython = (script, ...words) =>
  JSON.parse(execFileSync(PYTHON, ['-W', 'ignore', here(script), ...words], { encoding: 'utf8' }))

const here = script => fileURLToPath(new URL(script, import.meta.url))

function tell(name, seen) {
  const middle = (who, what) => median(seen[who].map(result => result[what]))
  const spent = `${Math.round(middle('archive', 'cpu'))} : ${Math.round(middle('plain', 'cpu'))} ms CPU`
  const all = (middle('archive', 'all') / middle('plain', 'all')).toFixed(2)
  const indexed = (middle('archive', 'cpu') / middle('indexed', 'cpu')).toFixed(2)
  const note = `${seen.archive[0].posts} posts, ${spent}; ${all}x with the start; ${indexed}x a floor with our indexes`
  const row = {
    what: `archive: ${name}`,
    ratio: middle('archive', 'cpu') / middle('plain', 'cpu'),
    target: TARGET,
    note,
  }
  return [row, pythonRow(name, middle('archive', 'cpu'), seen.python)]
}

/** Against a floor of a Python script, which a whole one would exceed. */
function pythonRow(name, ours, results) {
  const what = `archive: ${name}, Python`
  if (!PYTHON) return { what, ratio: null, target: PYTHON_TARGET, note: 'no Python with requests, bs4 and lxml here' }
  const python = median(results.map(result => result.cpu))
  const note = `${Math.round(ours)} : ${Math.round(python)} ms CPU of requests, BeautifulSoup(lxml) and sqlite3`
  return { what, ratio: ours / python, target: PYTHON_TARGET, note }
}
