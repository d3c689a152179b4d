import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { threadLines } from '../../../../src/cli/render/thread-tree.js'
import { PLAIN } from '../../../../src/cli/text/paint.js'
import { EXIT } from '../../../../src/model/errors.js'
import { chain, post, readerOf, SITE, thread } from '../../fake-reader.js'
import { newsArchive } from '../../news-archive.js'
import { holding, running, testIo, testOut } from '../../test-io.js'

const SMALL = thread([
  post('1', null, { text: 'When do you sow?\n\nI am too late, I think.' }),
  post('2', '1', {
    author: { id: '3', slug: 'ben', name: 'Ben', url: null },
    text: 'In May.',
    edited: true,
    revisions: 1,
  }),
  post('3', '2', {
    when: { from: '2024-05-01T00:00:00Z', to: '2024-05-08T00:00:00Z' },
    text: 'Thanks!',
    status: 'gone',
  }),
  post('4', '1', {
    author: { id: '9', slug: null, name: null, url: null },
    truncated: true,
    text: '',
    attachments: [{ kind: 'image', url: 'https://community.example/a.jpg', name: 'beans' }],
  }),
])

describe('show', () => {
  test('draws who answers whom', async () => {
    const { code, out } = await running(['show', '1'], testIo({}, holding(readerOf([SMALL]))))
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "When to sow beans
      Gardeners · 4 posts, 1 of them gone · complete 4/4
      https://community.example/activity/p/1/

      Maeve O'Neill · 2024-05-01 12:00
      │  When do you sow?
      │
      │  I am too late, I think.
      │
      ├─ Ben · 2024-05-01 12:00 · edited, 1 earlier text kept
      │  │  In May.
      │  │
      │  └─ Maeve O'Neill · between 2024-05-01 and 2024-05-08 · gone from the site
      │        Thanks!
      │
      └─ former member 9 · 2024-05-01 12:00 · shortened by the site
            [image] beans https://community.example/a.jpg
      "
    `)
  })

  test('with pseudonyms, names nobody, in either form and as of any time', async () => {
    const file = newsArchive()
    const key = `${file}.key.json`
    for (const line of [[], ['--json'], ['--as-of', '2024-05-02']]) {
      const { code, out } = await running(['show', '1', '--db', file, '--pseudonyms', key, ...line], testIo())
      expect([line, code]).toEqual([line, 0])
      expect(out).not.toMatch(/\bada\b/i)
      expect(out).toContain('Member 001')
    }
    expect((await running(['show', '1', '--db', file, '--share-key'], testIo())).code).toBe(2)
  })

  test('finds a thread by a reply and by the fragment of a permalink', async () => {
    for (const name of ['3', `${SITE}activity/p/99/#acomment-3`, '#acomment-3', SMALL.url]) {
      const { out } = await running(['show', name], testIo({}, holding(readerOf([SMALL]))))
      expect(out).toContain('When to sow beans')
    }
  })

  test('--json is the document of the json exporter', async () => {
    const { out } = await running(['show', '1', '--json'], testIo({}, holding(readerOf([SMALL]))))
    expect(JSON.parse(out)).toMatchObject({
      schema: 'threadkeep.thread/1',
      id: '1',
      post: { replies: [{ id: '2' }, { id: '4' }] },
    })
  })

  test('an unknown thread is wrong usage and the nearest are named', async () => {
    const { code, out, err } = await running(['show', '12'], testIo({}, holding(readerOf([SMALL]))))
    expect([code, out]).toEqual([EXIT.usage, ''])
    expect(err).toBe(
      'Error: No thread or reply "12" is in this archive.\nKnown threads, closest first:\n  1  When to sow beans\n',
    )
  })

  test.each(['garlic', '4711'])('no thread is near to %s, and none is named', async name => {
    const { err } = await running(['show', name], testIo({}, holding(readerOf([SMALL]))))
    const hint =
      name === 'garlic' ? 'To find posts by their words: threadkeep search WORDS' : 'What it holds: threadkeep list'
    expect(err).toBe(`Error: No thread or reply "${name}" is in this archive.\n${hint}\n`)
  })

  test.each([
    ['show', 'https://elsewhere.example/activity/p/1/'],
    ['list', 'https://elsewhere.example/groups/bees/'],
  ])('%s of an address that was not read leads to archive', async (command, url) => {
    const { code, err } = await running([command, url], testIo({}, holding(readerOf([SMALL]))))
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(`Fetch it first: threadkeep archive ${url}\nOr name the archive that has it: --db FILE\n`)
    expect(err).not.toContain('closest')
  })

  test('words in place of a thread lead to search', async () => {
    const hint = 'To find posts by their words: threadkeep search WORDS\n'
    const { code, err } = await running(['show', 'beans'], testIo({}, holding(readerOf([SMALL]))))
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(`  1  When to sow beans\n${hint}`)
    expect((await running(['log', 'tool', 'shed'], testIo())).err).toContain(`${hint}Its examples`)
    expect((await running(['person', 'Anna', 'Berg'], testIo())).err).toContain(
      'needs quotes: threadkeep person "First Last"\n',
    )
    expect((await running(['completion', 'bash', 'zsh'], testIo())).err).toMatch(/too many[^\n]+\nIts examples/)
  })

  test('the name of a group is said to be one', async () => {
    const { code, err } = await running(['show', 'gardeners'], testIo({}, holding(readerOf([SMALL]))))
    expect(code).toBe(EXIT.usage)
    expect(err).toBe('Error: "gardeners" is a group, not a thread.\nIts threads: threadkeep list gardeners\n')
  })

  test('one id on two sites is said, not guessed', async () => {
    const other = thread([post('1', null)], {
      site: 'https://other.example/',
      url: 'https://other.example/activity/p/1/',
    })
    const { code, err } = await running(['show', '1'], testIo({}, holding(readerOf([SMALL, other]))))
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(`names 2 threads in this archive.\nName one by its URL:\n  ${SMALL.url}\n  ${other.url}`)
  })

  test('a permalink says which site is meant', async () => {
    const other = thread([post('1', null)], { site: 'https://other.example/town/', title: 'In town' })
    const { out } = await running(
      ['show', 'http://www.other.example/town/activity/p/1/#acomment-1'],
      testIo({}, holding(readerOf([SMALL, other]))),
    )
    expect(out).toContain('In town')
  })

  test('colours are for terminals; the text is the same', async () => {
    const io = testIo({}, holding(readerOf([SMALL])))
    io.stdout = testOut({ isTTY: true })
    const coloured = (await running(['show', '1'], io)).out
    const plain = (await running(['show', '1'], testIo({}, holding(readerOf([SMALL]))))).out
    expect(coloured).toContain('\x1b[1mBen\x1b[22m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them
    expect(coloured.replaceAll(/\x1b\[\d+m/g, '')).toBe(plain)
  })
})

describe('a reply tree in a window', () => {
  const long =
    'Beans like warm soil, 漢字漢字漢字漢字漢字 and 👩‍🌾👩‍🌾 https://community.example/a/very/long/path/that/never/ends/at/all/ever/again/'

  test.each([40, 80, 120])('thirty replies deep at %i columns: no line is wider, no post is lost', width => {
    const lines = [...threadLines(thread(chain(31, { text: long })), width, PLAIN)]
    expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(width)
    expect(lines.filter(line => line.includes("Maeve O'Neill · 2024")).length).toBe(31)
    expect(lines.join('\n')).toContain('[30] Maeve')
  })

  test('whatever the text is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 })
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 200 }), (body, width) => {
        const lines = [...threadLines(thread(chain(16, { text: body })), width, PLAIN)]
        return lines.every(line => !line.includes('\x1b') && !line.includes('\n') && stringWidth(line) <= width)
      }),
      { numRuns: 40 },
    )
  })

  test('two thousand replies deep', () => {
    expect([...threadLines(thread(chain(2000)), 80, PLAIN)].length).toBeGreaterThan(4000)
  })

  test('a reply whose parent is lost says so', () => {
    const lines = [...threadLines(thread([post('1', null), post('7', '6')]), 80, PLAIN)]
    expect(lines.join('\n')).toContain('its parent post is not in the archive')
  })
})
