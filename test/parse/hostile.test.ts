import { describe, expect, it } from 'vitest'
import type { Page } from '../../src/model/page.js'
import { parse } from '../../src/parse/index.js'
import { captureOf, GROUP_URL, item, pageOf, parseItems } from './markup.js'
import { nodeReads } from './node-reads.js'

/** What a hostile or damaged site may send: it is read in time in proportion to its size, and without recursion. */

/** How much more work it is to parse a page of double the size: 2 if the work is linear, 4 if it is quadratic. */
const growth = (page: (size: number) => string): number => {
  const work = (size: number) => nodeReads(() => parse(captureOf(page(size))))
  return work(1600) / work(800)
}

describe('ids of items', () => {
  const nested = (size: number) => Array.from({ length: size }, (_, at) => `<div id="x-activity-${at}">`).join('')

  it('may be nested in each other: only the innermost element can be an item', () => {
    expect(growth(size => pageOf(nested(size)))).toBeLessThan(2.2)
    const page = parseItems(`${nested(50_000)}<a href="/activity/p/49999/">now</a>`)
    expect(page.posts.map(({ id }) => id)).toEqual(['49999'])
  })
})

describe('the address of a group', () => {
  const withNav = (links: string, names = 'group-bees') =>
    parse(
      captureOf(`<body class="groups single-item ${names} buddypress"><div id="object-nav">${links}</div>
        <ul id="activity-stream">${item(1, {})}</ul>`),
    )
  const home = '<a href="/groups/bees/home/">Home</a><a href="/groups/bees/members/">Members</a>'

  it('is found beside a link of 100,000 folders', () => {
    expect(withNav(`${home}<a href="/${'bees/'.repeat(100_000)}">x</a>`).group?.url).toBe(GROUP_URL)
  })

  it('is found beside a link of 100,000 fields', () => {
    expect(withNav(`${home}<a href="/?bp_groups=1&${'bp_group=wasps&'.repeat(100_000)}">x</a>`).group?.url).toBe(
      GROUP_URL,
    )
  })

  it('is found among 20,000 links below it', () => {
    const links = Array.from({ length: 20_000 }, (_, at) => `<a href="/groups/bees/${at}/bees/">x</a>`)
    expect(withNav(home + links.join('')).group?.url).toBe(GROUP_URL)
  })

  it('is found where the body has 20,000 classes', () => {
    const names = Array.from({ length: 20_000 }, (_, at) => `group-${at}`)
    expect(withNav(home.repeat(20), `group-bees ${names.join(' ')}`).group?.url).toBe(GROUP_URL)
  })
})

describe('a feed', () => {
  const read = (items: string): Page => {
    const url = `${GROUP_URL}feed/`
    const feed = `<?xml version="1.0"?><rss><channel>${items}</channel></rss>`
    return parse({ ...captureOf(feed), request: { url }, url })
  }
  const around = (text: string, title = 'Ann posted') =>
    `<item><title>${title}</title><link>https://town.example/activity/p/7/</link><content:encoded>${text}</content:encoded><slash:comments>2</slash:comments></item>`

  it.each([
    ['elements in its text', around(`<![CDATA[${'<b>x '.repeat(50_000)}]]>`)],
    ['paragraphs in its text', around(`<![CDATA[${'<p>x '.repeat(50_000)}]]>`)],
    ['elements of its own', around('x', `Ann posted${'<x>'.repeat(50_000)}`)],
    ['items in each other', around('x') + '<item>'.repeat(50_000)],
  ])('of 50,000 nested %s is read', (_what, items) => {
    expect(read(items).counts).toEqual([{ id: '7', replies: 2 }])
  })

  it('that defines entities of its own gets none of them', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1000)}">]>`
    expect(read(bomb + around(`&amp;lt;${'&a;'.repeat(1000)}`)).samples?.[0]?.text.length).toBeLessThan(5000)
  })

  it('keeps words in sections and around them', () => {
    expect(read(around('<![CDATA[<p>a &amp; b</p>]]>&lt;p&gt;c&lt;/p&gt;')).samples).toMatchObject([
      { id: '7', title: 'Ann posted', text: 'a & bc' },
    ])
  })
})

