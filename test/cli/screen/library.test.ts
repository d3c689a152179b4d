import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import { frame } from '../../../src/cli/screen/frame.js'
import { ArchiveLibrary } from '../../../src/cli/screen/library.js'
import type { Size, State } from '../../../src/cli/screen/page.js'
import { press } from '../../../src/cli/screen/press.js'
import { PLAIN } from '../../../src/cli/text/paint.js'
import { ENV } from '../../archive/shelf.js'
import { newsArchive } from '../news-archive.js'
import { stateOf } from './browsed.js'

const SIZE = { width: 80, height: 12 }

/** What the screen shows of a real archive after some keys; words are typed letter by letter. */
const screen = (...keys: string[]): string[] => screenOf(SIZE, keys)

function screenOf(size: Size, keys: readonly string[]): string[] {
  const archive = openArchive(newsArchive(), 'read', ENV)
  try {
    const library = new ArchiveLibrary(archive, [], () => Date.UTC(2024, 5, 1))
    const pressed = (state: State, key: string) => press(state, key, { size, paint: PLAIN, library }) ?? state
    return frame(keys.reduce(pressed, stateOf(library.first())), size, PLAIN).lines
  } finally {
    archive.close()
  }
}

const searched = (query: string) => ['/', ...query, 'return']

describe('read, on an archive', () => {
  test('begins with all threads and the groups', () => {
    expect(screen().slice(2, 5)).toEqual([
      '> All threads',
      '  Growers                            1 thread, 4 posts            unknown',
      '  Bees ␛[2J*x*                       2 threads, 2 posts           unknown',
    ])
  })

  test('lists threads, the newest first, and opens one with its marks', () => {
    expect(screen('return').slice(0, 5)).toEqual([
      'All threads: 3 threads, newest first',
      '',
      expect.stringMatching(/^> 2024-05-04 {6}0 {2}Ada L\. {11}漢字 🐝 buzz .*…$/),
      expect.stringMatching(/^ {2}2024-04-20 {6}0 {2}Ada L\. {11}Post 10$/),
      expect.stringMatching(/^ {2}2024-04-20 {6}3 {2}Ada L\. {11}Post 1$/),
    ])
    const thread = screen('return', 'end', 'return', 'G').join('\n')
    expect(thread).toContain('>   Ada L. · 2024-04-20 12:00 · gone from the site')
    expect(thread).toContain('Ada L. · 2024-04-20 12:00 · edited, 1 earlier text kept')
  })

  test('shows the events of a post, edits word by word', () => {
    expect(screen('return', 'end', 'return', 'down', 'e').join('\n')).toContain('[-Post 2-]{+Edited now+}')
  })

  test('finds posts, and opens the thread at the hit', () => {
    expect(screen(...searched('edited')).slice(0, 3)).toEqual([
      '1 post matches: edited',
      '',
      '> 2024-04-20 Ada L.           Edited now',
    ])
    expect(screen(...searched('edited'), 'return').slice(2, 4)).toEqual([
      '>   Ada L. · 2024-04-20 12:00 · edited, 1 earlier text kept',
      '    Edited    now',
    ])
  })

  test('has no line that is wider than a narrow window', () => {
    const pages = [['return'], ['return', 'end', 'return'], searched('edited'), searched('is:gone')]
    for (const width of [20, 24, 33, 34, 45])
      for (const keys of pages)
        for (const line of screenOf({ width, height: 12 }, keys)) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    expect(screenOf({ width: 20, height: 12 }, ['return'])[3]).toBe('  2024-04-20  Post…')
  })

  test.each([
    ['nothing-like-this', 'No post matches.'],
    ['from:nobody', 'No member "nobody" is in this archive.'],
    ['after:soon', expect.stringContaining('soon')],
  ])('a search for %s is answered with a sentence', (query, sentence) => {
    expect(screen(...searched(query)).at(-1)).toEqual(sentence)
  })
})
