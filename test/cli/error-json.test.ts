import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { ArchiveError, BusyError, KnownError } from '../../src/model/errors.js'
import { failing, running, testIo } from './test-io.js'

const valid = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../docs/schema/error-1.json', import.meta.url), 'utf8')),
)

describe('an early end with --json', () => {
  test.each([
    [new BusyError('held', 'Wait.'), { exitCode: 7, message: 'held', advice: 'Wait.' }],
    [new ArchiveError('torn\x9b'), { exitCode: 6, message: 'torn\x9b', advice: null }],
    [new TypeError('x'), { exitCode: 1, message: 'x', advice: 'This is a bug in threadkeep. Please report it.' }],
  ])('is a document: %s', async (error, expected) => {
    const { code, out, err } = await running(['list', '--json'], testIo({}, failing(error)))
    expect(JSON.parse(out)).toEqual({ schema: 'threadkeep.error/1', ...expected })
    expect([valid(JSON.parse(out)), valid.errors, out.includes('\x9b')]).toEqual([true, null, false])
    expect(code).toBe(expected.exitCode)
    expect(err).toContain('Error:')
    expect((await running(['list'], testIo({}, failing(error)))).out).toBe('')
  })

  test.each([
    [['list', '--json', '--frobnicate'], "unknown option '--frobnicate'"],
    [['frobnicate', '--json'], "unknown command 'frobnicate'"],
    [['show', '--json'], "missing required argument 'thread'"],
  ])('is a document for wrong usage, too: %j', async (line, message) => {
    const { code, out, err } = await running(line, testIo())
    expect([code, valid(JSON.parse(out))]).toEqual([2, true])
    expect(JSON.parse(out)).toMatchObject({ exitCode: 2, message, advice: expect.stringContaining('--help') })
    expect(err).toContain(message)
  })

  test('is none after --, and none where help was asked for', async () => {
    expect((await running(['list', '--help', '--json'], testIo())).out).toMatch(/^Usage/)
    expect((await running(['show', '--frobnicate', '--', '--json'], testIo())).out).toBe('')
  })

  test('adds nothing to a document that was begun', async () => {
    const archive = {
      holdSnapshot: () => {},
      reader: { groups: () => [], threadSummaries: () => [] },
      close: () => {
        throw new KnownError(6, 'late')
      },
    }
    const io = testIo({}, { openArchive: () => archive as never })
    const { code, out } = await running(['list', '--json'], io)
    expect(code).toBe(6)
    expect(JSON.parse(out)).toMatchObject({ schema: 'threadkeep.list/1' })
  })
})
