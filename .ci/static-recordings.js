// Archives the recorded communities of other themes and configurations, through the command as users run it, and compares the
// exports with the truth: node .ci/static-recordings.js ../shared/recordings [NAME...]
// What was reached is in reached-static.json; falling below it fails. Prints "ok"/"not ok" lines, as recordings.js does.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const [recordings, ...names] = process.argv.slice(2)
const BIN = resolve(import.meta.dirname, '../bin/threadkeep.js')
const REACHED = JSON.parse(readFileSync(join(import.meta.dirname, 'reached-static.json'), 'utf8'))
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'threadkeep-static-'))

const aboutOf = name => JSON.parse(readFileSync(join(recordings, name, 'about.json'), 'utf8'))

/** Starts the server and gives its address, which is the first line that it prints. */
function serve(name) {
  const server = spawn(process.execPath, [join(recordings, 'static.mjs'), join(recordings, name)])
  const url = new Promise((found, failed) => {
    server.stdout.once('data', line => found(String(line).trim().split('\n')[0].replace(/\/$/, '')))
    server.once('exit', code => failed(new Error(`the server ended with ${code}`)))
  })
  return { server, url }
}

/** The exit code and the output: other codes than 0 are answers here. */
async function node(...words) {
  try {
    return { code: 0, out: (await run(process.execPath, words, { maxBuffer: 64 * 1024 * 1024 })).stdout }
  } catch (error) {
    return { code: error.code, out: String(error.stdout ?? '') }
  }
}

async function check({ name, target, groups }) {
  const { server, url } = serve(name)
  try {
    const label = `${name}${target ?? ''}`.replaceAll(/[^\w-]/g, '-')
    const [db, file] = ['db', 'jsonl'].map(ending => join(folder, `${label}.${ending}`))
    const how = ['--db', db, '--sleep-requests', '0', '--no-session', '--json']
    const { code, out } = await node(BIN, 'archive', (await url) + (target ?? aboutOf(name).target), ...how)
    await node(BIN, 'export', '--db', db, '-f', 'jsonl', '--types', 'all', '-o', file)
    const within = groups ? ['--groups', groups] : []
    const words = [join(recordings, 'compare.mjs'), join(recordings, name), file, '--json', ...within]
    const result = JSON.parse((await node(...words)).out)
    return { ...result, code, report: JSON.parse(out) }
  } finally {
    server.kill()
  }
}

const faultsOf = found => Object.values(found).reduce((sum, rows) => sum + rows.length, 0)

/** What the run names as missing: the first problem. */
const gapOf = ({ targets }) => targets.flatMap(({ problems }) => problems)[0]?.message ?? 'nothing'

async function tell(row) {
  const label = `${row.name}${row.target ? ` from ${row.target}` : ''}`
  try {
    const { share, expected, found, counted, code, report } = await check(row)
    const faults = faultsOf(found)
    const open = counted.open ?? 0
    const good = share >= row.share && faults <= row.faults && code === row.exit && open <= (row.open ?? 0)
    const dates = `dates exact ${counted.exact}, as interval ${counted.interval}, open ${open}`
    const gap = code === 0 ? '' : `, named: ${gapOf(report).slice(0, 100)}`
    const figures = `${share.toFixed(2)} % of ${expected} posts right, ${faults} faults, ${dates}, ${report.requests} requests`
    console.log(`${good ? 'ok' : 'not ok'} ${label} (${report.targets[0].route}): ${figures}, exit ${code}${gap}`)
  } catch (error) {
    console.log(`not ok ${label}: ${error.message}`)
  }
}

const all = ['themes', 'configs'].flatMap(kind =>
  readdirSync(join(recordings, kind), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => `${kind}/${entry.name}`),
)
const isWanted = name => names.length === 0 || names.includes(name)
for (const name of all.filter(isWanted))
  if (!REACHED.some(row => row.name === name)) console.log(`# ${name} is not in reached-static.json`)

const waiting = REACHED.filter(row => isWanted(row.name))
const worker = async () => {
  for (let row = waiting.shift(); row; row = waiting.shift()) await tell(row)
}
await Promise.all([worker(), worker()])
rmSync(folder, { recursive: true, force: true })
