import { readdirSync, readFileSync } from 'node:fs'
import { load } from 'cheerio'
import { describe, expect, it } from 'vitest'
import type { GroupSummary, StoredThread } from '../../../src/model/archive.js'
import { exactly } from '../../../src/model/time.js'
import { ANNA, chain, keptThread } from '../threads.js'
import { aboutOf, checkPage, checkSite, documentOf, siteOf } from './pages.js'

const FOLDER = new URL('../../../fixtures/export/', import.meta.url)
const FIXTURES = readdirSync(FOLDER)
const fixture = (name: string): StoredThread =>
  keptThread(JSON.parse(readFileSync(new URL(`${name}/thread.json`, FOLDER), 'utf8')))

const CARE = { id: '7', slug: 'care', name: 'Care at Home', url: 'https://community.example/groups/care/' }
const TALK = { id: '8', slug: 'talk', name: 'Talk', url: 'https://community.example/groups/talk/' }
const AT = 'community.example/care'

/** A thread that one member opened on this day. */
const opened = (id: string, day: string, changes: Partial<StoredThread> = {}): StoredThread => ({
  ...keptThread({
    posts: [{ id, when: exactly(`${day}T10:00:00Z`), html: `<p>Thread ${id}</p>`, text: `Thread ${id}` }],
  }),
  ...{ id, title: `Thread ${id}`, group: CARE, when: exactly(`${day}T10:00:00Z`), ...changes },
})

const linksOf = (text: string): string[] =>
  load(text)('a')
    .toArray()
    .map(link => link.attribs['href'] ?? '')

