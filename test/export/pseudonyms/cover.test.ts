import { describe, expect, it } from 'vitest'
import { EXPORTERS } from '../../../src/export/index.js'
import { coveredArchive } from '../../../src/export/pseudonyms/privacy.js'
import { checkPrivacy, type PrivacyRequest } from '../../../src/export/pseudonyms/request.js'
import { UNKNOWN_SITE } from '../../../src/model/unknown-site.js'
import { readerOf } from '../../cli/fake-reader.js'
import { keptThread } from '../threads.js'
import { coveredPosts, coveredReader, coveredThread, keyInMemory, person, SITE } from './covered.js'

const ANNA = person('44', 'anna', 'Anna Kowalska', 'Anna Nowak')
const people = [ANNA]
const author = { id: '44', slug: 'anna', name: 'Anna Kowalska', url: `${SITE}members/anna/` }

describe('authors', () => {
  const authorOf = (given: Partial<typeof author> | object) =>
    coveredPosts([{ author: { ...author, ...given } }], { people })[0]?.author

  it('have one pseudonym, by the id, whatever they were called', () => {
    const covered = { id: 'member-001', slug: 'member-001', name: 'Member 001', url: `${SITE}members/member-001/` }
    expect(authorOf({})).toEqual(covered)
    expect(authorOf({ slug: 'former', name: 'Anna Nowak' })).toMatchObject({ name: 'Member 001' })
    expect(authorOf({ id: null })).toEqual(covered)
    expect(authorOf({ id: '44', slug: null, name: null, url: null })).toEqual({ ...covered, url: null })
  })

  it('who are not among the people of the archive have a stable one, too', () => {
    const [first, second] = [
      authorOf({ id: null, slug: null, name: 'Guest' }),
      authorOf({ id: null, slug: null, name: 'Guest' }),
    ]
    expect(first?.name).toMatch(/^Member [0-9a-f]{10}$/)
    expect(first).toEqual(second)
  })

  it('leave what is in the place of an erased member as it is', () => {
    const html = `<p><a href="${SITE}members/forgotten-member/">@forgotten-member</a> is right</p>`
    const links = [{ kind: 'mention' as const, url: `${SITE}members/forgotten-member/`, text: '@forgotten-member' }]
    const [post] = coveredPosts([{ author: null, html, text: '@forgotten-member is right', links }], { people })
    expect(post).toMatchObject({ html, text: '@forgotten-member is right', links })
  })
})

describe('a selection', () => {
  it('is told from others by a hash, and nothing is claimed where there is none', () => {
    const archive = { ...readerOf([]), people: () => people, texts: () => [] }
    const covered = coveredArchive(archive, { pseudonyms: 'k' }, () => keyInMemory()).people
    expect(covered?.ofSelection('--member anna')).toMatch(/^selection-[0-9a-f]{12}$/)
    expect(covered?.ofSelection('')).toBe('')
  })
})

describe('threads', () => {
  it('have covered titles, also of notices by a member whose name is a common word', () => {
    const will = { id: '5', slug: 'will', name: 'Will', url: null }
    const thread = coveredThread(
      [{ author: will }],
      { people: [person('5', 'will', 'Will')] },
      { title: 'Will joined the group', author: will },
    )
    expect(thread.title).toBe('Member 001 joined the group')
  })

  it('have titles without the name of a member who is only linked in the text', () => {
    const html = `<p>Thanks to <a href="${SITE}members/quietone/">Quentin Quiet</a></p>`
    const quiet = { ...person(null, 'quietone'), linkWords: ['Quentin Quiet'] }
    const thread = coveredThread(
      [{ html, text: 'Thanks to Quentin Quiet' }],
      { people: [quiet] },
      { title: 'Thanks to Quentin Quiet' },
    )
    expect(thread.title).toBe('Thanks to Member 001')
    expect([...thread.posts][0]?.post.text).toBe(thread.title)
  })

  it('lose the last letters of a title that is cut within a name without spaces', () => {
    const thread = coveredThread([{}], { people: [person('5', 'c', '陳美玲')] }, { title: '会議で昨日陳美…' })
    expect(thread.title).toBe('会議で…')
  })

  it('pass no field that nobody has decided on', () => {
    const odd = { ...keptThread({ posts: [{ secret: 'Anna' } as object] }), secret: 'Anna' }
    const [covered] = coveredReader([odd], { people }).threads({})
    expect(JSON.stringify({ ...covered, posts: [...(covered?.posts ?? [])] })).not.toContain('secret')
  })

  it('keep two groups apart whose names are covered alike', () => {
    const group = (slug: string) => ({ id: null, slug, name: slug, url: `${SITE}groups/${slug}/` })
    const threads = ['anna', 'kowalska'].map(slug => keptThread({ posts: [{}], thread: { group: group(slug) } }))
    const reader = coveredReader(threads, { people })
    for (const groups of [[...reader.groups()], [...reader.namedGroups()]]) {
      expect(new Set(groups.map(({ url }) => url)).size).toBe(2)
      expect(JSON.stringify(groups)).not.toMatch(/anna|kowalska/i)
    }
  })

  it('say nothing of readers of the archive but how they read', () => {
    expect(coveredPosts([{ seenBy: ['session@anna', 'session@bert', 'visitor'] }], { people })[0]?.seenBy).toEqual([
      'session',
      'visitor',
    ])
  })
})

