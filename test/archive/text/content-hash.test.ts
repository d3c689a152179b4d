import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bareWords, contentHash, equalExceptShortcodes, titleOf } from '../../../src/archive/text/content-hash.js'
import { unspaced } from '../../../src/model/markup/white-space.js'
import { exactly } from '../../../src/model/time.js'
import { page, post, SITE, shelf, text } from '../shelf.js'

const said = (words: string, changes = {}) =>
  page([post('1', null, { html: `<p>${words}</p>`, text: words, ...changes })])
const SHORT = { truncated: true }
const POST = 'SELECT text, truncated, edited FROM posts'
const REVISIONS = 'SELECT text FROM revisions ORDER BY id'

describe('nothing is overwritten', () => {
  it('an edited text becomes a revision, with where it was read', () => {
    const one = shelf()
    expect(one.save(said('Sow beans in May.'))).toMatchObject({ newPosts: 1, changedPosts: 0 })
    expect(one.save(said('Sow beans in June.'))).toMatchObject({ newPosts: 0, changedPosts: 1 })
    expect(one.save(said('Sow beans in July.'))).toMatchObject({ changedPosts: 1 })
    expect(one.sql(REVISIONS)).toEqual([{ text: 'Sow beans in May.' }, { text: 'Sow beans in June.' }])
    expect(one.sql('SELECT text_capture_id, replaced_by_id FROM revisions')).toEqual([
      { text_capture_id: 1, replaced_by_id: 2 },
      { text_capture_id: 2, replaced_by_id: 3 },
    ])
    expect(one.sql('SELECT title, text, text_capture_id FROM posts')).toEqual([
      { title: 'Sow beans in July.', text: 'Sow beans in July.', text_capture_id: 3 },
    ])
    one.close()
  })

  it('an edited title becomes a revision; a view that tells none changes nothing, and neither does a moved topic', () => {
    const one = shelf()
    const TITLES = 'SELECT title, heading, topic FROM posts'
    one.save(said('Hello', { heading: 'Swarms in May', topic: 'Bees' }))
    expect(one.save(said('Hello', { topic: 'Swarms' }))).toMatchObject({ changedPosts: 0 })
    expect(one.sql(TITLES)).toEqual([{ title: 'Swarms in May', heading: 'Swarms in May', topic: 'Swarms' }])
    expect(one.save(said('Hello', { heading: 'Swarms in June' }))).toMatchObject({ changedPosts: 1 })
    expect(one.save(said('Hello', { heading: null }))).toMatchObject({ changedPosts: 1 })
    expect(one.sql(TITLES)).toEqual([{ title: 'Hello', heading: null, topic: 'Swarms' }])
    expect(one.sql('SELECT heading FROM revisions ORDER BY id')).toEqual([
      { heading: 'Swarms in May' },
      { heading: 'Swarms in June' },
    ])
    one.close()
  })

  it('the same text again is no change', () => {
    const one = shelf()
    one.save(said('Sow beans in May.'))
    expect(one.save(said('Sow beans in May.'))).toMatchObject({ newPosts: 0, changedPosts: 0, posts: 1 })
    expect([one.sql(REVISIONS), one.sql('SELECT text_capture_id, last_capture_id FROM posts')]).toEqual([
      [],
      [{ text_capture_id: 1, last_capture_id: 2 }],
    ])
    one.close()
  })

  it('a shortened text never takes the place of a full one', () => {
    const one = shelf()
    one.save(said('A long tale of beans.'))
    expect(one.save(said('A long…', SHORT))).toMatchObject({ changedPosts: 0 })
    expect(one.sql(POST)).toEqual([{ text: 'A long tale of beans.', truncated: 0, edited: 0 }])
    expect(one.sql(REVISIONS)).toEqual([])
    one.close()
  })

  it('a full text that takes the place of a shortened one is no edit', () => {
    const one = shelf()
    one.save(said('A long…', SHORT))
    expect(one.save(page([], { text: text('1', '<p>A long tale of beans.</p>') }))).toMatchObject({ changedPosts: 0 })
    expect(one.sql(POST)).toEqual([{ text: 'A long tale of beans.', truncated: 0, edited: 0 }])
    expect(one.sql(REVISIONS)).toEqual([])
    one.close()
  })

  it('a shortened text, edited before its full one could be had, is not lost', () => {
    const one = shelf()
    one.save(said('A long…', SHORT))
    expect(one.save(said('A long tale…', SHORT))).toMatchObject({ changedPosts: 0 })
    expect(one.save(said('A short tale…', SHORT))).toMatchObject({ changedPosts: 1 })
    expect(one.sql(REVISIONS)).toEqual([{ text: 'A long tale…' }])
    one.close()
  })

  it('an answer without words takes no words away', () => {
    const one = shelf()
    one.save(said('Sow beans.'))
    one.save(page([], { text: text('1', '') }))
    one.save(page([], { text: text('77', '<p>Of a post that is not held</p>') }))
    expect(one.sql(POST)).toEqual([{ text: 'Sow beans.', truncated: 0, edited: 0 }])
    one.close()
  })
})

