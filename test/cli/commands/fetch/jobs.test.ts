import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AccessError, BusyError } from '../../../../src/model/errors.js'
import type { ArchiveStatus } from '../../../../src/model/reports/archive-status.js'
import type { Doubles } from '../../doubles.js'
import { readerOf } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const schema = (file: string): object =>
  JSON.parse(readFileSync(new URL(`../../../../docs/schema/${file}`, import.meta.url), 'utf8'))

const ENOUGH: Doubles = { archiveTargets: () => Promise.reject(new AccessError('Enough.')) }
const ARCHIVE = ['archive', 'https://a.example/']

describe('--wait-lock', () => {
  const busy = (times: number) => {
    let left = times
    const opened = holding(readerOf([])).openArchive
    const openArchive: Doubles['openArchive'] = (...words) => {
      if (left-- > 0) throw new BusyError('Another run holds the archive: process 41.', 'Wait.')
      return opened(...words)
    }
    let now = 0
    const slept: number[] = []
    const io = testIo(
      {
        now: () => now,
        sleep: async milliseconds => {
          slept.push(milliseconds)
          now += milliseconds
        },
      },
      { ...ENOUGH, openArchive },
    )
    return { io, slept }
  }

  it('waits for the other run, says so once, and goes on', async () => {
    const { io, slept } = busy(3)
    const { code, err } = await running([...ARCHIVE, '--wait-lock', '10m'], io)
    expect([code, slept]).toEqual([4, [1000, 1000, 1000]])
    expect(err.match(/process 41/g)).toHaveLength(1)
  })

  it('ends with 7 when the time is over, and at once without it', async () => {
    const patient = busy(Number.POSITIVE_INFINITY)
    expect((await running([...ARCHIVE, '--wait-lock', '5s', '-q'], patient.io)).code).toBe(7)
    expect(patient.slept).toHaveLength(5)
    const hasty = busy(1)
    expect([(await running(ARCHIVE, hasty.io)).code, hasty.slept]).toEqual([7, []])
  })
})

describe('--log-json', () => {
  it('has a line for each answer, wait and warning, without what opens doors', async () => {
    const archiveTargets: Doubles['archiveTargets'] = async (_targets, _options, { reporter }) => {
      reporter.target('https://a.example/', false)
      reporter.request('https://a.example/?_wpnonce=0123456789')
      const answer = { status: 503, why: null, bytes: 12, milliseconds: 40 }
      reporter.answered('https://a.example/?_wpnonce=0123456789&page=2', answer)
      reporter.waiting(2000, 'https://a.example/: HTTP 503')
      reporter.warning('odd\nmarkup')
      throw new AccessError('Enough.')
    }
    const io = testIo({ cwd }, { ...holding(readerOf([])), archiveTargets })
    expect((await running([...ARCHIVE, '--log-json', 'log.jsonl', '-q'], io)).code).toBe(4)
    const lines = readFileSync(join(cwd, 'log.jsonl'), 'utf8').trimEnd().split('\n')
    const START = { schema: 'threadkeep.run-log/1', at: '2024-05-20T10:30:00.000Z' }
    expect(lines.map(line => JSON.parse(line))).toEqual([
      { ...START, event: 'start', pid: 1 },
      { ...START, event: 'target', url: 'https://a.example/', resumed: false },
      expect.objectContaining({ event: 'answer', url: 'https://a.example/?_wpnonce=&page=2', status: 503, bytes: 12 }),
      expect.objectContaining({ event: 'waiting', milliseconds: 2000 }),
      expect.objectContaining({ event: 'warning', text: 'odd\nmarkup' }),
    ])
    const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).addSchema(schema('run-1.json'))
    const valid = ajv.compile(schema('run-log-1.json'))
    for (const line of lines) expect(valid(JSON.parse(line)), ajv.errorsText(valid.errors)).toBe(true)
    expect(valid({ ...START, event: 'answer' })).toBe(false)
  })

  it('that can not be written is wrong usage, before anything is opened', async () => {
    const io = testIo({ cwd }, ENOUGH)
    const { code, err } = await running([...ARCHIVE, '--log-json', 'no/folder/log.jsonl'], io)
    expect([code, err.includes("can't be written")]).toEqual([2, true])
  })
})

describe('flags of a run', () => {
  it.each([
    ['--sleep-requests', '3-1'],
    ['--sleep-requests', '-1'],
    ['--max-requests', '0'],
    ['--time-limit', 'soon'],
    ['--time-limit', '0'],
    ['--hosts', '0'],
    ['--contact', 'me'],
    ['--contact', 'me@example.org) evil'],
    ['--wait-lock', '5 minutes'],
  ])('%s %s is wrong usage', async (flag, value) => {
    const { code, err } = await running([...ARCHIVE, `${flag}=${value}`], testIo({}, ENOUGH))
    expect([code, err.includes(`'${flag} `)]).toEqual([2, true])
  })

  it('mean what they say', async () => {
    let options: unknown
    const archiveTargets: Doubles['archiveTargets'] = async (_targets, given) => {
      options = given
      throw new AccessError('Enough.')
    }
    const io = testIo({}, { ...holding(readerOf([])), archiveTargets })
    const words =
      '--sleep-requests 1.5-3 --max-requests 7 --time-limit 1.5h --hosts 3 --fail-hard --contact me@example.org'
    await running([...ARCHIVE, ...words.split(' ')], io)
    expect(options).toMatchObject({
      ...{ sleepSeconds: [1.5, 3], maxRequests: 7, timeLimitSeconds: 5400, hosts: 3, failHard: true },
      contact: 'me@example.org',
    })
  })
})

describe('status', () => {
  const STANDING: ArchiveStatus = {
    targets: [
      {
        ...{
          url: 'https://a.example/',
          reader: 'session',
          startedAt: '2024-05-19T03:17:00Z',
          finishedAt: null,
          pending: 3,
        },
        kind: 'group',
        name: null,
        moved: null,
        selfTest: null,
        lastState: null,
        problems: [],
        gaps: [{ url: 'https://a.example/p/2/', reason: 'HTTP 500\u001b[2J came instead', again: true, since: null }],
      },
      {
        ...{
          url: 'https://b.example/',
          reader: 'visitor',
          startedAt: 'x',
          finishedAt: '2024-05-19T04:00:00Z',
          pending: 0,
        },
        kind: 'group',
        name: null,
        moved: null,
        selfTest: null,
        lastState: null,
        problems: [],
        gaps: [],
      },
    ],
    lastRun: {
      id: 9,
      command: 'archive -a t.txt',
      startedAt: '2024-05-19T03:17:00Z',
      finishedAt: null,
      exitCode: null,
    },
    holder: null,
  }
  const shown = async (...line: string[]) =>
    running(['status', ...line], testIo({}, holding({ ...readerOf([]), status: () => STANDING })))

  it('tells how far each target has come, and why something is missing', async () => {
    const { code, out } = await shown()
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "https://a.example/  started 2024-05-19T03:17:00Z, 3 requests to go, as a member
        waits  https://a.example/p/2/: HTTP 500␛[2J came instead
      https://b.example/  read 2024-05-19T04:00:00Z
      Last run: 9, 2024-05-19T03:17:00Z, killed before it finished: threadkeep archive -a t.txt
      "
    `)
  })

  it('--json is the same for programs', async () => {
    const { out } = await shown('--json')
    expect(new Ajv2020({ allowUnionTypes: true }).validate(schema('status-1.json'), JSON.parse(out))).toBe(true)
    expect(JSON.parse(out)).toMatchObject({ schema: 'threadkeep.status/1', targets: [{ pending: 3 }, { gaps: [] }] })
  })
})
