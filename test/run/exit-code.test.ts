import { expect, it } from 'vitest'
import { EXIT, type ExitCode } from '../../src/model/errors.js'
import type { Stop } from '../../src/model/reports/pass.js'
import type { PartialReason, TargetReport } from '../../src/model/reports/run.js'
import { exitCodeOf, partialReason } from '../../src/run/judge/exit-code.js'

const target = (state: TargetReport['state'], codes: ExitCode[] = [], stopped: Stop | null = null): TargetReport => ({
  ...{
    target: '',
    state,
    stopped,
    route: null,
    because: null,
    posts: 0,
    groups: [],
    threads: [],
    notes: [],
    selfTest: null,
  },
  problems: codes.map(exitCode => ({ url: '', message: '', advice: null, exitCode })),
})

const [done, partly, failed] = [
  target('done'),
  target('partial', [EXIT.partial]),
  target('failed', [EXIT.unrecognised]),
]
const ended = target('interrupted', [EXIT.access], 'session-ended')

it.each<[string, Stop | null, TargetReport[], ExitCode]>([
  ['all is read', null, [done, done], EXIT.done],
  ['there is nothing to read', null, [], EXIT.done],
  ['a part is missing', null, [done, partly], EXIT.partial],
  ['all failed in one way', null, [failed, failed], EXIT.unrecognised],
  ['one failed', null, [done, failed], EXIT.partial],
  ['a part is blocked', null, [target('partial', [EXIT.partial, EXIT.blocked])], EXIT.blocked],
  ['a login is wanted, and a part is blocked', null, [target('partial', [EXIT.blocked, EXIT.access])], EXIT.access],
  ['a limit came', 'max-requests', [done], EXIT.partial],
  ['a limit came, and at another host the session has ended', 'time-limit', [partly, ended], EXIT.access],
  ['a session has ended, and others are read', 'session-ended', [done, ended], EXIT.access],
  ['Ctrl-C, whatever else', 'interrupted', [ended, failed], EXIT.interrupted],
])('%s', (_what, stopped, targets, code) => expect(exitCodeOf({ stopped, targets })).toBe(code))

it.each<[string, Stop | null, TargetReport[], PartialReason]>([
  ['only a limit', 'time-limit', [done, done], 'limit'],
  ['a limit, and a gap', 'max-requests', [partly], 'gap'],
  ['a gap', null, [done, partly], 'gap'],
  ['one of two failed', null, [done, failed], 'failed'],
  ['one of two wants a login for a part', null, [done, target('partial', [EXIT.access])], 'failed'],
  ['the first problem, with --fail-hard', 'problem', [partly], 'failed'],
  ['another exit code', null, [failed], null],
  ['nothing is missing', null, [done], null],
])('the reason of exit code 3: %s', (_what, stopped, targets, reason) => {
  const exitCode = exitCodeOf({ stopped, targets })
  expect(partialReason({ exitCode, stopped, targets })).toBe(reason)
})