describe('what tells an edit', () => {
  const content = (changes = {}) => ({ text: 'Hello', links: [], attachments: [], ...changes })
  const link = (url: string) => content({ links: [{ kind: 'link' as const, url, text: 'x' }] })
  const image = (url: string) => content({ attachments: [{ kind: 'image' as const, url, name: null }] })
  const same = (a: Parameters<typeof contentHash>[0], b: Parameters<typeof contentHash>[0]) =>
    contentHash(a, SITE) === contentHash(b, SITE)

  it('is not white space, nor the way an accent is written', () => {
    expect(same(content({ text: 'Caf\u00e9  au\n lait ' }), content({ text: 'Cafe\u0301 au lait' }))).toBe(true)
  })

  it("is not a signed picture, nor the spelling of the site's own address", () => {
    expect(same(image(`${SITE}a.jpg?sig=1&w=300`), image(`${SITE}a.jpg?sig=2`))).toBe(true)
    expect(same(link('https://town.example/groups/x/'), link('http://www.town.example/groups/x/'))).toBe(true)
  })

  it('is words, where a link leads, and which picture it is', () => {
    expect(same(content(), content({ text: 'hello' }))).toBe(false)
    expect(same(link('https://a.example/1'), link('https://a.example/2'))).toBe(false)
    expect(same(link('https://a.example/?p=1'), link('https://a.example/?p=2'))).toBe(false)
    expect(same(image(`${SITE}a.jpg`), image(`${SITE}b.jpg`))).toBe(false)
    expect(same(content(), image(`${SITE}a.jpg`))).toBe(false)
  })

  it('markup alone is no revision', () => {
    const one = shelf()
    one.save(
      said('See this', {
        html: '<p><a href="/x" rel="nofollow">See this</a> <img loading="lazy" src="/a.png?x=1"></p>',
      }),
    )
    one.save(said('See this', { html: '<p><a href="/x" rel="nofollow ugc">See this</a> <img src="/a.png?x=2"></p>' }))
    expect(one.sql(REVISIONS)).toEqual([])
    one.close()
  })
})

describe('titles', () => {
  it.each([
    ['Hello  there\nall', 'Hello there all'],
    ['- first point', 'first point'],
    ['', ''],
    [`${'word '.repeat(30)}`, `${'word '.repeat(15)}word…`],
    ['x'.repeat(200), `${'x'.repeat(80)}…`],
    [`${'x'.repeat(79)}🌻 and more`, `${'x'.repeat(79)}…`],
  ])('%j', (words, title) => expect(titleOf({ text: words })).toBe(title))

  it('are the one that the author gave', () => expect(titleOf({ heading: 'Swarms', text: 'Hello' })).toBe('Swarms'))

  it('are short, one line, and never half of an emoji', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 60, maxLength: 200, size: 'max' }), words => {
        const title = titleOf({ text: words })
        expect(title.length).toBeLessThanOrEqual(81)
        expect(title).not.toMatch(/[\r\n]/)
        expect(title).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })
})

describe('texts without their shortcodes', () => {
  const PIECES = ['a', 'b', ' ', '\n', '\u00a0', 'e\u0301', '\u00e9', '\u0301', '[', ']', '[b]', '[/b]', '[b x]']
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map(pieces => pieces.join(''))

  it('are equal if what is left of them is', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        expect(equalExceptShortcodes(one, other)).toBe(bareWords(one) === bareWords(other))
      }),
      { numRuns: 3000 },
    )
  })

  it('have no white space, however long they are', () => {
    const long = `${' x\u2003\n\ty'.repeat(30_000)} `
    expect(unspaced(long)).toBe('xy'.repeat(30_000))
    expect(bareWords(`${long}[b]z[/b]`)).toBe('xy'.repeat(30_000))
  })
})

describe('dates', () => {
  const dated = (from: string | null, to: string | null) => said('Hello', { when: { from, to } })
  const WHEN = 'SELECT posted_at, posted_from, posted_to FROM posts'
  const [EARLY, MIDDLE, LATE] = ['2025-01-01T00:00:00Z', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z']

  it('intervals narrow over captures, and an exact date ends the guessing', () => {
    const one = shelf()
    one.save(dated(EARLY, null))
    one.save(dated(null, LATE))
    expect(one.sql(WHEN)).toEqual([{ posted_at: null, posted_from: EARLY, posted_to: LATE }])
    one.save(dated(MIDDLE, LATE))
    expect(one.sql(WHEN)).toEqual([{ posted_at: null, posted_from: MIDDLE, posted_to: LATE }])
    one.save(dated(EARLY, EARLY))
    expect(one.sql(WHEN)).toEqual([{ posted_at: EARLY, posted_from: EARLY, posted_to: EARLY }])
    one.save(dated(MIDDLE, LATE))
    one.save(dated(LATE, LATE))
    expect(one.sql(WHEN)).toEqual([{ posted_at: EARLY, posted_from: EARLY, posted_to: EARLY }])
    one.close()
  })

  it('a contradiction leaves what is held', () => {
    const one = shelf()
    one.save(dated(MIDDLE, LATE))
    one.save(dated(null, EARLY))
    expect(one.sql(WHEN)).toEqual([{ posted_at: null, posted_from: MIDDLE, posted_to: LATE }])
    one.save(said('Hello', { when: exactly(EARLY) }))
    expect(one.sql(WHEN)).toEqual([{ posted_at: EARLY, posted_from: EARLY, posted_to: EARLY }])
    one.close()
  })
})
