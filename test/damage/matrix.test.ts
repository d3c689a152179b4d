import { beforeAll, describe, expect, test } from 'vitest'
import { KINDS } from './kinds.js'
import { COMMANDS, type Ended, ended, type Whole, whole } from './matrix.js'

const STACK = /^\s+at .*:\d+|bug in threadkeep/m
/** Done; wrong usage, such as a post that a damaged file does not show any more; a run whose site does not answer. */
const CODES = [0, 2, 3, 6]

let archive: Whole
let before: Map<string, number>

beforeAll(async () => {
  archive = await whole()
  before = new Map()
  const nothing = { name: 'nothing', leaves: 'sound', apply: () => {} } as const
  for (const command of COMMANDS) before.set(command, (await ended(command, nothing, archive)).code)
}, 120_000)

/** What is wrong about the way in which a command has ended. */
function complaint({ command, code, err }: Ended): string[] {
  const says = [code, err.trim().split('\n')[0]].join(' ')
  if (STACK.test(err) || !CODES.includes(code)) return [`${command}: ${says}`]
  return code === 6 && !err.includes('Error: ') && !command.startsWith('verify')
    ? [`${command}: no sentence: ${says}`]
    : []
}

/** One test a kind: each command on a copy of its own. */
describe('a damaged archive ends no command with a stack', () => {
  test.each(KINDS)('$name ($leaves)', { timeout: 120_000 }, async kind => {
    const all: Ended[] = []
    for (const command of COMMANDS) all.push(await ended(command, kind, archive))
    expect(all.flatMap(complaint)).toEqual([])
    const codes = Object.fromEntries(all.map(({ command, code }) => [command, code]))
    if (kind.leaves === 'unusable') expect(new Set(Object.values(codes))).toEqual(new Set([6]))
    if (kind.leaves === 'damaged') expect(codes['verify']).toBe(6)
    if (kind.leaves === 'sound') expect(codes).toEqual(Object.fromEntries(before))
  })
})

test('the matrix has what its archive must have: every command does something with a whole archive', () => {
  expect([...before].filter(([, code]) => code !== 0).map(([command, code]) => [command.split(' ')[0], code])).toEqual([
    ['sync', 3],
    ['archive', 3],
  ])
})