describe('what else an exporter may ask', () => {
  const stored = { file: '/x/ab.jpg', sha256: 'ab', type: 'image/jpeg', size: 3, name: 'anna.jpg', read: () => [] }
  const archive = {
    ...readerOf([keptThread({ posts: [{ html: '<img src="/wp-content/uploads/anna.jpg">' }] })]),
    people: () => people,
    storedFile: (url: string) => (url === `${SITE}wp-content/uploads/anna.jpg` ? stored : null),
    captures: () => [{ id: 1 } as never],
    earlierVersions: () => [
      {
        heading: 'Anna',
        html: '<p>Anna</p>',
        text: 'Anna',
        author,
        since: '2024-05-03T10:00:00Z',
        until: '2024-06-03T10:00:00Z',
      },
    ],
  }
  const covered = coveredArchive(archive, { pseudonyms: 'k', dates: 'month' }, () => keyInMemory()).archive

  it('gives files under neutral names, by their neutral addresses', () => {
    const [thread] = covered.threads({})
    const src = /src="([^"]+)"/.exec([...(thread?.posts ?? [])][0]?.post.html ?? '')?.[1] ?? ''
    expect(covered.storedFile?.(src)).toMatchObject({ sha256: 'ab', name: src.slice('https://files.invalid/'.length) })
    expect(covered.storedFile?.(`${SITE}wp-content/uploads/anna.jpg`)).toBeNull()
  })

  it('covers earlier versions, and has no captures, no people and no texts', () => {
    expect(covered.earlierVersions?.(SITE, '1')).toEqual([
      {
        ...{ heading: 'Member 001', html: '<p>Member 001</p>', text: 'Member 001' },
        ...{ since: '2024-05-01T00:00:00Z', until: '2024-06-01T00:00:00Z' },
        author: { id: 'member-001', slug: 'member-001', name: 'Member 001', url: `${SITE}members/member-001/` },
      },
    ])
    expect([...(covered.captures?.([]) ?? []), ...(covered.people?.() ?? []), ...(covered.texts?.() ?? [])]).toEqual([])
  })
})

