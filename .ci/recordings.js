// Archives the recordings by each route, as a visitor and as a member, through the command as users run it, and holds the
// exports against the truth out of the communities' databases: node .ci/recordings.js ../shared/recordings [NAME...]
// What was reached stands in reached.json; falling below it fails. Prints "ok"/"not ok" lines.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const [recordings, ...names] = process.argv.slice(2)
const BIN = resolve(import.meta.dirname, '../bin/threadkeep.js')
const REACHED = JSON.parse(readFileSync(join(import.meta.dirname, 'reached.json'), 'utf8'))
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'threadkeep-recordings-'))

/** Starts the replay server and gives its address, which is the first line it prints. */
function replay(name) {
  const server = spawn(process.execPath, [join(recordings, 'replay.mjs'), join(recordings, 'dev', name)])
  const url = new Promise((found, failed) => {
    server.stdout.once('data', line => found(String(line).trim().split('\n')[0].replace(/\/$/, '')))
    server.once('exit', code => failed(new Error(`the replay server ended with ${code}`)))
  })
  return { server, url }
}

/** Commands end with 4 on members-only communities: that is an answer, not a failure. */
async function node(...words) {
  try {
    return { code: 0, out: (await run(process.execPath, words, { maxBuffer: 64 * 1024 * 1024 })).stdout }
  } catch (error) {
    return { code: error.code, out: String(error.stdout ?? '') }
  }
}

/** Logs in as the recording's member, and writes the session as a browser's add-on would. */
async function cookiesFile(url, { login, password }, file) {
  const form = new URLSearchParams({ log: login, pwd: password, 'wp-submit': 'Log In', testcookie: '1' })
  const headers = { cookie: 'wordpress_test_cookie=WP%20Cookie%20check' }
  const answer = await fetch(`${url}/wp-login.php`, { method: 'POST', body: form, headers, redirect: 'manual' })
  const { hostname } = new URL(url)
  const lines = answer.headers.getSetCookie().map(cookie => {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)
    const path = /;\s*path=([^;]+)/i.exec(cookie)?.[1] ?? '/'
    return [hostname, 'FALSE', path, 'FALSE', '0', name, value].join('\t')
  })
  writeFileSync(file, `# Netscape HTTP Cookie File\n${lines.join('\n')}\n`, { mode: 0o600 })
  return ['--cookies', file]
}

async function compare(name, file, reader) {
  const words = [join(recordings, 'compare.mjs'), join(recordings, 'dev', name), file, '--json', '--reader', reader]
  return JSON.parse((await node(...words)).out)
}

/** No list of a site names a hidden group, so that a member has to. */
const hiddenGroups = (truth, url) =>
  truth.groups.filter(group => group.status === 'hidden').map(group => `${url}/groups/${group.slug}/`)

async function check({ name, via, reader = 'anonymous' }, label) {
  const { server, url: address } = replay(name)
  const truth = JSON.parse(readFileSync(join(recordings, 'dev', name, 'truth.json'), 'utf8'))
  try {
    const url = await address
    const [db, file, cookies] = ['db', 'jsonl', 'cookies'].map(ending => join(folder, `${label}.${ending}`))
    const isMember = reader === 'member'
    const targets = [`${url}/`, ...(isMember ? hiddenGroups(truth, url) : [])]
    const session = isMember ? await cookiesFile(url, truth.member, cookies) : []
    const how = ['--db', db, '--sleep-requests', '0', '--via', via ?? 'auto', '--json', ...session]
    const { code, out } = await node(BIN, 'archive', ...targets, ...how)
    await node(BIN, 'export', '--db', db, '-f', 'jsonl', '-o', file)
    return { code, report: JSON.parse(out), ...(await compare(name, file, reader)) }
  } finally {
    server.kill()
  }
}

/** What is wrong, kind by kind: a share alone would hide an extra post behind a found one. */
const faultsOf = found => Object.values(found).reduce((sum, rows) => sum + rows.length, 0)

const unknown = readdirSync(join(recordings, 'dev')).filter(name => !REACHED.some(row => row.name === name))
if (names.length === 0) for (const name of unknown) console.log(`# ${name} is not read yet`)
async function tell(expected) {
  const label = [expected.name, expected.via ?? 'auto', expected.reader ?? 'visitor'].join(' ')
  try {
    const result = await check(expected, label.replaceAll(' ', '-'))
    const faults = faultsOf(result.found)
    const good = result.share >= expected.share && faults <= expected.faults && result.code === expected.exit
    const { exact, interval } = result.counted
    console.log(
      `${good ? 'ok' : 'not ok'} ${label} (${result.report.targets[0].route}): ${result.share.toFixed(2)} % of ${result.expected} posts right, ` +
        `${faults} faults, dates exact ${exact} and as interval ${interval}, ${result.report.requests} requests, ` +
        `${result.report.bytes} bytes, exit ${result.code}`,
    )
  } catch (error) {
    console.log(`not ok ${label}: ${error.message}`)
  }
}
// Two at a time: a run waits for its server half of the time.
const waiting = REACHED.filter(row => names.length === 0 || names.includes(row.name))
const worker = async () => {
  for (let row = waiting.shift(); row; row = waiting.shift()) await tell(row)
}
await Promise.all([worker(), worker()])
rmSync(folder, { recursive: true, force: true })
