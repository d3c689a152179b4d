import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ArchiveError, BusyError } from '../../../../src/model/errors.js'
import type { ArchiveStatus, TargetStatus } from '../../../../src/model/reports/archive-status.js'
import { newFile } from '../../../run/outside.js'
import { readerOf } from '../../fake-reader.js'
import { failing, holding, running, testIo } from '../../test-io.js'

/** The clock of these tests: 2024-05-20T10:30:00Z. */
const HOUR = 3_600_000
const NOW = Date.UTC(2024, 4, 20, 10, 30)
const ago = (hours: number) => new Date(NOW - hours * HOUR).toISOString()

const target = (changes: Partial<TargetStatus> = {}): TargetStatus => ({
  ...{ url: 'https://a.example/', reader: 'visitor', startedAt: ago(8), finishedAt: ago(7), pending: 0 },
  ...{ gaps: [], selfTest: null, lastState: 'done', problems: [], kind: 'site', name: null, moved: null, ...changes },
})
const gap = { url: 'https://a.example/p/2/', reason: 'HTTP 500', again: true, since: null }
const refused = {
  ...gap,
  url: 'https://a.example/',
  reason: 'https://a.example/robots.txt asks programs not to read https://a.example/.',
}
const run = (exitCode: number | null): ArchiveStatus['lastRun'] => ({
  ...{ id: 9, command: 'sync', startedAt: ago(8), finishedAt: ago(7), exitCode },
})

const check = (state: Partial<ArchiveStatus>, ...line: string[]) => {
  const status = (): ArchiveStatus => ({ targets: [target()], lastRun: run(0), holder: null, ...state })
  return running(['status', '--check', ...line], testIo({}, holding({ ...readerOf([]), status })))
}

test('all is well: one line with figures, and 0', async () => {
  expect(await check({})).toEqual({
    code: 0,
    out: 'THREADKEEP OK - 1 target, the oldest read 7 h ago | age=25200s;172800;604800;0 gaps=0;0;;0\n',
    err: '',
  })
})

const sync = { via: 'auto', sleepSeconds: null, ignoreRobots: false, lastBegunAt: null, threads: 3 } as const

test.each<[string, Partial<ArchiveStatus>, number, string]>([
  ['two days', { targets: [target({ finishedAt: ago(49) })] }, 1, 'WARNING - https://a.example/: read 2 days ago'],
  ['a week', { targets: [target({ finishedAt: ago(169) })] }, 2, 'CRITICAL - https://a.example/: read 7 days ago'],
  ['a gap', { targets: [target({ gaps: [gap] })] }, 1, 'WARNING - https://a.example/: 1 gap |'],
  [
    'a target that robots.txt refuses',
    { targets: [target({ gaps: [refused] })] },
    1,
    'WARNING - https://a.example/: 1 gap, because robots.txt asks programs not to read it; to end this: threadkeep targets remove https://a.example/ |',
  ],
  ['never read', { targets: [target({ finishedAt: null })] }, 1, 'WARNING - https://a.example/: never read to its end'],
  ['a killed run', { lastRun: run(null) }, 1, 'WARNING - run 9 was killed before it finished'],
  ['no login', { lastRun: run(4) }, 2, 'CRITICAL - run 9 ended with exit code 4'],
  [
    'a member that has logged out',
    { targets: [target({ reader: 'session', lastState: 'failed' })], lastRun: run(3) },
    2,
    'CRITICAL - https://a.example/: no login is kept for it',
  ],
  ['a member with cookies in a file', { targets: [target({ reader: 'session' })] }, 0, 'OK - 1 target'],
  ['no target', { targets: [] }, 2, 'CRITICAL - no target has been archived yet'],
  ['a limit', { lastRun: run(3) }, 0, 'OK - 1 target'],
  [
    'a sync that is under way',
    {
      targets: [target({ finishedAt: null, pending: 3, sync: { ...sync, fullReadAt: ago(20) } })],
      lastRun: run(null),
      holder: { pid: 1, host: 'here', startedAt: ago(1), command: 'sync' },
    },
    0,
    'OK - 1 target, the oldest read 20 h ago',
  ],
])('%s', async (_what, state, code, words) => {
  const result = await check(state)
  expect([result.code, result.out]).toEqual([code, expect.stringContaining(`THREADKEEP ${words}`)])
})

test('the gravest finding comes first, each other one on a line, and none of them holds a bar or an escape', async () => {
  const one = target({ gaps: [gap], url: 'https://a.example/?a|b\u001b[2J' })
  const { code, out } = await check({ targets: [one, target({ finishedAt: ago(200) })] })
  expect(code).toBe(2)
  const [first, second, ...rest] = out.trimEnd().split('\n')
  expect(first).toBe(
    'THREADKEEP CRITICAL - https://a.example/: read 8.3 days ago (and 1 more) | age=720000s;172800;604800;0 gaps=1;0;;0',
  )
  expect([second, rest]).toEqual(['https://a.example/?a/b␛[2J: 1 gap', []])
})

test('the limits are flags', async () => {
  expect((await check({}, '--warn-age', '6h')).code).toBe(1)
  expect((await check({}, '--warn-age', '5h', '--critical-age', '6h')).code).toBe(2)
  const wrong = await check({}, '--critical-age', '1h')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--critical-age is shorter than --warn-age')])
  expect((await check({}, '--json')).code).toBe(2)
})

test.each([
  [new ArchiveError('There is no archive /srv/a.db.'), 2, 'THREADKEEP CRITICAL - There is no archive /srv/a.db.\n'],
  [new BusyError('Another program holds it.'), 3, 'THREADKEEP UNKNOWN - Another program holds it.\n'],
])('an archive that cannot be examined: %s', async (error, code, out) => {
  const result = await running(['status', '--check'], testIo({}, failing(error)))
  expect([result.code, result.out]).toEqual([code, out])
})

test('a file that is no archive is critical', async () => {
  const file = newFile()
  writeFileSync(file, 'not a database, but long enough for one. '.repeat(100))
  const { code, out } = await running(['status', '--check', '--db', file], testIo())
  expect([code, out.startsWith('THREADKEEP CRITICAL - ')]).toEqual([2, true])
})
