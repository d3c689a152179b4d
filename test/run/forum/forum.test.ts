import { describe, expect, it } from 'vitest'
import { desk, outcome } from '../outside.js'
import { beeForum, topicOf } from './bee-forum.js'

const DAY = 86_400_000

const threads = (one: ReturnType<typeof desk>) =>
  Object.fromEntries(
    one.threads().map(({ id, title, completeness, posts }) => [
      id,
      {
        title,
        state: completeness.state,
        tree: posts.map(({ post, depth }) => `${post.id.slice(4)}/${depth}`).join(' '),
      },
    ]),
  )

const statesOf = (one: ReturnType<typeof desk>) =>
  Object.fromEntries(
    one
      .sql<{ id: string; status: string }>('SELECT site_post_id AS id, status FROM posts')
      .map(({ id, status }) => [id.slice(4), status]),
  )

const NESTED = topicOf('swarms', 100, 0)
NESTED.posts.push(
  { id: 101, text: 'First', at: 1 },
  { id: 102, text: 'Below the first', at: 2, parent: 101 },
  { id: 103, text: 'Below that', at: 3, parent: 102 },
  { id: 104, text: 'Second', at: 4 },
)

describe('a group with a forum', () => {
  it('is read with all topics, their titles and replies as the site nests them', async () => {
    const town = await beeForum({
      topics: [
        NESTED,
        topicOf('hives', 200, 2, { sticky: true }),
        topicOf('wax', 300, 0, { closed: true }),
        topicOf('sugar', 400, 1),
      ],
    })
    const one = desk()
    const { code, target } = outcome(await one.run(town.group))
    expect([code, target?.problems]).toEqual([0, []])
    expect(threads(one)).toEqual({
      'bbp:100': { title: 'About swarms', state: 'complete', tree: '100/0 101/1 102/2 103/3 104/1' },
      'bbp:200': { title: 'About hives', state: 'complete', tree: '200/0 201/1 202/1' },
      'bbp:300': { title: 'About wax', state: 'complete', tree: '300/0' },
      'bbp:400': { title: 'About sugar', state: 'complete', tree: '400/0 401/1' },
    })
    // The list ends with a look behind its last page, and each topic is asked for once.
    const forum = town.asked.filter(path => path.startsWith('/groups/bees/forum/'))
    expect(forum.filter(path => !path.includes('topic'))).toEqual([
      '/groups/bees/forum/',
      '/groups/bees/forum/?paged=2',
      '/groups/bees/forum/?paged=3',
    ])
    expect(new Set(forum).size).toBe(forum.length)
  })

  it('has the dates of the zone that REST names, or else of all zones', async () => {
    const dates = async (zone: Parameters<typeof beeForum>[0]['zone']) => {
      const town = await beeForum({ topics: [topicOf('swarms', 100, 0)], zone: zone ?? null })
      const one = desk()
      await one.run(town.group)
      return one.threads()[0]?.when
    }
    expect(await dates({ timezone_string: 'Europe/Berlin', gmt_offset: 2 })).toEqual({
      from: '2024-03-01T11:00:00Z',
      to: '2024-03-01T11:00:59Z',
    })
    expect(await dates({ timezone_string: '', gmt_offset: -3.5 })).toEqual({
      from: '2024-03-01T15:30:00Z',
      to: '2024-03-01T15:30:59Z',
    })
    expect(await dates(null)).toEqual({ from: '2024-02-29T22:00:00Z', to: '2024-03-02T00:00:59Z' })
  })

  it.each([true, false])(
    'is read page by page where topics are flat (%s: the path of a page shows the first one)',
    async ignoresPath => {
      const town = await beeForum({
        topics: [topicOf('swarms', 100, 7), topicOf('hives', 200, 2)],
        threaded: false,
        ignoresPath,
      })
      const one = desk()
      expect(outcome(await one.run(town.group)).code).toBe(0)
      expect(threads(one)['bbp:100']).toEqual({
        ...{ title: 'About swarms', state: 'complete' },
        tree: '100/0 101/1 102/1 103/1 104/1 105/1 106/1 107/1',
      })
      expect(town.asked.filter(path => path.includes('swarms'))).toEqual(
        ['', '?paged=2', '?paged=3'].map(page => `/groups/bees/forum/topic/swarms/${page}`),
      )
    },
  )

  it('says so, and keeps what it has, where every page is the first one', async () => {
    const town = await beeForum({ topics: [topicOf('swarms', 100, 7)], threaded: false, ignoresPath: 'never' })
    const one = desk()
    const { code, message } = outcome(await one.run(town.group))
    expect(code).toBe(3)
    expect(message).toBe(
      `${town.group}forum/topic/swarms/: page 2 is the page before once more, although the site says that there are more.`,
    )
    expect(threads(one)['bbp:100']).toMatchObject({ tree: '100/0 101/1 102/1' })
    expect(threads(one)['bbp:100']?.state).not.toBe('complete')
  })

  it('notes a counter that says more than the pages, which agree with their pager', async () => {
    const town = await beeForum({ topics: [topicOf('swarms', 100, 2)], counts: 5 })
    const one = desk()
    const { code, target } = outcome(await one.run(town.group))
    expect(code).toBe(0)
    expect(target?.notes.map(({ message }) => message)).toContain(
      `Topic bbp:100 (${town.group}forum/topic/swarms/): the site counts 7 replies and shows 2.`,
    )
    expect(threads(one)['bbp:100']?.state).toBe('complete')
  })
})

