import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ArchiveError, EXIT } from '../../../../src/model/errors.js'
import type { RunReport } from '../../../../src/model/reports/run.js'
import type { Doubles } from '../../doubles.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

const REPORT: RunReport = {
  schema: 'threadkeep.run/1',
  run: 1,
  seriesStartedAt: '2024-05-20T10:30:00Z',
  startedAt: '2024-05-20T10:30:00Z',
  finishedAt: '2024-05-20T10:31:00Z',
  exitCode: EXIT.done,
  reason: null,
  stopped: null,
  visit: { meanSecondsBetweenRequests: 1.25, longestWaitSeconds: 0 },
  ...{ gonePosts: 0, backPosts: 0, improvedPosts: 0 },
  ...{ contradictions: { count: 0, first: [] }, reusedIds: { count: 0, first: [] } },
  ...{ requests: 2, bytes: 10, newPosts: 3, changedPosts: 0, posts: 3 },
  targets: [],
}
const THREADS = [thread([post('5', null)]), thread([post('6', null), post('7', '6')], { title: 'The longer one' })]

let cwd = ''
let closed = 0
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  closed = 0
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const demo = (changes: Doubles = {}) => {
  const serveDemo = async () => ({ url: 'http://127.0.0.1:9/', close: async () => void closed++ })
  const doubles = { ...holding(readerOf(THREADS)), serveDemo, archiveTargets: async () => REPORT, ...changes }
  return running(['demo'], testIo({ cwd }, doubles))
}

test('the demo says each command, shows the longest thread, writes documents, and closes its server', async () => {
  const { code, out } = await demo()
  expect([code, closed]).toEqual([0, 1])
  expect(out).toContain('"threadkeep sync" cannot read it again')
  expect(out).toContain('To see it in a browser: threadkeep view --db ')
  expect(out.split('\n').filter(line => line.startsWith('$'))).toEqual([
    '$ threadkeep archive http://127.0.0.1:9/ --sleep-requests 0 --db threadkeep-demo/threadkeep.db',
    '$ threadkeep list --db threadkeep-demo/threadkeep.db',
    '$ threadkeep show 6 --db threadkeep-demo/threadkeep.db',
    '$ threadkeep export -f md -o threadkeep-demo/markdown/ --db threadkeep-demo/threadkeep.db',
  ])
  expect(out).toContain('The longer one')
  expect(readdirSync(join(cwd, 'threadkeep-demo/markdown/gardeners'))).toHaveLength(2)
})

test('a demo replaces the archive of an earlier one, and no other', async () => {
  await demo()
  const db = join(cwd, 'threadkeep-demo/threadkeep.db')
  writeFileSync(db, 'of the demo')
  expect((await demo()).code).toBe(0)
  expect(existsSync(db)).toBe(false)
  writeFileSync(db, 'precious')
  rmSync(join(cwd, 'threadkeep-demo/threadkeep-demo.txt'))
  expect((await demo()).code).toBe(EXIT.usage)
  expect(readFileSync(db, 'utf8')).toBe('precious')
})

test('a file in the place of its folder is wrong usage', async () => {
  writeFileSync(join(cwd, 'threadkeep-demo'), 'mine')
  expect((await demo()).code).toBe(EXIT.usage)
  expect(readFileSync(join(cwd, 'threadkeep-demo'), 'utf8')).toBe('mine')
})

test('a folder that cannot be made is wrong usage', async () => {
  writeFileSync(join(cwd, 'file'), '')
  const { code, err } = await running(['demo', '--dir', 'file/demo'], testIo({ cwd }))
  expect([code, err]).toEqual([
    EXIT.usage,
    'Error: Nothing can be written in file/demo.\nName another folder with --dir.\n',
  ])
})

test('the server is closed after a failure too', async () => {
  expect((await demo({ archiveTargets: () => Promise.reject(new Error('torn')) })).code).toBe(EXIT.internal)
  expect(closed).toBe(1)
})

/** That of Nouveau is what the README shows: test/docs/pictures.test.ts runs it. */
test('the real demo, over HTTP on loopback: legacy', async () => {
  const io = Object.assign(testIo({ cwd, now: Date.now }), { doubles: {} })
  const { code, out, err } = await running(['demo', '--pack', 'legacy'], io)
  expect(code, err).toBe(0)
  expect(out).toMatch(/Fox Hollow Gardeners {2}\d+ threads, \d+ posts {2}complete (\d+)\/\1\n/)
  expect(out).toContain('members only')
  expect(readdirSync(join(cwd, 'threadkeep-demo/markdown/fox-hollow-gardeners')).length).toBeGreaterThan(20)
})

test('a demo that cannot begin leaves no folder behind', async () => {
  const failing = async () => {
    throw new ArchiveError('SQLite cannot be loaded.')
  }
  expect((await demo({ archiveTargets: failing })).code).toBe(EXIT.archive)
  expect(readdirSync(cwd)).toEqual([])
})
