import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { wantsColour } from '../../src/cli/colour.js'
import { outOf } from '../../src/cli/io.js'
import { print } from '../../src/cli/print.js'
import { testOut } from './test-io.js'

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

  test('another failure of a stream is not swallowed', () => {
    const { stream } = streamed()
    expect(() => stream.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }))).toThrow('full')
  })

  test('a full stream is waited for', async () => {
    const { stream, out } = streamed()
    stream.writableNeedDrain = true
    setTimeout(() => stream.emit('drain'), 20)
    const before = performance.now()
    await out.drained()
    expect(performance.now() - before).toBeGreaterThan(10)
  })

  test('a terminal of no width is nothing to draw on: ora would never come back from it', () => {
    const screenOf = (columns: number) =>
      outOf(Object.assign(new FakeStream(), { isTTY: true, columns }) as unknown as NodeJS.WriteStream).screen
    expect(screenOf(0)).toBeNull()
    expect(screenOf(80)).not.toBeNull()
    expect(streamed().out.screen).toBeNull()
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