describe('a sync', () => {
  const topics = () => Array.from({ length: 30 }, (_, at) => topicOf(`topic-${at}`, 1000 + at * 10, 1))

  it('asks for a bounded number of pages, whatever the number of topics', async () => {
    const town = await beeForum({ topics: topics(), size: 5 })
    const one = desk()
    await one.run(town.group)
    for (let night = 0; night < 2; night++) {
      one.clock.advance(DAY)
      town.asked.length = 0
      const { code } = outcome(await one.sync())
      expect(code).toBe(0)
      expect(town.asked.filter(path => path.includes('topic'))).toHaveLength(10)
      expect(town.asked.filter(path => !path.includes('topic') && path.includes('forum'))).toEqual([
        '/groups/bees/forum/',
      ])
    }
  })

  it('finds a new reply to an old topic, and a new topic', async () => {
    const town = await beeForum({ topics: topics(), size: 5 })
    const one = desk()
    await one.run(town.group)
    one.clock.advance(DAY)
    town.forum.topics[7]?.posts.push({ id: 9001, text: 'At last', at: 300 })
    town.forum.topics.push(topicOf('news', 8000, 0, { title: 'News' }))
    const last = town.forum.topics.at(-1)
    if (last?.posts[0]) last.posts[0].at = 301
    const report = await one.sync()
    expect([report.exitCode, report.newPosts]).toEqual([0, 2])
    expect(threads(one)['bbp:1070']?.tree).toBe('1070/0 1071/1 9001/1')
    expect(threads(one)['bbp:8000']).toEqual({ title: 'News', state: 'complete', tree: '8000/0' })
  })

  it('keeps an edited text as a revision, in its turn or when the list shows a change', async () => {
    const town = await beeForum({ topics: [topicOf('swarms', 100, 2)] })
    const one = desk()
    await one.run(town.group)
    one.clock.advance(DAY)
    const reply = town.forum.topics[0]?.posts[1]
    if (reply) reply.text = 'Other words'
    expect((await one.sync()).changedPosts).toBe(1)
    expect(one.sql('SELECT text FROM revisions')).toEqual([{ text: 'Words 101' }])
  })

  it('calls a reply gone that a whole reading of its topic does not show', async () => {
    const town = await beeForum({ topics: [topicOf('swarms', 100, 5), topicOf('hives', 200, 1)], threaded: false })
    const one = desk()
    await one.run(town.group)
    one.clock.advance(DAY)
    town.forum.topics[0]?.posts.splice(4, 1)
    const report = await one.sync()
    expect([report.exitCode, report.gonePosts]).toEqual([0, 1])
    expect(statesOf(one)).toMatchObject({ 104: 'gone', 103: 'live', 105: 'live', 200: 'live' })
    expect(threads(one)['bbp:100']?.state).toBe('complete')
  })

  it('calls a topic gone that its own address does not show any more', async () => {
    const town = await beeForum({ topics: topics(), size: 5 })
    const one = desk()
    await one.run(town.group)
    one.clock.advance(DAY)
    town.forum.topics.splice(20, 1)
    const report = await one.sync()
    expect([report.exitCode, report.gonePosts]).toEqual([0, 2])
    expect(statesOf(one)).toMatchObject({ 1200: 'gone', 1201: 'gone', 1190: 'live', 1210: 'live' })
  })

  it.each([
    ['a login form', '<html><body class="login"><form><input name="log" /><input name="pwd" /></form></body></html>'],
    ['an empty answer', ''],
    ['another page', '<html><body><h1>Shop</h1><p>Tea</p></body></html>'],
  ])('calls nothing gone for %s in place of a topic or of the list', async (_, body) => {
    const town = await beeForum({ topics: topics(), size: 5 })
    const one = desk()
    await one.run(town.group)
    town.forum.topics[3]?.posts.pop()
    for (const part of ['/topic/', '/forum/']) {
      one.clock.advance(DAY)
      town.forum.instead = path => (path.includes(part) ? { status: 200, body } : null)
      const report = await one.sync()
      expect(report.gonePosts).toBe(0)
      if (part === '/forum/') expect(report.exitCode).not.toBe(0)
    }
    expect(Object.values(statesOf(one))).not.toContain('gone')
    town.forum.instead = () => null
    one.clock.advance(DAY)
    // The first of these finishes what was left open.
    await one.sync({ full: true })
    one.clock.advance(DAY)
    expect((await one.sync({ full: true })).exitCode).toBe(0)
    expect(statesOf(one)).toMatchObject({ 1030: 'live', 1031: 'gone' })
  })

  it('goes on behind a page of the list that always fails', async () => {
    const town = await beeForum({
      topics: topics(),
      size: 5,
      instead: path => (path.endsWith('?paged=3') ? { status: 500, body: 'no' } : null),
    })
    const one = desk()
    const { code } = outcome(await one.run(town.group))
    expect(code).toBe(3)
    expect(Object.keys(threads(one))).toHaveLength(25)
  })
})

