import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../src/archive/index.js'
import type { Post } from '../../../src/model/discussion.js'
import type { Page } from '../../../src/model/page.js'
import { processorTime } from '../../processor-time.js'
import { newFile } from '../../run/outside.js'
import { archiveOf, faultsIn, type Look, merged, mergeInto } from '../merge/merging.js'
import { ENV, group, member, page, post, rows, shelf } from '../shelf.js'

/** Pages that contradict each other, or themselves. */

const GROUPS = [
  group('gardeners', { id: '1' }),
  group('gardeners', { id: '2' }),
  group('bakers', { id: '1' }),
  group('bakers'),
]
const AUTHORS = [
  member('ada', { id: '2' }),
  member('bea', { id: '2' }),
  member('ada', { id: '3' }),
  member('ada'),
  member(null, { id: '3', name: null }),
]
const id = fc.integer({ min: 1, max: 6 }).map(String)

const anyPost: fc.Arbitrary<Post> = fc
  .record({
    ...{ id, threadId: id },
    parentId: fc.oneof({ weight: 4, arbitrary: id }, fc.constantFrom(null, undefined)),
    named: fc.boolean(),
    type: fc.constantFrom('activity_update', 'activity_comment'),
    group: fc.constantFrom(...GROUPS, null, undefined),
    author: fc.constantFrom(...AUTHORS, null),
    text: fc.constantFrom('one', 'two'),
  })
  .map(({ id, threadId, parentId, named, ...rest }) =>
    post(id, '1', {
      ...{ threadId, parentId: threadId === id ? null : parentId, ...rest },
      ...(named && threadId !== id && { parentNamed: true as const }),
    }),
  )

const anyPage: fc.Arbitrary<Page> = fc
  .record({ posts: fc.array(anyPost, { minLength: 1, maxLength: 6 }), isOther: fc.boolean() })
  .map(({ posts, isOther }) => page(posts, isOther ? { site: { url: 'https://other.example/', name: null } } : {}))

const anyLook: fc.Arbitrary<Look> = fc.record({
  page: anyPage,
  hour: fc.integer({ min: 1, max: 9 }),
  authority: fc.constantFrom('stream' as const, 'permalink' as const),
})

/** Sound: nothing refers to nothing, all checks pass, and every post that is there is in a thread that can be read. */
function expectSound(file: string): void {
  expect(faultsIn(file)).toEqual([])
  const archive = openArchive(file, 'read', ENV)
  try {
    const checks = [...archive.verifier.results({ quick: false, env: { host: 'here', isAlive: () => true } })]
    expect(checks.filter(({ state }) => state === 'wrong')).toEqual([])
    const shown = [...archive.reader.threads({})].flatMap(({ site, posts }) =>
      [...posts].map(({ post: { id } }) => `${site} ${id}`),
    )
    expect(new Set(shown).size).toBe(shown.length)
    const [stored] = rows<{ n: number }>(file, "SELECT count(*) AS n FROM posts WHERE status <> 'unread'")
    expect(shown.length).toBe(stored?.n)
  } finally {
    archive.close()
  }
}

const RUNS = Number(process.env['CONTRADICTION_RUNS'] ?? 60)

describe('an archive of pages that contradict each other', () => {
  it('is sound, and shows every post', () => {
    fc.assert(
      fc.property(fc.array(anyLook, { minLength: 1, maxLength: 5 }), looks => {
        expectSound(archiveOf('a', looks))
      }),
      { numRuns: RUNS },
    )
  }, 600_000)

  it('is sound if it is merged with others of that kind', () => {
    const looks = fc.array(anyLook, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(looks, looks, (one, other) => {
        const [a, b] = [archiveOf('a', one), archiveOf('b', other)]
        expectSound(merged(a, b))
      }),
      { numRuns: RUNS / 2 },
    )
  }, 600_000)
})

