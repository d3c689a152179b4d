import { describe, expect, test } from 'vitest'
import { frame } from '../../../src/cli/screen/frame.js'
import { keyName } from '../../../src/cli/screen/keys.js'
import type { Library, Size, State } from '../../../src/cli/screen/page.js'
import { press, resized } from '../../../src/cli/screen/press.js'
import { PLAIN } from '../../../src/cli/text/paint.js'
import { chain, post } from '../fake-reader.js'
import { browsed, listed, NO_LIBRARY, stateOf } from './browsed.js'

const SMALL: Size = { width: 40, height: 8 }

/** The lines after some keys; null: the reader has ended. */
function shownAfter(start: State, keys: string[], size = SMALL, library: Library = NO_LIBRARY): string[] | null {
  let state: State | null = start
  for (const key of keys) state = state && press(state, key, { size, paint: PLAIN, library })
  return state && frame(state, size, PLAIN).lines
}

const TREE = [
  post('1', null, { text: 'One' }),
  post('2', '1', { text: 'Two' }),
  post('3', '2', { text: 'Three' }),
  post('4', '1', { text: 'Four' }),
]
const WIDE: Size = { width: 80, height: 30 }
const heads = (lines: string[] | null) => lines?.filter(line => line.includes('·') && line.includes('2024-05-01'))

describe('a list', () => {
  const { page, made } = listed(1_000_000)

  test('shows a window of its rows, and the selected one has a mark', () => {
    expect(shownAfter(stateOf(page), ['down', 'j', 'up'])).toEqual([
      'Rows',
      '',
      '  row 0',
      '> row 1',
      '  row 2',
      '  row 3',
      '  row 4',
      '2/1,000,000  ?:help  /:search  q:back',
    ])
    expect(shownAfter(stateOf(page), ['G'])?.slice(2, 7).at(-1)).toBe('> row 999999')
    expect(shownAfter(stateOf(page), ['G', 'pageup', ' ', 'home'])?.[2]).toBe('> row 0')
    expect(made.length).toBeLessThan(100)
  })

  test('an empty one says so, and opens nothing', () => {
    expect(shownAfter(stateOf(listed(0).page), ['return', 'down'])?.[2]).toBe('No rows.')
  })

  test('opens what is selected, and comes back to it', () => {
    const inner = listed(3).page
    const start = stateOf(listed(9, () => inner).page)
    expect(shownAfter(start, ['down', 'return'])?.at(-1)).toMatch(/^1\/3 /)
    expect(shownAfter(start, ['down', 'return', 'q'])?.at(-1)).toMatch(/^2\/9 /)
    expect(shownAfter(start, ['down', 'return', 'q', 'q'])).toBe(null)
    expect(shownAfter(start, ['return', 'Q'])).toBe(null)
  })
})

describe('a thread', () => {
  test('is drawn with who answers whom; the selected post has a mark', () => {
    expect(shownAfter(stateOf(browsed(TREE)), ['down'], WIDE)?.slice(0, 14)).toEqual([
      'When to sow beans',
      'Gardeners · 4 posts · complete 4/4',
      "  Maeve O'Neill · 2024-05-01 12:00",
      '  One',
      '',
      ">   Maeve O'Neill · 2024-05-01 12:00",
      '    Two',
      '',
      "      Maeve O'Neill · 2024-05-01 12:00",
      '      Three',
      '',
      "    Maeve O'Neill · 2024-05-01 12:00",
      '    Four',
      '',
    ])
  })

  test('folds replies away, and says how many', () => {
    const folded = heads(shownAfter(stateOf(browsed(TREE)), ['down', 'return'], WIDE))
    expect(folded?.length).toBe(3)
    expect(folded?.[1]).toBe(">   Maeve O'Neill · 2024-05-01 12:00 · +1 folded")
    expect(heads(shownAfter(stateOf(browsed(TREE)), ['down', 'return', 'return'], WIDE))?.length).toBe(4)
    expect(heads(shownAfter(stateOf(browsed(TREE)), ['left'], WIDE))).toEqual([
      "> Maeve O'Neill · 2024-05-01 12:00 · +3 folded",
    ])
  })

  test('folds all from within a reply, which then is inside the selected one', () => {
    const folded = heads(shownAfter(stateOf(browsed(TREE)), ['down', 'down', 'z'], WIDE))
    expect(folded?.[1]).toMatch(/^> .*\+1 folded$/)
    expect(heads(shownAfter(stateOf(browsed(TREE)), ['z', 'z'], WIDE))?.length).toBe(4)
  })

  test.each([
    [['G', 'p'], 1],
    [['down', 'down', 'p'], 2],
    [['down', 'n'], 4],
    [['G', 'N'], 2],
    [['down', 'right'], 3],
    [['down', 'right', 'left'], 2],
    [['n'], 1],
  ])('%j leads to post %i', (keys, place) => {
    expect(shownAfter(stateOf(browsed(TREE)), keys, WIDE)?.at(-1)).toMatch(new RegExp(`^${place}/4 `))
  })

  test('says where no parent is, and shows the events of a post', () => {
    expect(shownAfter(stateOf(browsed(TREE)), ['p'], WIDE)?.at(-1)).toBe('This post has no parent here.')
    expect(shownAfter(stateOf(browsed(TREE)), ['down', 'e'], WIDE)?.[0]).toBe('Events of 2')
  })

  test('of 50,000 replies is read only where it is looked at', () => {
    const long = browsed([post('1', null), ...Array.from({ length: 50_000 }, (_, at) => post(String(at + 2), '1'))])
    const lines = shownAfter(stateOf(long), ['G', 'k', 'b', 'b', 'g', 'pagedown', 'z'], WIDE)
    expect(lines?.at(-1)).toMatch(/^10\/50,001 /)
    expect(long.read()).toBeLessThan(200)
  })

  test('a post longer than the window is scrolled to its end, down and up', () => {
    const text = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n')
    const start = stateOf(browsed([post('1', null, { text }), post('2', '1', { text: 'End' })]))
    const seen = (keys: string[]) => shownAfter(start, keys)?.slice(2, -1).join('\n') ?? ''
    const down = (times: number) => Array<string>(times).fill('down')
    const all = Array.from({ length: 20 }, (_, times) => seen(down(times))).join('\n')
    for (let at = 0; at < 30; at++) expect(all).toContain(`line ${at}\n`)
    expect(seen(down(40))).toContain('End')
    expect(seen([...down(40), 'up'])).toContain('line 29')
    expect(seen([...down(40), ...Array<string>(40).fill('up')])).toMatch(/^> Maeve/)
  })

  test('a deep thread keeps room for its texts, and says the level instead', () => {
    const lines =
      shownAfter(stateOf(browsed(chain(40, { text: 'word '.repeat(30) }))), ['G'], { width: 48, height: 15 }) ?? []
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain("level 39, in reply to Maeve O'Neill")
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(48)
  })
})

