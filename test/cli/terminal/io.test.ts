import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { wantsColour } from '../../../src/cli/terminal/colour.js'
import { decodedText, outOf } from '../../../src/cli/terminal/io.js'
import { print } from '../../../src/cli/terminal/print.js'
import { KnownError } from '../../../src/model/errors.js'
import { running, testIo, testOut } from '../test-io.js'

/** A stream of Node as far as `outOf` looks at it. */
class FakeStream extends EventEmitter {
  written = ''
  writableNeedDrain = false
  destroyed = false
  write(piece: string) {
    this.written += piece
    return true
  }
}
const streamed = () => {
  const stream = new FakeStream()
  return { stream, out: outOf(stream as unknown as NodeJS.WriteStream) }
}

describe('output streams', () => {
  test('a closed pipe ends the printing quietly', async () => {
    const { stream, out } = streamed()
    const endless = function* () {
      for (;;) yield 'x'.repeat(70_000)
    }
    setTimeout(() => stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })), 10)
    await print(out, endless())
    expect(out.closed).toBe(true)
    const before = stream.written.length
    out.write('more')
    expect(stream.written.length).toBe(before)
  })

  const FULL = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })

  test('a full disk is a known error, told once; printing ends', async () => {
    const { stream, out } = streamed()
    stream.emit('error', FULL)
    expect(out.closed).toBe(true)
    await expect(out.drained()).rejects.toMatchObject({
      exitCode: 6,
      message: 'The output could not be written: ENOSPC: no space left on device, write.',
      advice: expect.stringMatching(/\.$/),
    })
    await out.drained()
  })

  test('messages that find no room end nothing', async () => {
    const stream = new FakeStream()
    const out = outOf(stream as unknown as NodeJS.WriteStream, false)
    stream.emit('error', FULL)
    await out.drained()
    expect(out.closed).toBe(true)
  })

  test('a command whose output was lost ends with 6 and a sentence, also where it only wrote', async () => {
    const io = testIo()
    io.stdout.drained = () => Promise.reject(new KnownError(6, 'The output could not be written: full.', 'Make room.'))
    for (const line of [['--version'], ['list', '--help']]) {
      io.stderr.text = ''
      expect((await running(line, io)).code).toBe(6)
      expect(io.stderr.text).toBe('Error: The output could not be written: full.\nMake room.\n')
    }
  })

  test('a full stream is waited for', async () => {
    const { stream, out } = streamed()
    stream.writableNeedDrain = true
    const order: string[] = []
    setTimeout(() => order.push('drain') && stream.emit('drain'), 20)
    await out.drained()
    order.push('drained')
    expect(order).toEqual(['drain', 'drained'])
  })

  test('a stream that failed before is not waited for: it emits no event any more', async () => {
    const { stream, out } = streamed()
    stream.writableNeedDrain = true
    stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    const late = new Promise(resolve => setTimeout(() => resolve('never drained'), 200))
    expect(await Promise.race([out.drained(), late])).toBe(undefined)
  })

  test('nothing is drawn over on a terminal that reports no width', () => {
    const redrawing = (columns: number) =>
      outOf(Object.assign(new FakeStream(), { isTTY: true, columns }) as unknown as NodeJS.WriteStream).screen !== null
    expect(redrawing(0)).toBe(false)
    expect(redrawing(80)).toBe(true)
    expect(streamed().out.screen).toBe(null)
  })

  test('80 columns where there is no terminal', () => {
    expect(streamed().out).toMatchObject({ isTTY: false, width: Number(process.env['COLUMNS']) || 80 })
  })
})

describe('colours', () => {
  const tty = testOut({ isTTY: true })
  test.each([
    [tty, {}, true, true],
    [testOut(), {}, true, false],
    [tty, { NO_COLOR: '1' }, true, false],
    [tty, { NO_COLOR: '' }, true, true],
    [tty, { TERM: 'dumb' }, true, false],
    [testOut(), { FORCE_COLOR: '1' }, true, true],
    [tty, { FORCE_COLOR: '0' }, true, false],
    [tty, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
    [tty, { FORCE_COLOR: '1' }, false, false],
  ])('case %#', (out, env, flag, expected) => {
    expect(wantsColour(out, env, flag)).toBe(expected)
  })
})

test('text that is read is UTF-8 or has the mark of UTF-16, and loses the mark', () => {
  const text = 'Grüße\t日本'
  expect(decodedText(Buffer.from(text))).toBe(text)
  expect(decodedText(Buffer.from(`\ufeff${text}`))).toBe(text)
  expect(decodedText(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(text)
  expect(decodedText(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toBe(text)
})