describe('a site', () => {
  it.each(FIXTURES)('of the thread "%s" is sound', name => {
    checkSite(siteOf([fixture(name)], aboutOf([], { status: 'all' })))
    checkSite(siteOf([fixture(name)], aboutOf([], { status: 'live' })))
    checkSite(siteOf([fixture(name)], aboutOf([], { status: 'gone' })))
  })

  it.each(FIXTURES)('as one document of "%s" is sound', name => {
    const document = documentOf([fixture(name)])
    const page = checkPage('thread.html', document, new Map([['thread.html', document]]))
    expect(page('style').length).toBe(1)
    expect(page('script').length).toBe(0)
  })

  it('has pages for threads, months, groups and all of it, at addresses that titles do not change', () => {
    const threads = [
      opened('1', '2026-01-05'),
      opened('2', '2026-01-06', { group: TALK }),
      opened('3', '2026-02-01'),
      opened('bbp:4', '2026-03-01', { group: null }),
    ]
    const pages = siteOf(threads)
    checkSite(pages)
    const names = [...pages.keys()].sort()
    expect(names).toEqual([
      'community.example/care/2026-01.html',
      'community.example/care/2026-02.html',
      'community.example/care/index.html',
      'community.example/care/search-2026.js',
      'community.example/care/thread-1.html',
      'community.example/care/thread-3.html',
      'community.example/no-group/2026-03.html',
      'community.example/no-group/index.html',
      'community.example/no-group/search-2026.js',
      'community.example/no-group/thread-bbp_4.html',
      'community.example/talk/2026-01.html',
      'community.example/talk/index.html',
      'community.example/talk/search-2026.js',
      'community.example/talk/thread-2.html',
      'index.html',
      'search.js',
      'style.css',
    ])
    const renamed = siteOf(threads.map(thread => ({ ...thread, title: `Another title ${thread.id}` })))
    expect([...renamed.keys()].sort()).toEqual(names)
  })

  it('of one group begins with that group, with links that lead to the same pages', () => {
    const pages = siteOf([opened('1', '2026-01-05')])
    checkSite(pages)
    expect(linksOf(pages.get('index.html') ?? '')).toContain(`${AT}/thread-1.html`)
    expect(linksOf(pages.get(`${AT}/index.html`) ?? '')).toContain('thread-1.html')
  })

  it('keeps the groups of two sites apart, also groups of one slug in two spellings', () => {
    const other = { ...CARE, url: 'https://other.example/groups/care/' }
    const twin = { ...CARE, id: '9', slug: 'CARE', url: 'https://community.example/groups/care-2/' }
    const pages = siteOf([
      opened('1', '2026-01-05'),
      opened('1', '2026-01-06', { site: 'https://other.example/', group: other }),
      opened('2', '2026-01-07', { group: twin }),
    ])
    checkSite(pages)
    expect([...pages.keys()].filter(name => name.includes('thread-')).sort()).toEqual([
      'community.example/care-9/thread-2.html',
      'community.example/care/thread-1.html',
      'other.example/care/thread-1.html',
    ])
  })

  it('leads from each thread to the one before and after it in its group', () => {
    const pages = siteOf([
      opened('1', '2026-01-05'),
      opened('2', '2026-01-06', { group: TALK }),
      opened('3', '2026-02-01'),
      opened('4', '2026-02-02'),
    ])
    const turn = (name: string) => load(pages.get(`${AT}/${name}`) ?? '')
    expect(turn('thread-3.html')('[rel=prev]').attr('href')).toBe('thread-1.html')
    expect(turn('thread-3.html')('[rel=next]').attr('href')).toBe('thread-4.html')
    expect(turn('thread-1.html')('[rel=prev]').length).toBe(0)
    expect(turn('thread-4.html')('[rel=next]').length).toBe(0)
  })

  it('is the same bytes again', () => {
    const threads = FIXTURES.map((name, at) => ({ ...fixture(name), id: String(at + 1) }))
    expect([...siteOf(threads)]).toEqual([...siteOf(threads)])
  })

  it('puts long months on several pages, and folds many months', () => {
    const many = Array.from({ length: 501 }, (_, at) => opened(String(at + 1), '2026-01-05'))
    const months = Array.from({ length: 13 }, (_, at) => opened(`10${at}0`, `20${10 + at}-05-01`))
    const pages = siteOf([...months, ...many])
    checkSite(pages)
    expect(load(pages.get(`${AT}/2026-01.html`) ?? '')('.threads li').length).toBe(500)
    expect(load(pages.get(`${AT}/2026-01.2.html`) ?? '')('.threads li').length).toBe(1)
    const index = load(pages.get(`${AT}/index.html`) ?? '')
    expect(index('details .months').length).toBe(1)
    expect(index('main .threads li').length).toBe(50)
  })

  it('has threads without a date at the end', () => {
    const pages = siteOf([opened('1', '2026-01-05'), opened('2', '2026-01-06', { when: { from: null, to: null } })])
    checkSite(pages)
    expect(pages.has(`${AT}/undated.html`)).toBe(true)
    expect(
      load(pages.get(`${AT}/index.html`) ?? '')('h3')
        .first()
        .text(),
    ).toBe('Without a date')
  })

  it('begins with the name of the community, as of when, how complete, and what was closed', () => {
    const threads = [
      opened('1', '2026-01-05'),
      opened('2', '2026-01-06', { group: TALK, completeness: { state: 'short', held: 1, claimed: 3 } }),
    ]
    const closed = { ...CARE, slug: 'board', name: 'The <Board>', url: 'https://community.example/groups/board/' }
    const about = aboutOf(threads)
    const summary = [...about.archive.groups()][0] as GroupSummary
    const groups = () => [...about.archive.groups(), { ...summary, ...closed, access: 'members' as const, posts: 0 }]
    const sourceOf = () => ({ siteName: 'The Commons', capture: null })
    const pages = siteOf(threads, { ...about, archive: { ...about.archive, groups, sourceOf } })
    checkSite(pages)
    const page = load(pages.get('index.html') ?? '')
    expect(page('h1').text()).toBe('The Commons')
    expect(page('.status').text()).toMatch(
      /^2 groups of community\.example: 2 threads, 2 posts\. As of \d+ \w+ 2026, as a visitor sees it: .* and 1 group incomplete\.$/,
    )
    expect(page('.threads .meta').text()).toContain('; incomplete, 1 of 3 posts held')
    expect(page('.threads + .meta').text()).toBe('For members only, and nothing of it is kept: The <Board>.')
    const alone = load(
      siteOf(threads.slice(0, 1), { ...about, archive: { ...about.archive, groups, sourceOf } }).get('index.html') ??
        '',
    )
    expect(alone('nav.crumb').text()).toBe('The Commons')
    expect(alone('main').text()).toContain('The <Board>')
  })

  it('of nothing is a page that says so', () => {
    const pages = siteOf([])
    checkSite(pages)
    expect(pages.get('index.html')).toContain('0 groups')
  })

  it('takes hostile addresses and ids for what they are', () => {
    const group = { id: '7', slug: '../../etc/passwd\0', name: null, url: 'javascript:alert(1)' }
    const pages = siteOf([
      opened('1', '2026-01-05', { site: 'http://../../x/', group, url: 'javascript:alert(2)' }),
      opened('../../2"><script>', '2026-01-06', { site: 'http://CON/', group: { ...group, slug: 'nul' } }),
      opened('x'.repeat(5000), '2026-01-07', { group: { ...group, slug: '' } }),
    ])
    checkSite(pages)
    for (const name of pages.keys()) expect(name).not.toMatch(/\.\.\/|\0|^\/|(^|\/)(con|nul)\//i)
    for (const name of pages.keys()) expect(Math.max(...name.split('/').map(part => part.length))).toBeLessThan(120)
  })
})

describe('a thread of many posts', () => {
  const long = () => chain(4500)

  it('has several pages, whose links find each post', () => {
    const pages = siteOf([long()])
    checkSite(pages)
    const thirds = [1, 2, 3].map(page => load(pages.get(`${AT}/thread-1${page > 1 ? `.${page}` : ''}.html`) ?? ''))
    expect(thirds.map(page => page('article.post').length)).toEqual([2000, 2000, 500])
    expect(thirds[1]?.('article').first().find('.to').attr('href')).toBe('thread-1.html#post-2000')
  })

  it('says on a later page below which post its first replies are', () => {
    const posts = [{ id: '1' }, ...Array.from({ length: 2500 }, (_, at) => ({ id: `${at + 3}`, parentId: '2' }))]
    posts.splice(1, 0, { id: '2', parentId: '1' })
    const pages = siteOf([keptThread({ posts: [...posts, { id: '9999', parentId: '1' }] })])
    checkSite(pages)
    const second = load(pages.get(`${AT}/thread-1.2.html`) ?? '')
    expect(second('.replies > li').first().children('p').text()).toBe('Below #2, on an earlier page')
    expect(second('.replies > li').length).toBe(2)
    expect(second('ol.below > li').length).toBe(502)
  })
})

describe('what a page says', () => {
  const GONE = { status: 'gone' as const, goneAt: '2026-11-02T08:00:00Z', text: 'secret', html: '<p>secret</p>' }

  it('has no word of a gone post by default, only its place', () => {
    const thread = keptThread({
      posts: [
        { id: '1', ...GONE, heading: 'secret' },
        { id: '2', parentId: '1' },
      ],
    })
    const hidden = { ...thread, status: 'gone' as const, gonePosts: 1, title: 'secret' }
    const pages = siteOf([hidden])
    checkSite(pages)
    expect([...pages.values()].join('')).not.toContain('secret')
    expect(load(pages.get(`${AT}/thread-1.html`) ?? '')('#post-1').text()).toBe(
      '#1 is gone from the site; it was there on 2 November 2026.',
    )
    const all = siteOf([hidden], aboutOf([], { status: 'all' }))
    expect(load(all.get(`${AT}/thread-1.html`) ?? '')('#post-1 .mark').text()).toBe('gone by 2 November 2026')
    expect(all.get(`${AT}/thread-1.html`)).toContain('secret')
  })

  it('folds the earlier texts of an edited post, each with its day', () => {
    const thread = keptThread({ posts: [{ id: '1', revisions: 2, editedBy: '2026-12-02T08:00:00Z' }] })
    const since = '2026-11-23T08:00:00Z'
    const version = {
      heading: null,
      html: '<p onclick="x()">First</p>',
      text: 'First',
      author: ANNA,
      since,
      until: since,
    }
    const other = { ...version, html: '<p>Second</p>', author: { ...ANNA, name: 'Ben' } }
    const pages = siteOf([thread], aboutOf([], {}, { 1: [version, other] }))
    checkSite(pages)
    const page = load(pages.get(`${AT}/thread-1.html`) ?? '')
    expect(
      page('details.history')
        .toArray()
        .map(one => page(one).text()),
    ).toEqual(['Earlier text, as of 23 November 2026First', 'Earlier text, as of 23 November 2026, by BenSecond'])
    expect(page('details[open]').length).toBe(0)
    expect(page('.mark').text()).toBe('edited by 2 December 2026')
  })

  it('shows pictures and files in words, with links that tell nothing', () => {
    const html =
      '<p>See <img src="https://other.example/a.png" alt="The plan"> <a href="/b.png"><img src="/b.png" alt=""></a></p>'
    const attachments = [{ kind: 'document' as const, url: 'https://community.example/c.pdf', name: 'Minutes.pdf' }]
    const page = load(documentOf([keptThread({ posts: [{ id: '1', html, attachments }] })]))
    expect(page('img').length).toBe(0)
    expect(page('.body').text()).toBe('See The plan (picture) picture')
    expect(
      page('.body a, .files a')
        .toArray()
        .map(link => [link.attribs['href'], link.attribs['rel']]),
    ).toEqual([
      ['https://other.example/a.png', 'noreferrer nofollow'],
      ['https://community.example/b.png', 'noreferrer nofollow'],
      ['https://community.example/c.pdf', 'noreferrer'],
    ])
    expect(page('.files').text()).toBe('Minutes.pdf (document)')
  })

  it('tells machines what it is: schema.org, with the post that each reply answers', () => {
    const thread = keptThread({ posts: [{ id: '1' }, { id: '2', parentId: '1' }, { id: '3', parentId: '2' }] })
    const page = load(documentOf([thread]))
    expect(
      page('[itemtype="https://schema.org/DiscussionForumPosting"] > [itemprop=commentCount]').attr('content'),
    ).toBe('2')
    expect(page('[itemprop=comment]').length).toBe(2)
    expect(page('#post-3 [itemprop=parentItem]').attr('href')).toBe('#post-2')
    expect(page('[itemprop=datePublished]').first().attr('datetime')).toBe('2026-10-28T12:00:00Z')
  })

  it('names the language of the posts where it is told, and the zone that it is told', () => {
    const options = { lang: 'de' }
    const document = documentOf([chain(2)], aboutOf([chain(2)], { options, timezone: 'Europe/Berlin' }))
    expect(load(document)('.body[lang=de]').length).toBe(2)
    expect(document).toContain('28 October 2026, 13:00')
    expect(() => documentOf([chain(1)], aboutOf([chain(1)], { options: { lang: '"><b>' } }))).toThrow('is no language')
  })

  it('tells months, dates and numbers by the locale, which it names to screen readers', () => {
    const thread = keptThread({
      posts: [{ id: '1' }, { id: '2', parentId: '1', when: exactly('2026-10-29T12:00:00Z') }],
    })
    const pages = siteOf([thread], aboutOf([thread], { locale: 'de' }))
    const group = load(pages.get('index.html') ?? '')
    expect(group('.status').text()).toContain('28. Oktober 2026 to 29. Oktober 2026. Complete as of 2. November 2026')
    expect([group('h3').first().text(), group('.months a').text()]).toEqual(['Oktober 2026', 'Okt'])
    const page = load([...pages].find(([name]) => name.includes('thread-'))?.[1] ?? '')
    expect(page('html').attr('lang')).toBe('en')
    expect(page('time[itemprop=datePublished]').attr()).toMatchObject({ lang: 'de', datetime: '2026-10-28T12:00:00Z' })
    expect(page('time').first().text()).toBe('28. Oktober 2026, 12:00')
  })

  it('of several threads in one document has contents, and ids that no two sites share', () => {
    const second = { ...chain(2), site: 'https://other.example/' }
    const document = documentOf([chain(3), second])
    const page = checkPage('one.html', document, new Map([['one.html', document]]))
    expect(
      page('.contents a')
        .toArray()
        .map(link => link.attribs['href']),
    ).toEqual(['#thread-1', '#thread-2'])
    expect(page('h1').text()).toBe('Care at Home and Care at Home: two threads, 2026')
    expect(page('.contents li').first().text().trim()).toBe('Thread 1, 28 October 2026: Anna, “A thread” (3 posts)')
    expect(page('h2').last().text()).toBe('Thread 2, 28 October 2026')
  })

  it('of several threads in one document says nothing in contents of an opening post that is not shown, and takes titles', () => {
    const gone = keptThread({ thread: { title: 'Secret' }, posts: [{ id: '1', status: 'gone', heading: 'Secret' }] })
    const titled = keptThread({ thread: { id: '2', title: 'Bees' }, posts: [{ id: '2', heading: '<b>Bees</b>' }] })
    const page = load(documentOf([gone, titled]))
    const entries = page('.contents li')
      .toArray()
      .map(item => page(item).text().trim())
    expect(entries).toEqual([
      'Thread 1, 28 October 2026: gone from the site (0 posts)',
      'Thread 2: <b>Bees</b>: Anna (1 post)',
    ])
    expect(page('body').text()).not.toContain('Secret')
  })
})

describe('the charts', () => {
  it('have the numbers of the posts behind them, in tables', () => {
    const ben = { ...ANNA, id: '2', name: 'Ben' }
    const thread = keptThread({
      posts: [
        { id: '1', when: exactly('2026-01-31T23:30:00Z') },
        { id: '2', parentId: '1', author: ben, when: exactly('2026-03-01T12:00:00Z') },
        { id: '3', parentId: '2', when: exactly('2026-03-02T12:00:00Z') },
        { id: '4', parentId: '1', author: ben, when: { from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' } },
      ],
    })
    const pages = siteOf([thread])
    const page = load(pages.get('index.html') ?? '')
    const rows = (figure: string) =>
      page(`figure[aria-labelledby=${figure}] tbody tr`)
        .toArray()
        .map(row =>
          page(row)
            .children()
            .toArray()
            .map(cell => page(cell).text()),
        )
    expect(rows('by-month')).toEqual([
      ['January 2026', '1'],
      ['March 2026', '2'],
    ])
    expect(page('figure[aria-labelledby=by-month] .meta').text()).toBe('1 post without a known month.')
    expect(rows('who-answers')).toEqual([
      ['Ben', 'Anna', '2'],
      ['Anna', 'Ben', '1'],
    ])
    expect(rows('by-depth')).toEqual([
      ['opening', '1'],
      ['1', '2'],
      ['2', '1'],
    ])
    expect(page('svg[role=img][aria-label]').length).toBe(3)
  })
})
