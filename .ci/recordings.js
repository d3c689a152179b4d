// Archives the recordings by each route, as a visitor and as a member, through the command as users run it, and holds the
// exports against the truth out of the communities' databases: node .ci/recordings.js ../shared/recordings [NAME...]
// Where a recording has a second state, the community then turns to it, and one sync has to bring the archive there.
// What was reached stands in reached.json; falling below it fails. Prints "ok"/"not ok" lines.
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** The export of what the archive holds, all types of items, against the truth of that state; and the posts of forums, where there are any. */
async function compare(name, db, reader, state) {
  const file = `${db}.jsonl`
  await node(BIN, 'export', '--db', db, '-f', 'jsonl', '--types', 'all', '-o', file)
  const words = [join(recordings, 'compare.mjs'), join(recordings, 'dev', name), file, '--json', '--reader', reader]
  const result = JSON.parse((await node(...words, '--state', String(state))).out)
  const forums = truthOf(name, 'truth.json').forums && JSON.parse((await node(...words, '--forums')).out)
  return {
    ...result,
    ...(forums && { forums }),
    posts: readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line)),
  }
}

const truthOf = (name, file) => JSON.parse(readFileSync(join(recordings, 'dev', name, file), 'utf8'))

async function check({ name, via, reader = 'anonymous' }, label) {
  const { server, url: address } = replay(name)
  const truth = truthOf(name, 'truth.json')
  try {
    const url = await address
    const [db, cookies] = ['db', 'cookies'].map(ending => join(folder, `${label}.${ending}`))
    const isMember = reader === 'member'
    const targets = [`${url}/`]
    const session = isMember ? await cookiesFile(url, truth.member, cookies) : []
    const how = ['--db', db, '--sleep-requests', '0', '--json', ...session]
    const { code, out } = await node(BIN, 'archive', ...targets, '--via', via ?? 'auto', ...how)
    const first = { code, report: JSON.parse(out), ...(await compare(name, db, reader, 1)) }
    const turns = code === 0 && existsSync(join(recordings, 'dev', name, 'state2.json'))
    return { first, second: turns ? await nineDaysLater(name, url, { db, reader, how, before: first.posts }) : null }
  } finally {
    server.kill()
  }
}

async function nineDaysLater(name, url, { db, reader, how, before }) {
  await fetch(new URL('/__control', url), { method: 'POST', body: '{"state":2}' })
  const { code, out } = await node(BIN, 'sync', ...how)
  const result = await compare(name, db, reader, 2)
  const { changes } = truthOf(name, 'truth2.json')
  const threads = changes.deleted_threads.flatMap(({ id, replies }) => [id, ...replies])
  const departed = [...changes.deleted_replies.map(({ id }) => id), ...threads, ...changes.spam].map(String)
  const buried = result.posts.filter(({ status }) => status === 'gone').map(({ id }) => id)
  const due = departed.filter(id => before.some(post => post.id === id))
  // The one list holds the other: no tombstone is missing, and none is false.
  const tombstones = [...due.filter(id => !buried.includes(id)), ...buried.filter(id => !due.includes(id))]
  return { ...result, code, report: JSON.parse(out), found: { ...result.found, tombstones }, buried: buried.length }
}

/** What is wrong, kind by kind: a share alone would hide an extra post behind a found one. */
const faultsOf = found => Object.values(found).reduce((sum, rows) => sum + rows.length, 0)

const unknown = readdirSync(join(recordings, 'dev')).filter(name => !REACHED.some(row => row.name === name))
if (names.length === 0) for (const name of unknown) console.log(`# ${name} is not read yet`)
async function tell(expected) {
  const label = [expected.name, expected.via ?? 'auto', expected.reader ?? 'visitor'].join(' ')
  try {
    const { first, second } = await check(expected, label.replaceAll(' ', '-'))
    say(first, expected, label, datesOf(first))
    if (first.forums) say({ ...first, ...first.forums }, expected, `${label}, forums`, datesOf(first.forums))
    if (!second) return
    const { newPosts, changedPosts } = second.report
    const kept = `${newPosts} new posts, ${changedPosts} edited, ${second.buried} tombstones`
    say(second, { share: 100, faults: 0, exit: 0 }, `${label}, then sync`, kept)
  } catch (error) {
    console.log(`not ok ${label}: ${error.message}`)
  }
}

const datesOf = ({ counted: { exact, interval } }) => `dates exact ${exact} and as interval ${interval}`

function say({ share, expected: posts, found, code, report }, expected, label, also) {
  const faults = faultsOf(found)
  const good = share >= expected.share && faults <= expected.faults && code === expected.exit
  console.log(
    `${good ? 'ok' : 'not ok'} ${label} (${report.targets[0].route}): ${share.toFixed(2)} % of ${posts} posts right, ` +
      `${faults} faults, ${also}, ${report.requests} requests, ${report.bytes} bytes, exit ${code}`,
  )
}
// Two at a time: a run waits for its server half of the time.
const waiting = REACHED.filter(row => names.length === 0 || names.includes(row.name))
const worker = async () => {
  for (let row = waiting.shift(); row; row = waiting.shift()) await tell(row)
}
await Promise.all([worker(), worker()])
rmSync(folder, { recursive: true, force: true })
