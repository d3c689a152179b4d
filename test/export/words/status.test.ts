import { describe, expect, it } from 'vitest'
import { clockIn } from '../../../src/export/words/clock.js'
import { factsOf } from '../../../src/export/words/facts.js'
import { memberName, Names } from '../../../src/export/words/names.js'
import { type Place, Places } from '../../../src/export/words/places.js'
import { type Part, threadStatus, type View } from '../../../src/export/words/status.js'
import { threadTitle } from '../../../src/export/words/title.js'
import type { StoredPost, StoredThread } from '../../../src/model/archive.js'
import { ANNA, type FlatThread, keptPost, keptThread, NOON } from '../threads.js'

const clock = clockIn('UTC')
const view: View = { clock, status: 'live' }
const said = (parts: readonly Part[]) => parts.map(part => (typeof part === 'string' ? part : part.words)).join('')
const statusOf = (thread: StoredThread, status: View['status'] = 'live') =>
  said(threadStatus(thread, factsOf(thread, status), { clock, status }))

const reply = (id: string, parentId: string, more: Partial<StoredPost> = {}): Partial<StoredPost> => ({
  ...{ id, parentId, type: 'activity_comment' },
  ...more,
})

describe('the status line', () => {
  const MAEVE = { id: '2', slug: 'maeve', name: 'Maeve', url: null }
  const gone = { status: 'gone' as const, lastSeenAt: '2026-10-30T08:00:00Z' }
  const posts = [{ id: '1' }, reply('2', '1', gone), reply('3', '2', { author: MAEVE, edited: true, revisions: 2 })]

  it('counts the posts that are shown, their authors, and what is gone or was edited', () => {
    const thread = keptThread({ posts })
    expect(statusOf(thread)).toBe(
      '2 posts by 2 people in Care at Home, 28 October 2026; original thread. Complete as of 2 November 2026, as a visitor sees it. ' +
        'One post (#2) has gone from the site since 30 October and is left out; one post (#3) was edited. Times are UTC.',
    )
    expect(statusOf(thread, 'all')).toContain('3 posts by 2 people in')
    expect(statusOf(thread, 'all')).toContain('since 30 October and is marked; one post (#3) was edited.')
    expect(statusOf(thread, 'gone')).toContain('1 post by 1 person in')
    expect(statusOf(thread, 'gone')).toContain('Only posts that have gone from the site since 30 October are shown.')
  })

  it.each<[FlatThread['thread'], string]>([
    [
      { completeness: { state: 'short', held: 3, claimed: 9 } },
      'Incomplete as of 2 November 2026, as a visitor sees it: 3 of 9 posts are held in full.',
    ],
    [
      { completeness: { state: 'unknown', held: 3, claimed: null }, readAt: null, readAs: null },
      'It is not known whether all posts were kept. ',
    ],
    [{ readAs: 'session' }, 'as a member sees it.'],
    [{ readAs: 'import', readAt: null }, 'Complete as an imported file has it.'],
    [{ url: 'http://unknown.invalid/post/1/', group: null }, '2 posts by 2 people, 28 October 2026. Complete'],
  ])('%j', (thread, words) => {
    expect(statusOf(keptThread({ thread: thread ?? {}, posts }))).toContain(words)
  })

  it('names a few posts and counts many', () => {
    const edited = (count: number) =>
      keptThread({
        posts: [{ id: '1' }, ...Array.from({ length: count }, (_, at) => reply(`${at + 2}`, '1', { edited: true }))],
      })
    expect(statusOf(edited(3))).toContain('Three posts (#2, #3 and #4) were edited.')
    expect(statusOf(edited(13))).toContain(' 13 posts were edited.')
  })
})