describe('what is withheld', () => {
  const post = {
    ...{
      author: null,
      id: '237',
      threadId: '237',
      heading: 'On bees',
      when: { from: '2024-05-03T10:00:00Z', to: '2024-05-03T10:00:00Z' },
    },
    ...{
      html: '<p>See <a href="https://o.example/">this</a> https://o.example/x</p>',
      text: 'See this https://o.example/x',
    },
    links: [
      { kind: 'link' as const, url: 'https://o.example/', text: 'this' },
      { kind: 'mention' as const, url: `${SITE}members/anna/`, text: '@anna' },
    ],
  }
  const withheld = (privacy: PrivacyRequest) => coveredPosts([post], { people, privacy })[0]

  it('of texts: all but their length', () => {
    expect(withheld({ noVerbatim: true })).toMatchObject({ html: '', text: '[6 words]', heading: null, id: '237' })
  })

  it.each([
    ['groups/care/forum/topic/does-anybody-else-find/#post-12', false],
    ['groups/care/forum/topic/does-anybody-else-find/page/2/#post-40', false],
    ['groups/care/forum/topic/does-anybody-else-find/reply/12/', false],
    ['forums/reply/reply-to-does-anybody/', false],
    ['?topic=does-anybody-else-find', false],
    ['foro/debate/alguien-mas/', false],
    ['activity/p/237/', true],
    ['members/anna/activity/237/#acomment-240', true],
    ['groups/care/forum/reply/12/', true],
    ['?p=237', true],
    ['?bp_activities=1&bp_activity_action=p&bp_activity_action_variables[0]=237', true],
  ])('of texts: addresses that hold the title: %s', (path, isKept) => {
    const url = `${SITE}${path}`
    const thread = coveredThread([{ ...post, url }], { privacy: { noVerbatim: true } }, { url })
    const urls = [thread.url, ...[...thread.posts].map(one => one.post.url)]
    if (isKept) expect(urls).not.toContain(UNKNOWN_SITE)
    else expect(urls).toEqual([UNKNOWN_SITE, UNKNOWN_SITE])
  })

  it('of links: addresses of the site and those in texts, and ids', () => {
    const covered = withheld({ dropLinks: true })
    expect(covered).toMatchObject({ html: '<p>See <a>this</a> [link]</p>', text: 'See this [link]', url: UNKNOWN_SITE })
    expect(covered?.links).toEqual([
      { kind: 'mention', url: `${UNKNOWN_SITE}members/member-001/`, text: '@member-001' },
    ])
    expect(covered?.id).toMatch(/^p[0-9a-f]{12}$/)
  })

  it('of dates: all but the month', () => {
    const covered = withheld({ dates: 'month' })
    expect(covered?.when).toEqual({ from: '2024-05-01T00:00:00Z', to: '2024-05-31T23:59:59Z' })
    expect(covered?.firstSeenAt).toBe('2026-11-01T00:00:00Z')
    const thread = coveredThread([post], { privacy: { dates: 'month' } }, { timezone: 'America/New_York' })
    expect(thread).toMatchObject({ timezone: null, readAt: '2026-11-01T00:00:00Z', lastPostAt: '2026-10-01T00:00:00Z' })
  })

  it('of dates: also the addresses of posts and threads, which hold the ids', () => {
    const url = `${SITE}activity/p/237/`
    const thread = coveredThread([{ ...post, url }], { privacy: { dates: 'month' } }, { url })
    expect(thread.url).toBe(UNKNOWN_SITE)
    expect(JSON.stringify({ ...thread, posts: [...thread.posts] })).not.toContain('237')
  })

  it('of dates: also links in texts to other posts, and no other ones', () => {
    const [to, other] = [`${SITE}activity/p/237/#acomment-241`, 'https://other.example/a?x=1']
    const words = {
      html: `<p><a href="${to}">there</a> ${to} <a href="${other}">${other}</a> <img src="https://other.example/e.png" alt="e" class="emoji"></p>`,
      ...{ text: `there ${to} ${other}`, heading: `${SITE}?p=88 and more`, topic: null },
      links: [to, other].map(url => ({ kind: 'link' as const, url, text: 'there' })),
      attachments: [`${SITE}reply/912/`, other].map(url => ({ kind: 'embed' as const, url, name: null })),
    }
    const [covered] = coveredPosts([{ author: null, ...words }], { privacy: { dates: 'month' } })
    expect(JSON.stringify(covered)).not.toMatch(/237|241|88|912/)
    expect(covered?.html).toContain(`<p><a>there</a> [link] <a href="${other}">${other}</a>`)
    expect(covered).toMatchObject({ text: `there [link] ${other}`, heading: '[link] and more' })
    expect([covered?.links.length, covered?.attachments.length]).toEqual([1, 1])
    const [exact] = coveredPosts([{ author: null, ...words }], {})
    expect([exact?.text, exact?.links.length]).toEqual([words.text, 2])
  })

  it('of links: what is embedded from elsewhere, and of files all but that they are there', () => {
    const attachments = (['embed', 'image'] as const).map(kind => ({
      kind,
      url: `${SITE}uploads/${kind}.png`,
      name: null,
    }))
    const [covered] = coveredPosts([{ ...post, attachments }], { privacy: { dropLinks: true } })
    expect(covered?.attachments).toEqual([
      { kind: 'image', url: expect.stringMatching(/^https:\/\/files\.invalid\/image-/), name: null },
    ])
  })

  it('also without pseudonyms, when names stay', () => {
    const archive = readerOf([keptThread({ posts: [{ ...post, author }] })])
    const [thread] = coveredArchive(archive, { dropLinks: true }, () => keyInMemory()).archive.threads({})
    expect([...(thread?.posts ?? [])][0]?.post).toMatchObject({
      id: '237',
      author: { name: 'Anna Kowalska', url: null },
    })
  })

  it('never of captures', () => {
    for (const exporter of EXPORTERS.filter(({ content }) => content === 'captures'))
      expect(() => checkPrivacy({ dates: 'month' }, exporter)).toThrow('holds the pages as the site has sent them')
    for (const exporter of EXPORTERS) expect(() => checkPrivacy({}, exporter), exporter.name).not.toThrow()
  })
})