describe('a bound', () => {
  const long = 'word '.repeat(250_000)

  it('of one post: its text is left out and named, and the others are read', () => {
    const page = parseItems(item(1, {}) + item(2, { body: `<p>${long}</p>` }) + item(3, {}))
    expect(page.posts.map(({ id, text, truncated }) => [id, text, truncated])).toEqual([
      ['1', 'x', false],
      ['2', '', true],
      ['3', 'x', false],
    ])
    expect(page.warnings).toEqual([
      expect.stringMatching(/Post 2 of .* its text has 1250 KB of HTML, more than 1000 KB/),
    ])
    expect(page.threads.map(({ whole }) => whole)).toEqual([true, false, true])
  })

  it('of one post is the same by REST', () => {
    const url = 'https://town.example/wp-json/buddypress/v1/activity?group_id=1&page=1&display_comments=threaded'
    const post = (id: number, rendered: string) => ({
      id,
      user_id: 2,
      type: 'activity_update',
      component: 'groups',
      date: '2026-01-01T00:00:00',
      content: { rendered },
    })
    const json = JSON.stringify([post(1, '<p>x</p>'), post(2, long), post(3, '<p>x</p>')])
    const page = parse({ ...captureOf(json), request: { url }, url, headers: { 'content-type': 'application/json' } })
    expect(page.posts.map(({ text, truncated }) => [text, truncated])).toEqual([
      ['x', false],
      ['', true],
      ['x', false],
    ])
    expect(page.warnings).toEqual([expect.stringContaining('Post 2 is not read whole: its text has 1250 KB of HTML')])
  })

  it('of the markup of one post by REST costs the markup, not the words', () => {
    const url = 'https://town.example/wp-json/buddypress/v1/activity?group_id=1&page=1&display_comments=threaded'
    const rendered = `${'<b>'.repeat(400_000)}Fish &amp; chips<script>alert(1)</script>, please`
    const post = { id: 2, user_id: 2, type: 'activity_update', component: 'groups', date: '2026-01-01T00:00:00' }
    const json = JSON.stringify([{ ...post, content: { rendered } }])
    const page = parse({ ...captureOf(json), request: { url }, url, headers: { 'content-type': 'application/json' } })
    expect(page.posts).toMatchObject([{ text: 'Fish & chips , please', truncated: false }])
    expect(page.warnings).toEqual([])
    expect(page.remarks).toContainEqual(expect.stringContaining('Post 2 keeps its words without its markup'))
  })

  it('of one post is the same for the full text of a shortened one', () => {
    const request = {
      url: 'https://town.example/wp-admin/admin-ajax.php',
      form: { action: 'get_single_activity_content', id: '2' },
    }
    expect(parse({ ...captureOf(long), request }).wall).toEqual({
      kind: 'error',
      seen: 'a post of which its text has 1250 KB of HTML, more than 1000 KB, and was left out',
    })
  })

  it.each([
    ['elements', '<b>'.repeat(700_000)],
    ['attributes', `<p ${Array.from({ length: 700_000 }, (_, at) => `a${at}`).join(' ')}>`],
    ['comments', '<!---->'.repeat(700_000)],
  ])('of %s: the page is not read, and named', (_what, body) => {
    const page = parseItems(item(1, { body }))
    expect(page.wall).toEqual({ kind: 'error', seen: 'markup of more than 600000 elements and attributes' })
    expect(page.posts).toEqual([])
  })

  it('is far from 100,000 entities and 10,000 posts', () => {
    const page = parseItems(item(1, { body: '&amp;'.repeat(100_000) }) + '<i></i>'.repeat(100_000))
    expect(page.posts[0]?.text.length).toBe(100_000)
    expect(parseItems(Array.from({ length: 10_000 }, (_, at) => item(at + 1, {})).join('')).posts).toHaveLength(10_000)
  })
})

it('an AJAX answer is read though its referer is no address', () => {
  const request = { url: 'https://town.example/wp-admin/admin-ajax.php', form: { action: 'x' }, referer: 'http://[' }
  expect(parse({ ...captureOf(item(1, {})), request }).posts).toHaveLength(1)
})

it('words that grow when they are folded are no date', () => {
  const page = parseItems(item(1, { header: `<span class="time-since">${'ﷺ'.repeat(290)} 2 days ago</span>` }))
  expect(page.posts[0]?.when.from).toBeNull()
})

describe('markup that is nested deeper than browsers nest it', () => {
  const nested = (levels: number) =>
    `<p>before ${'<b>'.repeat(levels)}a &lt; b${'</b>'.repeat(levels)} <a href="/x">link</a></p><p>after</p>`
  const words = '<p>before a &lt; b link</p>\n<p>after</p>'
  const remark =
    'Post 2 keeps its words without its markup, which is nested more than 500 levels deep; its capture holds all of it.'

  it('leaves the words, the links, and the other posts of a page', () => {
    const page = parseItems(item(1, {}) + item(2, { body: nested(600) }) + item(3, {}))
    expect(page.posts.map(({ html }) => html)).toEqual(['<p>x</p>', words, '<p>x</p>'])
    expect(page.posts[1]).toMatchObject({
      text: 'before a < b link\n\nafter',
      truncated: false,
      links: [{ text: 'link' }],
    })
    expect([page.warnings, page.remarks]).toEqual([[], [remark]])
    expect(page.threads.map(({ whole }) => whole)).toEqual([true, true, true])
  })

  it('leaves the same by REST', () => {
    const url = 'https://town.example/wp-json/buddypress/v1/activity?group_id=1&page=1&display_comments=threaded'
    const json = JSON.stringify([
      {
        id: 2,
        user_id: 2,
        type: 'activity_update',
        component: 'groups',
        date: '2026-01-01T00:00:00',
        content: { rendered: nested(600) },
      },
    ])
    const page = parse({ ...captureOf(json), request: { url }, url, headers: { 'content-type': 'application/json' } })
    expect([page.posts[0]?.html, page.warnings, page.remarks]).toEqual([words, [], [remark]])
    expect(page.posts[0]).not.toHaveProperty('isDeep')
  })

  it('is not what a post of 400 levels has', () => {
    const page = parseItems(item(2, { body: nested(400) }))
    expect(page.posts[0]?.html).toBe(nested(400))
    expect(page.remarks).toBeUndefined()
  })
})

it('links nested in each other around the list cost a few reads each', () => {
  const around = (size: number) => captureOf(pageOf(`${'<a href="/x/">'.repeat(size)}${item(1, {})}`))
  const work = (size: number) => nodeReads(() => parse(around(size)))
  work(100)
  expect((work(4000) - work(2000)) / 2000).toBeLessThan(250)
})

it('times nested in each other at the end of a text cost a few reads each', () => {
  expect(growth(size => pageOf(item(1, { body: '<span class="time-since">'.repeat(size) })))).toBeLessThan(2.2)
})
