import { describe, expect, it } from 'vitest'
import { markdown } from '../../src/export/markdown.js'
import type { StoredPost, StoredThread } from '../../src/model/archive.js'
import type { Page } from '../../src/model/page.js'
import { parse } from '../../src/parse/index.js'
import { DOORS } from '../../src/sources/files/index.js'
import { HEAD } from '../../src/sources/files/left-over.js'
import { ANNA, keptThread, renderedAs } from './threads.js'

/** What an import of the document reads, which sees the beginning of the file first. */
function imported(text: string): Page {
  const url = 'http://unknown.invalid/text/1'
  const body = new TextEncoder().encode(text)
  expect(DOORS.find(door => door.recognises(body.subarray(0, HEAD)))?.name).toBe('text')
  const capture = { request: { url }, url, status: 200, headers: {}, body, capturedAt: '2027-01-01T00:00:00Z' }
  return parse({ ...capture, imported: { door: 'text', origin: 'thread.md' } })
}

const LONG = 'Professor Dame Wilhelmina-Charlotte Featherstonehaugh-Cholmondeley (retired)'
const named = (id: string, name: string) => ({ id, slug: null, name, url: null })
const minute = (from: string, to = from) => ({ from, to })

function post(id: number, parent: number | null, more: Partial<StoredPost>): Partial<StoredPost> {
  const url = `https://community.example/activity/p/1${id}/`.replace(/\d+\/$/, parent === null ? `${id}/` : '100/')
  const type = parent === null ? 'activity_update' : 'activity_comment'
  const html = '<p>Words.</p>'
  return {
    ...{ id: String(id), parentId: parent === null ? null : String(parent), type, html, text: 'Words.' },
    ...{ url: parent === null ? url : `${url}#acomment-${id}` },
    ...more,
  }
}

const THREAD = keptThread({
  thread: { id: '100', url: 'https://community.example/activity/p/100/' },
  posts: [
    post(100, null, { author: named('1', LONG), when: minute('2025-12-31T22:30:00Z') }),
    post(101, 100, { author: named('2', 'נועה (Night)'), status: 'gone', when: minute('2025-12-31T23:30:00Z') }),
    post(102, 101, { author: named('1', LONG), when: minute('2026-01-01T00:10:00Z'), edited: true }),
    post(103, 102, { author: named('3', '**[x](y)** #4 → #2'), when: minute('2026-01-01T00:20:00Z') }),
    post(104, 102, { author: null, when: minute('2026-01-01T00:00:00Z', '2026-01-09T23:59:59Z') }),
    post(105, 104, { when: minute('2026-01-09T10:00:00Z', '2026-01-09T11:00:59Z'), truncated: true }),
    post(106, 105, { when: { from: null, to: '2026-02-01T00:00:59Z' } }),
    post(107, 104, { when: { from: null, to: null } }),
    post(108, 100, {
      html: '<p><b>#9 Anna</b>, <a href="https://a.example/">1 May</a></p><pre># Thread 2\n**#9 A**, x</pre>',
    }),
    post(109, 108, { html: '<ul><li><b>#3 Anna</b>, 12:00</li></ul>', text: '- #3 Anna, 12:00' }),
    post(110, 109, { when: minute('2026-10-25T00:30:00Z') }),
  ],
})

const second = keptThread({
  thread: { id: '300', group: null, url: 'https://community.example/activity/p/300/' },
  posts: [post(300, null, { author: ANNA, url: 'https://community.example/activity/p/300/' })],
})

/** Its posts have no addresses: in the layout `headings` a date is a line of its own. */
const NAMELESS = keptThread({
  thread: { id: '1', url: 'http://unknown.invalid/post/1/', site: 'http://unknown.invalid/' },
  posts: [
    { id: '1', url: 'http://unknown.invalid/post/1/', when: minute('2026-03-03T19:08:00Z') },
    post(2, 1, { parentId: '1', url: 'http://unknown.invalid/post/2/', when: minute('2026-04-04T05:00:00Z') }),
  ],
})

/** What the document says of each post, its parent being the nearest post above that is not left out. */
function said({ posts }: StoredThread) {
  const all = new Map([...posts].map(({ post }) => [post.id, post]))
  const parentOf = ({ parentId }: StoredPost): string | null => {
    const parent = all.get(parentId ?? '')
    return parent?.status === 'gone' ? parentOf(parent) : parentId
  }
  return [...all.values()]
    .filter(({ status }) => status === 'live')
    .map(one => ({ id: one.id, parentId: parentOf(one), author: one.author?.name ?? null, edited: one.edited }))
}

const read = ({ posts }: Page) =>
  posts.map(({ id, parentId, author, edited }) => ({ id, parentId, author: author?.name ?? null, edited }))

