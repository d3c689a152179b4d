// Archives every BuddyPress recording as a visitor, through the command as users run it, and holds the export against the
// truth out of the community's database: node .ci/recordings.js ../shared/recordings [NAME...]
// What was reached stands in reached.json; falling below it fails. Prints "ok"/"not ok" lines.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const [recordings, ...names] = process.argv.slice(2)
const BIN = resolve(import.meta.dirname, '../bin/threadkeep.js')
const REACHED = JSON.parse(readFileSync(join(import.meta.dirname, 'reached.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'threadkeep-recordings-'))

/** Starts the replay server and gives its address, which is the first line it prints. */
function replay(name) {
  const server = spawn(process.execPath, [join(recordings, 'replay.mjs'), join(recordings, 'dev', name)])
  const url = new Promise((found, failed) => {
    server.stdout.once('data', line => found(String(line).trim().split('\n')[0]))
    server.once('exit', code => failed(new Error(`the replay server ended with ${code}`)))
  })
  return { server, url }
}

/** Commands end with 4 on members-only communities: that is an answer, not a failure. */
function threadkeep(...words) {
  try {
    return {
      code: 0,
      out: execFileSync(process.execPath, [BIN, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    }
  } catch (error) {
    return { code: error.status, out: String(error.stdout ?? '') }
  }
}

function compare(name, file) {
  const words = [join(recordings, 'compare.mjs'), join(recordings, 'dev', name), file, '--json']
  try {
    return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }))
  } catch (error) {
    return JSON.parse(String(error.stdout))
  }
}

async function check(name, expected) {
  const { server, url } = replay(name)
  try {
    const label = `${name}-${expected.via ?? 'auto'}`
    const db = join(folder, `${label}.db`)
    const file = join(folder, `${label}.jsonl`)
    const words = [
      'archive',
      `${(await url).replace(/\/$/, '')}/`,
      '--db',
      db,
      '--sleep-requests',
      '0',
      '--json',
      ...(expected.via ? ['--via', expected.via] : []),
    ]
    const run = threadkeep(...words)
    threadkeep('export', '--db', db, '-f', 'jsonl', '-o', file)
    return { code: run.code, report: JSON.parse(run.out), ...compare(name, file) }
  } finally {
    server.kill()
  }
}

/** What is wrong, kind by kind: a share alone would hide an extra post behind a found one. */
const faultsOf = found => Object.values(found).reduce((sum, rows) => sum + rows.length, 0)

const unknown = readdirSync(join(recordings, 'dev')).filter(name => !REACHED.some(row => row.name === name))
if (names.length === 0) for (const name of unknown) console.log(`# ${name} is not read yet`)
for (const expected of REACHED.filter(row => names.length === 0 || names.includes(row.name))) {
  const label = `${expected.name}${expected.via ? ` --via ${expected.via}` : ''}`
  try {
    const result = await check(expected.name, expected)
    const faults = faultsOf(result.found)
    const good = result.share >= expected.share && faults <= expected.faults && result.code === expected.exit
    const { exact, interval } = result.counted
    console.log(
      `${good ? 'ok' : 'not ok'} ${label}: ${result.share.toFixed(2)} % of ${result.expected} posts right, ${faults} faults, dates exact ${exact} and as interval ${interval}, ` +
        `${result.report.requests} requests, ${result.report.bytes} bytes, exit ${result.code}`,
    )
  } catch (error) {
    console.log(`not ok ${label}: ${error.message}`)
  }
}
rmSync(folder, { recursive: true, force: true })
