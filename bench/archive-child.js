import { openArchive } from '../dist/archive/index.js'
import { optimiseLater } from '../dist/node/process.js'
import { archiveTargets } from '../dist/run/run.js'
import { cpuSince } from './measure.js'

/** `node archive-child.js URL FILE [VIA]`: archives a community and prints its CPU time, without and with the start. */
const [target, file, via = 'auto'] = process.argv.slice(2)
const started = process.cpuUsage()
// As the command does.
optimiseLater()
const clock = { now: Date.now, sleep: () => Promise.resolve() }
const env = { now: Date.now, pid: process.pid, host: 'bench', command: 'bench', isAlive: () => false }
const archive = openArchive(file, 'write', env)
const options = {
  sleepSeconds: [0, 0],
  retries: 4,
  timeoutSeconds: 60,
  via,
  ignoreRobots: false,
  credentials: { cookies: [], passwords: [] },
  hosts: 1,
  maxRequests: null,
  timeLimitSeconds: null,
  contact: null,
  failHard: false,
}
const silent = () => {}
const reporter = Object.fromEntries(
  ['target', 'request', 'answered', 'waiting', 'warning', 'saved', 'ignored'].map(name => [name, silent]),
)
const signal = new AbortController().signal
const report = await archiveTargets([target], options, {
  archive,
  reporter,
  clock,
  signal,
  command: 'bench',
  version: '0',
})
archive.close()
const { exitCode, newPosts } = report
// A run that reads nothing is fast, so its time must not count.
if (exitCode !== 0 || newPosts === 0) throw new Error(`the run ended with ${exitCode} and ${newPosts} posts`)
console.log(
  JSON.stringify({ cpu: cpuSince(started), all: cpuSince({ user: 0, system: 0 }), posts: newPosts, exitCode }),
)
