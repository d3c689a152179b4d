import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { threadLines } from '../../src/cli/render/thread-tree.js'
import { progressLine } from '../../src/cli/terminal/progress.js'
import { SPOKEN } from '../../src/cli/text/paint.js'
import { post, thread } from './fake-reader.js'
import { newsArchive } from './news-archive.js'
import { onFile } from './past.js'
import { fakeScreen, testIo, testOut } from './test-io.js'

/** Each command with a table or a drawing. */
const COMMANDS = [
  ['list'],
  ['list', '--groups'],
  ['show', '1'],
  ['search', 'edited OR buzz'],
  ['log', '1'],
  ['diff', '1'],
  ['changes', '--since', '2024-01-01'],
  ['stats'],
  ['stats', '--by', 'group'],
  ['status'],
  ['targets'],
  ['config'],
  ['verify'],
]

/** Boxes, trees, bars, arrows and marks that a screen reader spells out or leaves out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences of the terminal begin with one
const DRAWN = /[\u2190-\u21ff\u2500-\u259f\u2022\u00b7]|\[-|\{\+|\x1b/

describe('--plain', () => {
  test('no command draws, or says with a symbol what it means', async () => {
    const file = newsArchive()
    for (const line of COMMANDS)
      for (const tty of [{ width: 80, colour: true }, undefined]) {
        const { code, out } = await onFile(file, [...line, '--plain'], tty)
        expect([line, code, out.length > 0, DRAWN.exec(out)]).toEqual([line, 0, true, null])
      }
  })

  test('tables are lines of name and value, also in a pipe', async () => {
    const file = newsArchive()
    expect((await onFile(file, ['list', 'gardeners', '--plain'])).out).toMatchInlineSnapshot(`
      "Group: Growers
      Threads: 1
      Posts: 4, 1 of them gone
      Held: unknown
      Last post: 2024-05-03
      Address: https://town.example/groups/gardeners/

      Thread: 1
      Title: Post 1
      Author: Ada L.
      Date: 2024-04-20 12:00
      Replies: 3
      Held: complete, 3 of 3

      "
    `)
    expect((await onFile(file, ['changes', '--since', 'last', '--plain'])).out.split('\n\n')[1]).toMatchInlineSnapshot(`
      "Change: renamed
      Time: 2024-05-08 10:00
      Name: member name: ada to Ada L."
    `)
    expect((await onFile(file, ['search', 'edited', '--plain'])).out).toMatchInlineSnapshot(`
      "Post: 2
      Author: Ada L.
      Date: 2024-04-20 12:00
      Marks: edited
      Group: Growers
      Thread: Post 1
      Text: Edited now

      "
    `)
  })

  test('an edit is told in words', async () => {
    expect((await onFile(newsArchive(), ['diff', '2', '--plain'])).out).toMatchInlineSnapshot(`
      "edited; post 2; Ada L.; text 1 of 2024-05-01 10:00 to text 2 of 2024-05-08 10:00
      https://town.example/activity/p/1/#acomment-2
          (removed: Post 2)(added: Edited    now)
      "
    `)
  })

  test('a thread says in words who answers what, and what is unusual', () => {
    const posts = [
      post('1', null, { text: 'When do you sow?' }),
      post('2', '1', { author: { id: '3', slug: 'ben', name: 'Ben', url: null }, text: 'In May.', revisions: 1 }),
      post('3', '2', { text: 'Thanks!', status: 'gone' }),
      post('9', '8', { text: '', truncated: true }),
    ]
    expect([...threadLines(thread(posts), 80, SPOKEN)].join('\n')).toMatchInlineSnapshot(`
      "Thread: When to sow beans
      Group: Gardeners
      Posts: 4, 1 of them gone
      Held: complete, 4 of 4
      Address: https://community.example/activity/p/1/

      Post 1: Maeve O'Neill; 2024-05-01 12:00; 1 reply
      When do you sow?

      Reply 2 to post 1 by Maeve O'Neill: Ben; 2024-05-01 12:00; edited, 1 earlier
      text kept; 1 reply
      In May.

      Reply 3 to post 2 by Ben: Maeve O'Neill; 2024-05-01 12:00; gone from the site
      Thanks!

      Post 4: Maeve O'Neill; 2024-05-01 12:00; its parent post is not in the archive;
      shortened by the site
      (no text)
      "
    `)
  })

  test('progress is a sentence every ten seconds, not a line that is drawn again', async () => {
    let now = 0
    const io = testIo({ now: () => now })
    const { screen, drawn } = fakeScreen()
    io.stderr = testOut({ isTTY: true, screen })
    const line = await progressLine(io, { plain: true })
    for (let done = 1; done <= 25; done++) {
      line.count('Reading captures', done, 25)
      now += 1000
    }
    line.clear()
    expect(drawn()).toBe('')
    expect(io.stderr.text).toBe('Reading captures: 1 of 25\nReading captures: 11 of 25\nReading captures: 21 of 25\n')
  })
})

/** One that is cut cannot be copied, so it has a line of its own. */
const isAddress = (line: string): boolean => /^ *https?:\/\/\S+$/.test(line)

test('in a narrow window, no line of a result is wider, but addresses', async () => {
  const file = newsArchive()
  for (const line of COMMANDS)
    for (const width of [20, 48]) {
      const { out } = await onFile(file, line, { width })
      const tooWide = out.split('\n').filter(one => stringWidth(one) > width && !isAddress(one))
      expect([line, tooWide]).toEqual([line, []])
    }
})