it('a forum that is nowhere is no gap: a group may have the setting on a site without bbPress', async () => {
  const gone = { status: 404, body: '<html><body class="error404">Nothing here</body></html>' }
  const town = await beeForum({ instead: path => (path.startsWith('/groups/bees/forum/') ? gone : null) })
  expect(outcome(await desk().run(town.group))).toMatchObject({ code: 0, state: 'done' })
  expect(town.asked).toContain('/groups/bees/forum/')
})

describe('a target', () => {
  it('may be a forum, a topic, or a page or reply of one', async () => {
    const town = await beeForum({ topics: [topicOf('swarms', 100, 7), topicOf('hives', 200, 1)], threaded: false })
    const read = async (path: string) => {
      const one = desk()
      const { code } = outcome(await one.run(town.group + path))
      return [
        code,
        Object.keys(threads(one)),
        one.standing().targets.map(({ kind, url }) => [kind, url.replace(town.group, '')]),
      ]
    }
    const whole = [0, ['bbp:200', 'bbp:100']]
    expect((await read('forum/')).slice(0, 1)).toEqual(whole.slice(0, 1))
    expect(await read('forum/page/2/')).toEqual([0, ['bbp:100', 'bbp:200'], [['forum', 'forum/']]])
    expect(await read('forum/topic/swarms/')).toEqual([0, ['bbp:100'], [['thread', 'forum/topic/swarms/']]])
    expect(await read('forum/topic/swarms/page/3/#post-107')).toEqual([
      0,
      ['bbp:100'],
      [['thread', 'forum/topic/swarms/']],
    ])
  })

  it('that is no topic is a sentence, and is not kept', async () => {
    const town = await beeForum({ topics: [] })
    const one = desk()
    const { code, message } = outcome(await one.run(`${town.group}forum/topic/never/`))
    expect([code, message]).toEqual([
      3,
      `There is no topic at ${town.group}forum/topic/never/: it was deleted or marked as spam, or its forum is for members only.`,
    ])
    expect(one.standing().targets).toEqual([])
  })

  it('that is an empty forum is done', async () => {
    const town = await beeForum({ topics: [] })
    const one = desk()
    expect(outcome(await one.run(`${town.group}forum/`)).code).toBe(0)
    expect(one.threads()).toEqual([])
  })
})
