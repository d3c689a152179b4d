import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Post } from '../../../src/model/discussion.js'
import type { StatisticsRequest } from '../../../src/model/reports/statistics.js'
import { exactly } from '../../../src/model/time.js'
import { GARDENERS, group, member, page, post, type Shelf, shelf } from '../shelf.js'

const open: Shelf[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

function opened(): Shelf {
  const one = shelf()
  open.push(one)
  return one
}

const [ADA, BEN, CEM, DEE] = ['ada', 'ben', 'cem', 'dee'].map((slug, at) => member(slug, { id: String(at + 2) }))
const by = (author: Post['author'] | undefined, at: string) => ({ author: author ?? null, when: exactly(at) })
const BEES = group('bees', { id: '2' })

/** Three threads and a notice; the figures below were counted by hand. */
const COMMUNITY = [
  post('1', null, by(ADA, '2025-01-10T10:00:00Z')),
  post('2', '1', by(BEN, '2025-01-10T11:00:00Z')),
  post('3', '2', { ...by(ADA, '2025-01-10T12:00:00Z'), threadId: '1' }),
  post('4', '1', by(ADA, '2025-01-10T12:30:00Z')),
  post('5', null, {
    ...by(BEN, '2025-03-01T00:00:00Z'),
    group: BEES,
    attachments: [{ kind: 'image', url: 'https://town.example/a.png', name: null }],
    links: [
      { kind: 'link', url: 'https://elsewhere.example/', text: 'there' },
      { kind: 'mention', url: 'https://town.example/members/ada/', text: '@ada' },
    ],
  }),
  post('6', null, by(CEM, '2025-03-31T23:59:59Z')),
  post('7', '6', { author: ADA ?? null, when: { from: '2025-03-31T00:00:00Z', to: '2025-04-02T00:00:00Z' } }),
  post('8', '7', { ...by(BEN, '2025-04-01T01:00:00Z'), threadId: '6' }),
  post('9', null, { ...by(DEE, '2025-05-01T00:00:00Z'), type: 'joined_group' }),
]

const ALL: StatisticsRequest = { selections: [{ withoutTypes: ['joined_group'] }], top: 10 }

const figures = (one: Shelf, request: Partial<StatisticsRequest> = {}) =>
  one.archive.statistics.of({ ...ALL, ...request })

function community(): Shelf {
  const one = opened()
  one.save(page(COMMUNITY))
  return one
}

/** With another connection, as no page would say it. */
function change(one: Shelf, sql: string): void {
  const db = new Sqlite(one.file)
  db.exec(sql)
  db.close()
}

describe('the figures of a small community', () => {
  it('count posts, people and what posts hold', () => {
    expect(figures(community()).counts).toEqual({
      ...{ posts: 8, threads: 3, replies: 5, activeThreads: 3, people: 3 },
      ...{ gone: 0, edited: 0, shortened: 0, attachments: 1, links: 1, mentions: 1 },
    })
  })

  it('tell who gives and who gets', () => {
    const { top, newcomers, newcomersUnsure, byPosts, ...shares } = figures(community()).people
    expect([newcomers, newcomersUnsure]).toEqual([3, 0])
    expect(byPosts.map(({ from, to, people, posts }) => [from, to, people, posts])).toEqual([
      [1, 1, 1, 1],
      [2, 2, 0, 0],
      [3, 5, 2, 7],
    ])
    expect(top.map(({ slug, posts, threads, replies, received }) => [slug, posts, threads, replies, received])).toEqual(
      [
        ['ada', 4, 1, 3, 2],
        ['ben', 3, 1, 2, 1],
        ['cem', 1, 1, 0, 1],
      ],
    )
    expect(top[0]).toMatchObject({ id: '2', name: 'ada', site: 'https://town.example/' })
    // Ties: ben to ada, ada to ben, ada to cem. (2·4 - 2·1) / (3·8).
    expect(shares).toEqual({
      ...{ withoutAuthor: 0, gini: 0.25, topTenthShare: 0.5, topPersonShare: 0.5, reciprocity: 0.6667 },
    })
    expect(figures(community(), { top: 1 }).people.top).toHaveLength(1)
  })

  it('tell how deep and how long threads are', () => {
    const { depth, threads } = figures(community())
    expect(depth).toEqual({ max: 2, mean: 1.4, posts: [3, 3, 2] })
    expect(threads).toEqual({
      ...{ replies: { of: 3, q1: 0, median: 2, q3: 3, p90: 3, max: 3 }, withoutReplies: 1 },
      ...{ unanswered: 1, unansweredShare: 0.3333 },
    })
  })

  it('tell how soon others answer, where the dates are exact', () => {
    const hour = { q1: 3600, median: 3600, q3: 3600, p90: 3600, max: 3600 }
    expect(figures(community()).responses).toMatchObject({
      // Thread 6: reply 7 may have come before reply 8.
      firstReply: { of: 1, ...hour, leftOut: 1 },
      // 4 answers its own author; 7 and its answer have no exact date.
      reply: { of: 2, ...hour, leftOut: 2 },
    })
  })

  it('tell what the quartiles can be, whatever the dates within their intervals are', () => {
    const { firstReply, reply } = figures(community()).responses
    // 2 answers 1 after 3600 s. 6 is of 23:59:59: 7 came 0 to 86401 s later, 8 after 3601 s, so that the first came within 3601 s.
    expect(firstReply.bounds).toEqual({ of: 2, q1: [0, 3600], median: [1800, 3600.5], q3: [3600, 3601] })
    // 2 after 1: 3600; 3 after 2: 3600; 7 after 6: 0 to 86401; 8 after 7: 0 to 90000.
    expect(reply.bounds).toEqual({ of: 4, q1: [0, 3600], median: [1800, 45000.5], q3: [3600, 86401] })
  })

  it('tell who is new in which month, and how many posts a month can have at most', () => {
    const { months } = figures(community())
    expect(months.map(({ month, newcomers, postsAtMost }) => [month, newcomers, postsAtMost])).toEqual([
      ['2025-01', 2, 4],
      ['2025-02', 0, 0],
      ['2025-03', 1, 3],
      ['2025-04', 0, 2],
    ])
    const march = figures(community(), { after: '2025-03-01T00:00:00Z' })
    expect([march.people.newcomers, march.months.map(({ newcomers }) => newcomers)]).toEqual([1, [1, 0]])
  })

  it('by group: each has its own people, threads and newcomers', () => {
    const { parts = [] } = figures(community(), { by: 'group', after: '2025-02-01T00:00:00Z' })
    expect(
      parts.map(({ group, counts, people, threads }) => [
        ...[group?.slug, counts.posts, counts.threads, counts.people, people.newcomers, threads.unansweredShare],
      ]),
    ).toEqual([
      // ben is new among the bees, though not in the archive.
      ['bees', 1, 1, 1, 1, 1],
      ['gardeners', 3, 1, 3, 1, 0],
    ])
  })

  it('by month: posts whose month is known', () => {
    const { parts = [], dates } = figures(community(), { by: 'month' })
    expect(
      parts.map(({ month, counts, people, responses }) => [
        ...[month, counts.posts, people.gini, people.newcomers, responses.reply.of],
      ]),
    ).toEqual([
      ['2025-01', 4, 0.25, 2, 2],
      ['2025-03', 2, 0, 1, 0],
      ['2025-04', 1, 0, 0, 0],
    ])
    expect(dates.withoutMonth).toBe(1)
  })

  it('a person whose first date is an interval is new for certain only where the whole interval is', () => {
    const one = opened()
    one.save(
      page([
        post('1', null, { author: ADA ?? null, when: { from: '2025-01-20T00:00:00Z', to: '2025-02-10T00:00:00Z' } }),
      ]),
    )
    one.save(page([post('2', '1', by(ADA, '2025-03-01T00:00:00Z'))]))
    expect(figures(one).months.map(({ newcomers }) => newcomers)).toEqual([0])
    const { newcomers, newcomersUnsure } = figures(one, { before: '2025-02-01T00:00:00Z' }).people
    expect([newcomers, newcomersUnsure]).toEqual([0, 1])
    expect(figures(one, { before: '2025-02-11T00:00:00Z' }).people.newcomers).toBe(1)
  })

  it('know the months, the empty ones too', () => {
    const { months, dates, weekdays, hours } = figures(community())
    expect(months.map(({ month, posts, threads, people }) => [month, posts, threads, people])).toEqual([
      ['2025-01', 4, 1, 2],
      ['2025-02', 0, 0, 0],
      ['2025-03', 2, 2, 2],
      ['2025-04', 1, 0, 1],
    ])
    expect(dates).toEqual({
      ...{ exact: 7, interval: 1, unknown: 0, unsure: 0, withoutMonth: 1 },
      ...{ first: '2025-01-10T10:00:00Z', last: '2025-04-01T01:00:00Z' },
    })
    expect(weekdays).toEqual([1, 1, 0, 0, 4, 1, 0])
    expect(hours.flatMap((posts, hour) => (posts > 0 ? [[hour, posts]] : []))).toEqual([
      ...[
        [0, 1],
        [1, 1],
        [10, 1],
        [11, 1],
        [12, 2],
        [23, 1],
      ],
    ])
  })
})

describe('a part of it', () => {
  it('by group, by thread, or both: each post once', () => {
    const one = community()
    const posts = (...selections: StatisticsRequest['selections'][number][]) =>
      figures(one, { selections }).counts.posts
    expect(posts({ groups: ['bees'] })).toBe(1)
    expect(posts({ groups: [GARDENERS.url] })).toBe(8)
    expect(posts({ threads: ['8'] })).toBe(3)
    expect(posts({ groups: ['bees'] }, { threads: ['1', '5'] })).toBe(5)
    expect(posts({ types: ['joined_group'] })).toBe(1)
    expect(posts({})).toBe(9)
    expect(posts({ groups: ['none'] })).toBe(0)
  })

  it('by period: what may lie in it or not is left out and told, threads keep their later replies', () => {
    const { counts, dates, threads, depth } = figures(community(), {
      after: '2025-03-31T00:00:00Z',
      before: '2025-04-01T00:30:00Z',
    })
    expect(counts).toMatchObject({ posts: 1, threads: 1, replies: 0, activeThreads: 1 })
    expect([dates.unsure, threads.replies, depth.posts]).toEqual([
      1,
      { of: 1, q1: 2, median: 2, q3: 2, p90: 2, max: 2 },
      [1],
    ])
  })

  it('replies in a period keep their depth, and the date of what they answer', () => {
    const { counts, depth, responses, people } = figures(community(), {
      after: '2025-01-10T12:00:00Z',
      before: '2025-02-01T00:00:00Z',
    })
    expect(counts).toMatchObject({ posts: 2, threads: 0, people: 1 })
    expect(depth).toEqual({ max: 2, mean: 1.5, posts: [0, 1, 1] })
    expect(responses.reply).toMatchObject({ of: 1, median: 3600, p90: 3600, max: 3600, leftOut: 0 })
    // ben was answered, and wrote nothing: no person of this period.
    expect(people.top.map(({ slug }) => slug)).toEqual(['ada'])
  })
})

describe('what is not as it should be', () => {
  it('an empty archive has no figures, and no zeros that look like some', () => {
    const { counts, months, people, depth, threads } = figures(opened())
    expect([counts.posts, months, depth]).toEqual([0, [], { max: null, mean: null, posts: [] }])
    expect(people).toEqual({
      ...{ withoutAuthor: 0, gini: null, topTenthShare: null, topPersonShare: null, reciprocity: null, top: [] },
      ...{ newcomers: 0, newcomersUnsure: 0, byPosts: [] },
    })
    expect(threads.replies).toEqual({ of: 0, q1: null, median: null, q3: null, p90: null, max: null })
  })

  it('gone posts count, and are told; so are edited and shortened ones', () => {
    const one = community()
    one.save(page([post('5', null, { ...by(BEN, '2025-03-01T00:00:00Z'), text: 'Other', html: '<p>Other</p>' })]))
    change(
      one,
      "UPDATE posts SET status = 'gone' WHERE site_post_id = '3'; UPDATE posts SET truncated = 1 WHERE id = 1",
    )
    expect(figures(one).counts).toMatchObject({ posts: 8, gone: 1, edited: 1, shortened: 1 })
  })

  it('an opening post that is known by its replies only is no post, and answers to it have no time', () => {
    const one = opened()
    one.save(page([post('12', '10', by(BEN, '2025-01-01T00:00:00Z')), post('13', '12', { threadId: '10' })]))
    const { counts, depth, threads, responses } = figures(one)
    expect(counts).toMatchObject({ posts: 2, threads: 0, replies: 2, activeThreads: 1 })
    expect(depth.posts).toEqual([0, 1, 1])
    expect([threads.replies.of, responses.reply.leftOut, responses.firstReply.of]).toEqual([0, 1, 0])
  })

  it('circles of parents, answers from before the question, authors that nobody knows', () => {
    const one = community()
    change(one, "UPDATE posts SET parent_id = (SELECT id FROM posts WHERE site_post_id = '3') WHERE site_post_id = '2'")
    expect(figures(one).depth.posts.reduce((sum, count) => sum + count, 0)).toBe(8)
    change(one, "UPDATE posts SET posted_from = '2025-01-11', posted_to = '2025-01-11' WHERE site_post_id = '1'")
    change(one, "UPDATE posts SET member_id = NULL WHERE site_post_id = '5'")
    const { responses, people, counts } = figures(one)
    expect(responses.firstReply).toMatchObject({ of: 0, median: null, leftOut: 2 })
    expect([people.withoutAuthor, counts.people]).toEqual([1, 3])
  })

  it('a chain of thousands of replies', () => {
    const one = opened()
    const chain = Array.from({ length: 3000 }, (_, at) =>
      post(String(at + 1), at === 0 ? null : String(at), { threadId: '1' }),
    )
    one.save(page(chain))
    expect(figures(one).depth).toMatchObject({ max: 2999, mean: 1500 })
  })
})

interface Drawn {
  parent: number
  author: number
  day: number
  days: number
}

/** A reply answers any post that was drawn before it. */
const DRAWN: fc.Arbitrary<Drawn[]> = fc.array(
  fc.record({
    parent: fc.integer({ min: -1, max: 20 }),
    author: fc.integer({ min: -1, max: 4 }),
    day: fc.integer({ min: 0, max: 400 }),
    days: fc.constantFrom(0, 0, 0, 20, 90),
  }),
  { maxLength: 30 },
)

const dayOf = (day: number): string => `${new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 19)}Z`

function postsOf(drawn: readonly Drawn[]): Post[] {
  const posts: Post[] = []
  for (const [at, { parent, author, day, days }] of drawn.entries()) {
    const answered = parent < 0 ? undefined : posts[parent % Math.max(1, at)]
    const who = author < 0 ? null : member(`m${author}`, { id: String(author + 1) })
    const thread = answered ? { threadId: answered.threadId } : {}
    const when = { from: dayOf(day), to: dayOf(day + days) }
    posts.push(post(String(at + 1), answered?.id ?? null, { ...thread, author: who, when }))
  }
  return posts
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

describe('any community', () => {
  it('has figures that add up', () => {
    fc.assert(
      fc.property(DRAWN, fc.integer({ min: 0, max: 400 }), (drawn, cut) => {
        const one = shelf()
        try {
          if (drawn.length > 0) one.save(page(postsOf(drawn)))
          const { counts, dates, people, depth, months, threads, responses } = figures(one, { top: 99 })
          expect(counts.posts).toBe(drawn.length)
          expect(counts.threads + counts.replies).toBe(counts.posts)
          expect(sum(months.map(({ posts }) => posts)) + dates.withoutMonth).toBe(counts.posts)
          expect(sum(depth.posts)).toBe(counts.posts)
          expect(dates.exact + dates.interval + dates.unknown).toBe(counts.posts)
          expect(sum(people.top.map(({ posts }) => posts)) + people.withoutAuthor).toBe(counts.posts)
          for (const { posts, threads, replies } of people.top) expect(threads + replies).toBe(posts)
          expect(threads.replies.of).toBe(counts.threads)
          expect(threads.unanswered).toBeGreaterThanOrEqual(threads.withoutReplies)
          expect(responses.firstReply.of + responses.firstReply.leftOut + threads.unanswered).toBe(counts.threads)
          for (const share of [people.gini, people.topTenthShare, people.reciprocity].filter(one => one !== null)) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1)
          }
          const earlier = figures(one, { before: dayOf(cut) })
          const later = figures(one, { after: dayOf(cut) })
          expect(earlier.dates.unsure).toBe(later.dates.unsure)
          expect(earlier.counts.posts + later.counts.posts + later.dates.unsure).toBe(counts.posts)
        } finally {
          one.close()
        }
      }),
      { numRuns: 30 },
    )
  })
})