describe('a search', () => {
  const library: Library = { search: query => (query === 'bees' ? listed(2).page : `Nothing for ${query}.`) }
  const typing = (...keys: string[]) => shownAfter(stateOf(listed(5).page), ['/', ...keys], SMALL, library)

  test('is typed at the foot, with corrections, and opens the hits', () => {
    expect(typing('b', 'q', '漢')?.at(-1)).toBe('Search: bq漢')
    expect(typing('b', 'q', 'backspace', 'e', 'e', 's', 'return')?.at(-1)).toMatch(/^1\/2 /)
    expect(typing('x', 'return')?.at(-1)).toBe('Nothing for x.')
    expect(typing('x', 'clear', 'pagedown')?.at(-1)).toBe('Search: ')
    expect(typing('x', 'escape')?.at(-1)).toMatch(/^1\/5 /)
    expect(typing('backspace')?.at(-1)).toMatch(/^1\/5 /)
  })

  test('a long query shows its end, and the cursor stays in the window', () => {
    const state = { ...stateOf(listed(5).page), prompt: 'long '.repeat(30) }
    const { lines, cursor } = frame(state, SMALL, PLAIN)
    expect(lines.at(-1)?.length).toBeLessThanOrEqual(39)
    expect(cursor).toBeLessThan(40)
  })
})

test('the help is one page over any other, and fits 20 columns', () => {
  expect(shownAfter(stateOf(listed(5).page), ['?'])?.[0]).toBe('Keys')
  expect(shownAfter(stateOf(listed(5).page), ['?', '?'])?.[0]).toBe('Rows')
  for (const line of shownAfter(stateOf(listed(5).page), ['?'], { width: 20, height: 60 }) ?? [])
    expect(line.length).toBeLessThanOrEqual(20)
})

test('the help keeps its columns in a narrow window', () => {
  const lines = shownAfter(stateOf(listed(5).page), ['?'], { width: 40, height: 60 }) ?? []
  const at = lines.findIndex(line => line.startsWith('  /'))
  expect(lines.slice(at, at + 2)).toEqual(['  /             search in the whole', '                archive'])
})

test('hostile texts reach no terminal as they are', () => {
  const evil = 'a\x1b[2Jb\x9b1m\u202e'
  const author = { id: '1', slug: null, name: evil, url: null }
  const lines = shownAfter(stateOf(browsed([post('1', null, { text: evil, author })])), [], WIDE) ?? []
  expect(lines.join('\n')).toContain('a␛[2Jb')
  for (const character of ['\x1b', '\x9b', '\u202e']) expect(lines.join('')).not.toContain(character)
})

test('another size keeps what is selected in the window', () => {
  const page = browsed(chain(30))
  let state: State | null = stateOf(page)
  for (let at = 0; at < 20; at++)
    state = state && press(state, 'down', { size: WIDE, paint: PLAIN, library: NO_LIBRARY })
  const small = resized(state ?? stateOf(page), { size: SMALL, paint: PLAIN })
  expect(frame(small, SMALL, PLAIN).lines.some(line => line.startsWith('>'))).toBe(true)
  expect(frame(small, { width: 10, height: 3 }, PLAIN).lines[0]).toBe('Window too')
})

test('keys have names; what no key means is none', () => {
  const key = (text: string | undefined, more: object) =>
    keyName(text, { ctrl: false, meta: false, shift: false, ...more })
  expect(key('j', { name: 'j' })).toBe('j')
  expect(key('G', { name: 'g', shift: true })).toBe('G')
  expect(key('?', {})).toBe('?')
  expect(key(undefined, { name: 'down' })).toBe('down')
  expect(key('\r', { name: 'return' })).toBe('return')
  expect(key(' ', { name: 'space' })).toBe(' ')
  expect(key('\u0015', { name: 'u', ctrl: true })).toBe('clear')
  expect(key(undefined, { name: 'f5' })).toBe(null)
  expect(key('j', { name: 'j', meta: true })).toBe(null)
  expect(key('\x07', {})).toBe(null)
})