describe('a title', () => {
  it('is the heading, else the topic, else the group and the date, and never the first sentence', () => {
    const titleOf = (post: Partial<StoredPost>, thread: FlatThread['thread'] = {}) =>
      threadTitle(keptThread({ thread: { title: 'Hello', ...thread }, posts: [post] }), view.clock)
    expect(titleOf({ heading: ' A  plan ', topic: 'x' })).toBe('A plan')
    expect(titleOf({ heading: '\u200b', topic: 'Walks' })).toBe('Walks')
    expect(titleOf({})).toBe('Care at Home: thread of 28 October 2026')
    expect(titleOf({}, { group: null })).toBe('Thread of 28 October 2026')
    expect(titleOf({ when: { from: null, to: NOON } })).toBe('Care at Home: thread before 28 October 2026')
    expect(titleOf({ when: { from: '2025-03-01T00:00:00Z', to: NOON } })).toContain(
      'of 1 March 2025 to 28 October 2026',
    )
    expect(titleOf({ when: { from: null, to: null } })).toBe('Care at Home: thread without a date')
  })
})

describe('names', () => {
  const LONG = 'Professor Dame Wilhelmina-Charlotte Featherstonehaugh-Cholmondeley (retired)'

  it('are whole the first time, then cut after 40 letters', () => {
    const names = new Names()
    const of = (name: string) => names.of(keptPost({ author: { ...ANNA, name } }))
    expect([of(LONG), of(LONG), of('Anna'), of('Anna')]).toEqual([
      LONG,
      'Professor Dame Wilhelmina-Charlotte…',
      'Anna',
      'Anna',
    ])
    expect([of('空'.repeat(99)), of('空'.repeat(99))]).toEqual(['空'.repeat(99), `${'空'.repeat(40)}…`])
    const family = '👩‍👩‍👧'
    expect([of(family.repeat(41)), of(family.repeat(41))][1]).toBe(`${family.repeat(40)}…`)
  })

  it('of right-to-left letters or with direction characters are isolated and closed', () => {
    const of = (name: string) => new Names().of(keptPost({ author: { ...ANNA, name } }))
    expect(of('נועה')).toBe('\u2068נועה\u2069')
    expect(of('\u202eexe.x')).toBe('\u2068\u202eexe.x\u202c\u2069')
    expect(of('a\u2069b\u202c')).toBe('ab')
    expect(of('Zoë 🌻')).toBe('Zoë 🌻')
  })

  it('say who has none', () => {
    expect(memberName({ ...ANNA, name: null })).toBe('anna')
    expect(memberName({ ...ANNA, name: ' \u200b', slug: null })).toBe('former member 1')
    expect(memberName(null)).toBe('unknown member')
  })
})

describe('places', () => {
  const placesOf = (thread: StoredThread, depth = 4): string[] => {
    const places = new Places(thread.id, depth)
    const shown = ({ number, level, answers }: Place) => `${number}@${level}${answers === null ? '' : `>${answers}`}`
    return [...thread.posts].map(node => shown(places.next(node)))
  }

  it('indent no only answer, and say what the indentation does not', () => {
    const posts = [
      { id: '1' },
      reply('2', '1'),
      reply('3', '2'),
      reply('4', '3'),
      reply('5', '3'),
      reply('6', '5'),
      reply('7', '1'),
    ]
    expect(placesOf(keptThread({ posts }))).toEqual(['1@0', '2@1', '3@1>2', '4@2', '5@2>3', '6@2>5', '7@1'])
  })

  it('keep a chain flat and cap what branches', () => {
    const branching = ['2', '3', '4', '5', '6'].flatMap(id => [
      reply(id, `${Number(id) - 1}`),
      reply(`${id}x`, `${Number(id) - 1}`),
    ])
    const posts = [{ id: '1' }, ...branching]
    expect(placesOf(keptThread({ posts }), 3)).toEqual([
      ...['1@0', '2@1', '3@2', '4@3', '5@3>4', '6@3>5', '7@3>5', '8@3>4', '9@3>3', '10@2>2', '11@1'],
    ])
  })

  it('say that a parent was not read', () => {
    expect(placesOf(keptThread({ posts: [{ id: '1' }, reply('3', '9'), reply('4', '3')] }))).toEqual([
      '1@0',
      '2@1>unread',
      '3@1>2',
    ])
    expect(placesOf(keptThread({ posts: [reply('3', '1'), reply('4', '3')] }))).toEqual(['1@1', '2@1>1'])
  })
})