describe.each(['list', 'quote', 'headings', 'flat'])('a document in the layout %s', layout => {
  it.each(['UTC', 'Europe/Berlin', 'America/St_Johns'])('is imported as it was, in the zone %s', timezone => {
    const text = renderedAs(markdown, { options: { layout }, status: 'live', timezone }, THREAD)
    const page = imported(text)
    expect(read(page)).toEqual(said(THREAD))
    const whens = new Map([...THREAD.posts].map(({ post }) => [post.id, post.when]))
    for (const { id, when } of page.posts) {
      const { from, to } = whens.get(id) ?? { from: null, to: null }
      expect([id, when.from === null, when.to === null]).toEqual([id, from === null, to === null])
      if (from) expect([id, (when.from ?? '') <= from]).toEqual([id, true])
      if (to) expect([id, (when.to ?? '') >= to]).toEqual([id, true])
    }
    expect(page.posts[0]?.group).toMatchObject({ slug: 'care', name: 'Care at Home' })
    expect(page.posts.find(({ id }) => id === '105')?.truncated).toBe(true)
  })

  it('of several threads is imported as it was, with front matter and without', () => {
    for (const front of ['flat', 'none']) {
      const options = { layout, 'front-matter': front }
      const page = imported(renderedAs(markdown, { options, status: 'live' }, THREAD, second))
      expect(read(page)).toEqual([...said(THREAD), ...said(second)])
      expect(page.posts.at(-1)?.group).toBeUndefined()
    }
  })

  it.each(['de', 'en-US', 'ar-EG', 'ja', 'fa', 'ru'])('is imported with the same dates, by the locale %s', locale => {
    for (const front of ['flat', 'none'])
      for (const threads of [[NAMELESS], [THREAD], [THREAD, second]]) {
        const options = { layout, 'front-matter': front }
        const how = { options, status: 'live' as const, timezone: 'Europe/Berlin' }
        const [plain, local] = [how, { ...how, locale }].map(one => renderedAs(markdown, one, ...threads))
        expect(local).not.toBe(plain)
        expect(imported(local ?? '')).toEqual(imported(plain ?? ''))
        expect(local).not.toMatch(/^\d+\. (?!\[)/m)
      }
  })
})

it('reads the words of a post as they were typed', () => {
  const html =
    '<p>1. a_b *c* [d](e) #f 5 &lt; 6</p><p>שלום<br>עולם</p><ul><li>one</li></ul><p><img src="/x.png" alt="Map"></p>'
  const page = imported(renderedAs(markdown, {}, keptThread({ posts: [{ html, text: '' }] })))
  expect(page.posts[0]?.text).toBe('1. a_b *c* [d](e) #f 5 < 6\n\nשלום\nעולם\n\n- one')
  expect(page.posts[0]?.attachments).toEqual([{ kind: 'image', url: 'https://community.example/x.png', name: 'Map' }])
})

it('reads many marks that nothing closes in a time that grows with the text, and no faster', () => {
  const text = renderedAs(markdown, {}, keptThread({ posts: [{ html: '<p>Here.</p>', text: 'Here.' }] }))
  // Without a bound, each mark is compared with the rest of the text: minutes.
  const open = '_a '.repeat(150_000).trim()
  expect(imported(text.replace('Here.', `${open}\n\n*b*`)).posts[0]?.text).toBe(`${open}\n\nb`)
})

it('leaves references that name no character', () => {
  const text = renderedAs(markdown, {}, keptThread({ posts: [{ html: '<p>Here.</p>', text: 'Here.' }] }))
  const page = imported(text.replace('Here.', '&#x41;&#x10ffff;&#x110000;&#xffffff;&#x;'))
  expect(page.posts[0]?.text).toBe('A\u{10ffff}&#x110000;&#xffffff;&#x;')
})

it('finds a thread without an address by the id in its front matter', () => {
  const thread = { id: 'x0123456789abcdef', url: 'http://unknown.invalid/post/1/', site: 'http://unknown.invalid/' }
  const posts = [{ id: thread.id, url: thread.url, when: { from: '2025-03-01T05:00:00Z', to: '2026-02-28T23:59:59Z' } }]
  const text = renderedAs(markdown, {}, keptThread({ thread, posts }))
  expect(text).toContain(`\nid: '${thread.id}'\n`)
  expect(imported(text).posts[0]?.id).toBe(thread.id)
})

it('finds a thread below more names of participants than the beginning of a file holds', () => {
  const name = (at: number) => `${'Maximiliane '.repeat(20)}${at}`
  const many = Array.from({ length: 300 }, (_, at) => post(200 + at, 100, { author: named(`${at + 9}`, name(at)) }))
  const page = imported(renderedAs(markdown, {}, keptThread({ thread: THREAD, posts: [post(100, null, {}), ...many] })))
  expect(page.posts.at(-1)?.author?.name).toBe(name(299))
})

it('still reads the first form of the documents', () => {
  const site = 'https://community.example'
  const text = `---
schema: "threadkeep.document/1"
title: "Who has grown salsify?"
site: "${site}/"
group:
  id: "7"
  slug: "care"
  name: "Care at Home"
  url: "${site}/groups/care/"
id: "1"
url: "${site}/activity/1/"
author: "Anna Weber"
author_id: "1"
posted_at: "2026-10-28T17:40:00Z"
posted_between:
  - "2026-10-28T17:40:00Z"
  - "2026-10-28T17:40:00Z"
replies: 2
completeness:
  state: "complete"
  held: 3
  claimed: 3
---

# Who has grown salsify?

**Anna Weber** · 28 October 2026, 17:40 UTC · in [Care at Home](${site}/groups/care/) · [original](${site}/activity/1/)

Who has grown salsify?

## 2 replies

- **Seán Ó Dálaigh** · #2 · in reply to Anna Weber (#1) · [28 October 2026, 18:02 UTC](${site}/activity/1/#acomment-2)

  I did, once.

  - **Maeve O'Neill** · #3 · in reply to Seán Ó Dálaigh (#2) · [29 October 2026, 07:00 UTC](${site}/activity/1/#acomment-3) · (edited)

    How deep?
`
  const page = imported(text)
  expect(read(page)).toEqual([
    { id: '1', parentId: null, author: 'Anna Weber', edited: false },
    { id: '2', parentId: '1', author: 'Seán Ó Dálaigh', edited: false },
    { id: '3', parentId: '2', author: "Maeve O'Neill", edited: true },
  ])
  expect(page.posts.map(({ text: words }) => words)).toEqual(['Who has grown salsify?', 'I did, once.', 'How deep?'])
  expect(page.posts[1]?.when).toEqual({ from: '2026-10-28T18:02:00Z', to: '2026-10-28T18:02:59Z' })
})