describe('what is refused is reported', () => {
  const reply = (id: string, parent: string, threadId = '1') => post(id, parent, { threadId })
  const TREE = `SELECT post.site_post_id AS id, root.site_post_id AS thread, parent.site_post_id AS parent FROM posts AS post
    JOIN posts AS root ON root.id = post.thread_id LEFT JOIN posts AS parent ON parent.id = post.parent_id ORDER BY 1`
  const place = (id: string, thread: string, parent: string | null) => ({ id, thread, parent })

  /** Saves the pages; the places of the posts, and what the last page was refused. */
  function saved(...pages: Post[][]) {
    const one = shelf()
    const refused = pages.map(posts => one.save(page(posts)).contradictions).at(-1)
    one.close()
    expectSound(one.file)
    return { tree: rows(one.file, TREE), refused }
  }

  it('parents that form a circle, on one page or across pages', () => {
    const tree = [place('1', '1', null), place('2', '1', '1'), place('3', '1', '2')]
    const [first, second] = [[post('1', null), reply('2', '1'), reply('3', '2')], [reply('2', '3')]]
    const refused = [expect.stringMatching(/^Post 2 .* post 3 as its parent, which is a reply to it\.$/)]
    expect(saved([...first, ...second])).toEqual({ tree, refused })
    expect(saved(first, second)).toEqual({ tree, refused })
  })

  it('an opening post among the replies of its own thread', () => {
    expect(saved([post('1', null), reply('2', '1')], [reply('1', '2', '2')])).toEqual({
      tree: [place('1', '1', null), place('2', '1', '1')],
      refused: [expect.stringMatching(/^Post 1 .* which is itself a reply to it\.$/)],
    })
  })

  it('a parent in another thread', () => {
    expect(saved([post('1', null), post('5', null), reply('6', '5', '5')], [reply('2', '6')])).toEqual({
      tree: [place('1', '1', null), place('2', '1', '1'), place('5', '5', null), place('6', '5', '5')],
      refused: [expect.stringMatching(/^Post 2 .* post 6 as its parent, which is in another thread\.$/)],
    })
  })

  it('a reply that its page has in one thread, and whose parent moves to another one', () => {
    const named = post('3', '2', { threadId: '1', parentNamed: true })
    const first = [post('1', null), post('5', null), reply('2', '1'), named]
    expect(saved(first, [reply('3', '1'), reply('2', '5', '5')])).toEqual({
      tree: [place('1', '1', null), place('2', '5', '5'), place('3', '5', '2'), place('5', '5', null)],
      refused: [expect.stringMatching(/^Post 3 .* in thread 1, but its parent in another thread\.$/)],
    })
  })

  it('parents that form a circle across archives', () => {
    const [a, b] = [
      ['2', '3'],
      ['3', '2'],
    ].map(([one = '', other = ''], n) =>
      archiveOf('ab'[n] ?? '', [
        {
          page: page([post('1', null), reply(one, '1'), post(other, one, { threadId: '1', parentNamed: true })]),
          hour: n + 1,
        },
      ]),
    ) as [string, string]
    const file = newFile('all.db')
    const { contradictions } = mergeInto(file, a, b)
    expectSound(file)
    expect(contradictions).toEqual({ count: 1, first: [expect.stringMatching(/^Post [23] .* contradict each other/)] })
  })

  it('an opening post that was a reply is no contradiction: it has moved', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1'), reply('3', '2')]))
    expect(one.save(page([post('2', null)])).contradictions).toEqual([])
    one.close()
    expectSound(one.file)
    expect(rows(one.file, TREE)).toEqual([place('1', '1', null), place('2', '2', null), place('3', '2', '2')])
    const moved = "SELECT field, before, after FROM events WHERE kind = 'moved'"
    expect(rows(one.file, moved)).toEqual([{ field: 'thread', before: '1', after: '2' }])
  })
})

describe('a thread that is', () => {
  /** Milliseconds that saving the same page takes again, and once more with other parents. */
  function timeOf(parentOf: (n: number) => number, others: (n: number) => number, size: number): number {
    const thread = (parent: (n: number) => number) =>
      page([
        post('1', null),
        ...Array.from({ length: size }, (_, n) => post(String(n + 2), String(parent(n + 2)), { threadId: '1' })),
      ])
    const one = shelf()
    one.save(thread(parentOf))
    const time = processorTime()
    one.save(thread(parentOf))
    one.save(thread(others))
    const passed = time()
    one.close()
    expectSound(one.file)
    return passed
  }

  const chain = (n: number) => n - 1
  const flat = () => 1

  it.each([
    ['5,000 replies deep, and flat the next time', chain, flat, 5000],
    ['5,000 replies flat, and deep the next time', flat, chain, 5000],
  ])('%s takes no more than a few times as long as its size says', (_what, parents, others, size) => {
    const small = timeOf(parents, others, size / 10)
    expect(timeOf(parents, others, size)).toBeLessThan(Math.max(small, 20) * 10 * 6)
  })
})
