import { readFileSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { page, post, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const COMMANDS = [
  'list',
  'show 7',
  'export -f jsonl',
  'export -f json',
  'export -f md -o -',
  'search heron',
  'stats',
  'changes --since 2000-01-01',
  'digest --since 2000-01-01',
  'log 7',
  'diff 7',
  'reparse --dry-run',
]

function archived(): string {
  const one = shelf()
  const posts = Array.from({ length: 40 }, (_, at) =>
    post(String(at + 1), null, { text: `A heron. ${'x'.repeat(3000)}` }),
  )
  one.save(page(posts))
  one.save(page([post('7', null, { text: 'Edited' })]))
  one.close()
  return one.file
}

/** Overwrites the heads of the pages that hold posts, as a bad disk would. */
function tornPages(): string {
  const file = archived()
  const bytes = readFileSync(file)
  const size = bytes.readUInt16BE(16)
  for (let at = bytes.indexOf('xxx'); at >= 0; at = bytes.indexOf('xxx', at + size))
    bytes.fill(0xa5, at - (at % size), at - (at % size) + 64)
  writeFileSync(file, bytes)
  return file
}

/** As another program may leave it: the pages are good, and what is on them is not. */
function without(sql: string): string {
  const file = archived()
  const db = new Sqlite(file)
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
  return file
}

const ended = async (command: string, file: string) =>
  running([...command.split(' '), '--db', file], testIo({ isAlive: () => false }))

describe('a damaged archive ends a command with 6 and what to do, and without a stack', () => {
  test.each(COMMANDS)('torn pages: %s', async command => {
    const { code, err } = await ended(command, tornPages())
    // A command that needs no torn page succeeds.
    if (code !== 0) expect([code, err]).toEqual([6, expect.stringContaining('is damaged.')])
    if (code !== 0) expect(err).toContain('threadkeep verify')
    expect(err).not.toMatch(/^\s+at /m)
  })

  test('torn pages: most commands do need them', async () => {
    const codes = await Promise.all(COMMANDS.map(async command => (await ended(command, tornPages())).code))
    expect(codes.filter(code => code === 6).length).toBeGreaterThan(6)
  })

  test.each([
    'DELETE FROM sites',
    'DELETE FROM posts WHERE id < 9',
    'DROP TABLE attachments',
    'DROP VIEW readable_threads',
  ])('rows or tables that are missing: %s', async sql => {
    const file = without(sql)
    for (const command of COMMANDS) {
      const { code, err } = await ended(command, file)
      expect([command, [0, 2, 6].includes(code), /^\s+at /m.test(err)]).toEqual([command, true, false])
    }
  })
})

describe('an error of the program stays a bug', () => {
  const SOUND = '-- nothing'
  const unheard = "UPDATE posts SET status = 'gone', gone_at = last_seen_at, gone_reason = '404' WHERE id = 3"
  // A sound archive, and faults that verify reports, but that stop no code.
  test.each([SOUND, unheard, "INSERT INTO blobs (sha256, size, encoding, body) VALUES ('ab', 0, 'gzip', x'')"])(
    '%s',
    async sql => {
      const { failureOf } = await import('../../../../src/archive/index.js')
      const [bug, file] = [new TypeError('undefined is not a function'), without(sql)]
      expect((await ended('verify --quick', file)).code).toBe(sql === SOUND ? 0 : 6)
      expect(failureOf(bug, file)).toBe(bug)
    },
  )

  test('and one of the system stays one, also where rows are missing', async () => {
    const { failureOf } = await import('../../../../src/archive/index.js')
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })
    const file = without('DELETE FROM sites')
    expect(failureOf(full, file)).toBe(full)
    expect(failureOf(new TypeError('undefined is not a function'), file)).toMatchObject({ exitCode: 6 })
  })
})
