import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pagingOf } from '../../../src/cli/terminal/pager.js'
import { printLong } from '../../../src/cli/terminal/print.js'
import { newFile } from '../../run/outside.js'
import { fakeScreen, type TestIo, testIo, testOut } from '../test-io.js'

/** A terminal of 80 columns and 10 rows. */
function terminal(env: Record<string, string> = {}): TestIo {
  const io = testIo({ env: { PATH: process.env['PATH'], ...env } })
  io.stdout = testOut({ isTTY: true, screen: Object.assign(fakeScreen().screen, { rows: 10 }) })
  return io
}

function* numbers(end: number, made?: { last: number }): Generator<string> {
  for (let at = 1; at <= end; at++) {
    if (made) made.last = at
    yield `line ${at}`
  }
}

const text = (end: number) => [...numbers(end)].map(line => `${line}\n`).join('')

describe('which pager', () => {
  test('is the one of the environment, else less', () => {
    expect(pagingOf(terminal(), {})).toEqual({ command: null, rows: 10, columns: 80 })
    expect(pagingOf(terminal({ PAGER: 'more' }), {})?.command).toBe('more')
    expect(pagingOf(terminal({ PAGER: 'more', THREADKEEP_PAGER: 'less -S' }), {})?.command).toBe('less -S')
  })

  test.each([
    ['--no-pager', {}, { pager: false }],
    ['--plain', {}, { plain: true }],
    ['a dumb terminal', { TERM: 'dumb' }, {}],
    ['PAGER=cat', { PAGER: 'cat' }, {}],
    ['a blank', { PAGER: ' ' }, {}],
    ['no program', { THREADKEEP_PAGER: '', PAGER: 'more' }, {}],
  ])('is none with %s', (_, env, options) => {
    expect(pagingOf(terminal(env), options)).toBe(null)
  })

  test('is none in a pipe', () => {
    expect(pagingOf(testIo(), {})).toBe(null)
  })
})

describe('a pager', () => {
  test('is not started for what fits the window', async () => {
    const io = terminal({ PAGER: 'echo started >&2; exit 1' })
    await printLong(numbers(9), {}, io)
    expect(io.stdout.text).toBe(text(9))
  })

  test('gets all lines of what does not, without links', async () => {
    const file = newFile()
    const io = terminal({ PAGER: `cat > '${file}'` })
    await printLong([...numbers(9), '\x1b]8;;https://a.example/\x07ten\x1b]8;;\x07'], {}, io)
    expect(readFileSync(file, 'utf8')).toBe(`${text(9)}ten\n`)
    expect(io.stdout.text).toBe('')
  })

  test.each([
    // The prompt says how to leave it.
    [{}, 'FRX-Ps?eThe end, q to leave:Space for more, q to leave.$ utf-8'],
    [{ LESS: '-S', LESSCHARSET: 'latin1' }, '-S latin1'],
  ])('is told how less shows our text, unless the user says so: %o', async (env, told) => {
    const file = newFile()
    await printLong(
      numbers(20),
      {},
      terminal({ ...env, PAGER: `cat > /dev/null; echo "$LESS $LESSCHARSET" > '${file}'` }),
    )
    expect(readFileSync(file, 'utf8')).toBe(`${told}\n`)
  })

  test('is needed for few lines that are wide', async () => {
    const file = newFile()
    await printLong(['x'.repeat(800)], {}, terminal({ PAGER: `cat > '${file}'` }))
    expect(readFileSync(file, 'utf8')).toBe(`${'x'.repeat(800)}\n`)
  })

  test('that ends early ends the work soon, without an error', async () => {
    const made = { last: 0 }
    const io = terminal({ PAGER: 'head -n 1 > /dev/null' })
    await printLong(numbers(5_000_000, made), {}, io)
    expect(made.last).toBeLessThan(500_000)
    expect([io.stdout.text, io.stderr.text]).toEqual(['', ''])
  })

  test.each(['no-such-pager-anywhere', 'exit 126'])(
    'that cannot be started is a message, and the output follows: %s',
    async pager => {
      const io = terminal({ PAGER: pager })
      await printLong(numbers(20_000), {}, io)
      expect(io.stdout.text).toBe(text(20_000))
      expect(io.stderr.text).toBe(`The pager "${pager}" could not be started. The output follows without it.\n`)
    },
  )

  test('less is not missed where it is not installed', async () => {
    const io = terminal({ PATH: '/nowhere' })
    await printLong(numbers(30), {}, io)
    expect([io.stdout.text, io.stderr.text]).toEqual([text(30), ''])
  })

  test('is ended with the program, which then says that it was interrupted', async () => {
    const io = terminal({ PAGER: 'exec sleep 60' })
    io.leaveInterrupts = ended => {
      setTimeout(ended, 50)
      return () => {}
    }
    await expect(printLong(numbers(30), {}, io)).rejects.toMatchObject({ exitCode: 130 })
  })

  test('a failure of the work is passed on once the pager has ended', async () => {
    const file = newFile()
    const failing = function* () {
      yield* numbers(20)
      throw new Error('torn')
    }
    await expect(printLong(failing(), {}, terminal({ PAGER: `cat > '${file}'` }))).rejects.toThrow('torn')
  })
})
