import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { fullScreen, type ScreenProgram, type Terminal, terminalOf } from '../../../src/cli/terminal/full-screen.js'
import { fakeScreen, running, testIo, testOut } from '../test-io.js'

const ESC = '\x1b['

/** A keyboard, a screen and signals, which take down what is done to them. */
function outside() {
  const done: string[] = []
  const keyboard = Object.assign(new EventEmitter(), {
    setRawMode: (on: boolean) => done.push(on ? 'raw' : 'cooked'),
    resume: () => {},
    pause: () => done.push('paused'),
    listenerCount: () => 1,
  })
  const screen = Object.assign(new EventEmitter(), {
    columns: 20,
    rows: 3,
    write: (text: string) => done.push(text),
  })
  const heard = new EventEmitter()
  const signals = {
    on: (name: string, listener: () => void) => void heard.on(name, listener),
    off: (name: string, listener: () => void) => void heard.off(name, listener),
    suspend: () => void done.push('suspended'),
  }
  return { done, keyboard, screen, heard, signals, terminal: { keyboard, screen } as unknown as Terminal }
}

function program(lines = ['one', 'two', 'foot']): ScreenProgram {
  return { draw: () => ({ lines: [...lines], cursor: null }), key: text => text !== 'q' }
}

const press = (keyboard: EventEmitter, text: string, key = {}) =>
  keyboard.emit('keypress', text, { name: text, ...key })

/** The terminal is as it was: the last that happened is leaving the screen, and nobody listens. */
function expectRestored({ done, heard, keyboard }: ReturnType<typeof outside>) {
  expect(done.slice(-3)).toEqual([expect.stringContaining(`${ESC}?1049l`), 'cooked', 'paused'])
  expect(done.at(-3)).toContain(`${ESC}?25h`)
  expect(
    [...heard.eventNames(), ...keyboard.eventNames()].filter(name => name === 'keypress' || heard.listenerCount(name)),
  ).toEqual([])
}

describe('the full screen', () => {
  test('is drawn, only changed rows again, and left as it was', async () => {
    const around = outside()
    const lines = ['one', 'two', 'foot']
    const end = fullScreen(program(lines), around.terminal, around)
    expect(around.done[0]).toBe('raw')
    expect(around.done[1]).toContain(`${ESC}?1049h`)
    const before = around.done.length
    lines[1] = 'changed'
    press(around.keyboard, 'x')
    expect(around.done.slice(before).join('')).toContain('changed')
    expect(around.done.slice(before).join('')).not.toContain('one')
    around.screen.emit('resize')
    expect(around.done.at(-1)).toContain('one')
    press(around.keyboard, 'q')
    expect(await end).toBe('ended')
    expectRestored(around)
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s ends it, and the terminal is as before', async signal => {
    const around = outside()
    const end = fullScreen(program(), around.terminal, around)
    around.heard.emit(signal)
    expect(await end).toBe('interrupted')
    expectRestored(around)
  })

  test('so does Ctrl-C, which is a key here', async () => {
    const around = outside()
    const end = fullScreen(program(), around.terminal, around)
    press(around.keyboard, 'c', { ctrl: true })
    expect(await end).toBe('interrupted')
    expectRestored(around)
  })

  test('a failure is passed on after the terminal is as before', async () => {
    const around = outside()
    const failing: ScreenProgram = {
      ...program(),
      key: () => {
        throw new Error('broken')
      },
    }
    const end = fullScreen(failing, around.terminal, around)
    press(around.keyboard, 'x')
    await expect(end).rejects.toThrow('broken')
    expectRestored(around)
  })

  test('Ctrl-Z leaves the screen, stops, and draws everything anew afterwards', async () => {
    const around = outside()
    const end = fullScreen(program(), around.terminal, around)
    press(around.keyboard, 'z', { ctrl: true })
    expect(around.done.slice(-3)).toEqual([expect.stringContaining(`${ESC}?1049l`), 'cooked', 'suspended'])
    expect(around.heard.listenerCount('SIGTSTP')).toBe(0)
    around.heard.emit('SIGCONT')
    expect(around.heard.listenerCount('SIGTSTP')).toBe(1)
    expect(around.done.slice(-4).join('')).toContain(`raw${ESC}?1049h`)
    expect(around.done.at(-1)).toContain('one')
    press(around.keyboard, 'q')
    await end
    expectRestored(around)
  })

  test('Ctrl-Z does nothing where no process can be stopped (Windows)', async () => {
    const around = outside()
    const end = fullScreen(program(), around.terminal, { signals: { ...around.signals, suspend: null } })
    const before = around.done.length
    press(around.keyboard, 'z', { ctrl: true })
    expect(around.done.length).toBe(before)
    press(around.keyboard, 'q')
    expect(await end).toBe('ended')
  })

  test('what ends the process past all handlers leaves the screen, too', async () => {
    const around = outside()
    void fullScreen(program(), around.terminal, around)
    around.heard.emit('exit')
    expect(around.done.at(-1)).toBe('cooked')
  })
})

describe('where nothing can be drawn', () => {
  const { keyboard } = outside()
  const screen = fakeScreen().screen
  test.each([
    ['no keyboard', { keyboard: null }, { isTTY: true, screen }, {}],
    ['a pipe', { keyboard }, {}, {}],
    ['a dumb terminal', { keyboard }, { isTTY: true, screen }, { TERM: 'dumb' }],
  ])('%s: read says so, and ends with 2', async (_, changes, out, env) => {
    const io = testIo({ ...(changes as object), env })
    io.stdout = testOut(out)
    expect(terminalOf(io)).toBe(null)
    const { code, err } = await running(['read'], io)
    expect([code, err]).toEqual([
      2,
      'Error: "read" needs a terminal that can be drawn on, for its keys and its pages.\nthreadkeep list, show and search print the same.\n',
    ])
  })

  test('--plain excludes it', async () => {
    const { code, err } = await running(['read', '--plain'], testIo())
    expect(code).toBe(2)
    expect(err).toContain('--plain forbids that.')
  })
})
