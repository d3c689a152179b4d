import { describe, expect, test } from 'vitest'
import { EXIT } from '../../../../src/model/errors.js'
import type { DoctorReport } from '../../../../src/model/reports/doctor.js'
import { running, testIo } from '../../test-io.js'

const REPORT: DoctorReport = {
  schema: 'threadkeep.doctor/1',
  target: 'https://a.example/',
  url: 'https://a.example/',
  site: { url: 'https://a.example/', name: 'Town\x1b[2J' },
  engine: {
    software: 'BuddyPress',
    version: '14.5',
    pack: 'nouveau',
    theme: 'kit',
    forums: false,
    evidence: ['the body class bp-nouveau'],
  },
  reader: 'visitor',
  routes: [{ route: 'rest', open: true, why: 'buddypress/v1 shows posts to this reader' }],
  recommended: 'rest',
  groups: [
    {
      slug: 'bees',
      name: 'Bees',
      url: 'https://a.example/groups/bees/',
      status: 'public',
      access: 'open',
      threads: 95,
    },
  ],
  locked: ['Elders is open to its members only.'],
  robots: { found: true, allowed: true, crawlDelaySeconds: 10 },
  selfTest: null,
  expected: { requests: 7, seconds: 90, basis: '95 threads in one group' },
  notes: [],
  problems: [],
  exitCode: EXIT.done,
}

const doctor = (report: DoctorReport, ...words: string[]) =>
  running(['doctor', 'https://a.example/', ...words], testIo({}, { examine: async () => report }))

describe('doctor', () => {
  test('says it in lines, with nothing that a terminal obeys', async () => {
    const { code, out, err } = await doctor(REPORT)
    expect([code, err]).toEqual([0, ''])
    for (const words of [
      'BuddyPress, 14.5, nouveau templates, theme kit',
      'rest     open    buddypress/v1',
      'robots.txt allows it; one request in 10 seconds',
      'Bees  public  95 threads',
      'Elders is open to its members only.',
      'about 7 requests and 90 seconds by rest',
    ])
      expect(out).toContain(words)
    expect(out).not.toContain('\x1b')
  })

  test('--json is the report and nothing else', async () => {
    const { code, out } = await doctor(REPORT, '--json')
    expect([code, JSON.parse(out).schema]).toEqual([0, 'threadkeep.doctor/1'])
    expect(out).not.toContain('\x1b')
  })

  test('a problem decides the exit code, and comes with its advice', async () => {
    const problem = {
      url: 'https://a.example/',
      message: 'It is locked.',
      advice: 'Ask for a key.',
      exitCode: EXIT.access,
    }
    const { code, out } = await doctor({
      ...REPORT,
      recommended: null,
      expected: null,
      problems: [problem],
      exitCode: EXIT.access,
    })
    expect([code, out.includes('It is locked.'), out.includes('Ask for a key.')]).toEqual([4, true, true])
  })

  test('a file of cookies that is not there is wrong usage', async () => {
    const { code, err } = await doctor(REPORT, '--cookies', 'nowhere.txt')
    expect([code, /file of cookies .*nowhere\.txt can't be read/.test(err)]).toEqual([2, true])
  })
})

test('Ctrl-C ends it with 130 and a sentence', async () => {
  const examine = () => {
    io.interrupt()
    return Promise.reject(new Error('interrupted'))
  }
  const io = testIo({}, { examine })
  const { code, err } = await running(['doctor', 'https://a.example/'], io)
  expect([code, err]).toEqual([130, 'Error: Interrupted: nothing was stored.\n'])
})
