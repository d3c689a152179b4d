import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EXPORTERS } from '../../src/export/index.js'
import { ArchiveError, BusyError, EXIT } from '../../src/model/errors.js'
import { VERSION } from '../../src/model/version.js'
import { failing, running, testIo, testOut } from './test-io.js'

describe('the command line as a whole', () => {
  test('says its version, which is that of package.json', async () => {
    const pkg = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    expect(VERSION).toBe(pkg.version)
    expect(await running(['--version'], testIo())).toEqual({ code: 0, out: `${VERSION}\n`, err: '' })
  })

  test.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['list', '--frobnicate'], /unknown option '--frobnicate'/],
    [
      ['show'],
      /missing required argument 'thread'\nAn example: threadkeep show 237\nIts examples and options: threadkeep show --help/,
    ],
    [['search', '-wasps'], /To leave out a word, write -- before the query: .*\nIts examples and options/],
    [
      ['search', 'bees', '--after', '2024'],
      /are part of the query: threadkeep search 'bees after:[^\n]+\nIts examples/,
    ],
    [['export', '-f', 'Excel,website'], /The nearest is csv,html\. Allowed choices are /],
    [['search', '--wasps'], /unknown option '--wasps'\nIts examples and options/],
    [['archive', 'https://a.example', '--via', 'pigeon'], /Allowed choices are auto, rest, ajax, page/],
    [['archive', 'https://a.example', '--sleep-requests', '-1'], /0 or more/],
    [['archive', 'https://a.example', '--retries', '1.5'], /whole number/],
    [['export', '-f', 'papyrus'], new RegExp(`Allowed choices are ${EXPORTERS.map(({ name }) => name).join(', ')}`)],
    [['-q'], /Usage: threadkeep/],
  ])('%j is wrong usage, with a hint', async (line, message) => {
    const { code, out, err } = await running(line, testIo())
    expect(code).toBe(EXIT.usage)
    expect(out).toBe('')
    expect(err).toMatch(message)
  })

  test('a known error is a sentence, its reason and an advice', async () => {
    const error = new ArchiveError('a.db is damaged.', 'Run verify.', { cause: new Error('page 7 is torn') })
    const io = testIo({}, failing(error))
    expect(await running(['list'], io)).toEqual({
      code: EXIT.archive,
      out: '',
      err: 'Error: a.db is damaged.\nReason: page 7 is torn\nRun verify.\n',
    })
    const busy = testIo({}, failing(new BusyError('held')))
    expect((await running(['list'], busy)).code).toBe(EXIT.busy)
  })

  test('an unknown error shows its stack and is called a bug', async () => {
    const io = testIo({}, failing(new TypeError('x is not a function\x1b[2J')))
    const { code, err } = await running(['list'], io)
    expect(code).toBe(EXIT.internal)
    expect(err).toMatch(/TypeError: x is not a function␛\[2J\n {4}at /)
    expect(err).toContain('This is a bug in threadkeep.')
    expect(err).toContain(`This is threadkeep ${VERSION}, Node 20.0.0, linux.`)
  })

  test('errors are coloured on a terminal only, and never against NO_COLOR or --no-color', async () => {
    const coloured = async (env: Record<string, string>, ...line: string[]) => {
      const io = testIo({ env }, failing(new BusyError('held')))
      io.stderr = testOut({ isTTY: true })
      return (await running(['list', ...line], io)).err.includes('\x1b[')
    }
    expect(await coloured({})).toBe(true)
    expect(await coloured({ NO_COLOR: '1' })).toBe(false)
    expect(await coloured({ TERM: 'dumb' })).toBe(false)
    expect(await coloured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false)
  })

  test.each(['--db b.db', '', ''].map((flag, at) => [flag, at === 1 ? 'env.db' : '']))(
    'the archive: --db %s, THREADKEEP_DB=%s',
    async (flag, env) => {
      let file = ''
      const openArchive = (path: string) => {
        file = path
        throw new BusyError('held')
      }
      await running(
        ['list', ...flag.split(' ').filter(Boolean)],
        testIo({ env: { THREADKEEP_DB: env } }, { openArchive }),
      )
      expect(file).toBe(`/nowhere/${flag ? 'b.db' : env || 'threadkeep.db'}`)
    },
  )
})
