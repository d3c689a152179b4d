import { describe, expect, it } from 'vitest'
import type { Page } from '../../../src/model/page.js'
import type { StreamTask, Task } from '../../../src/model/task.js'
import { expected, StreamMemory } from '../../../src/run/judge/expect.js'
import { targetUrl } from '../../../src/run/plan/target.js'
import { group, page, post, SITE } from '../../archive/shelf.js'

const HOME = `${SITE}groups/gardeners/`
const request = { url: HOME }
const BAKERS = group('bakers')

const stream = (change: Partial<StreamTask> = {}): StreamTask => ({
  ...{
    kind: 'stream',
    reason: 'next-page',
    route: 'page',
    page: 2,
    home: HOME,
    ajaxUrl: '',
    legacy: true,
    groupSlug: 'gardeners',
    idle: 0,
  },
  ...{ arrivals: false, lookingBack: false, steppingBack: false, request },
  ...change,
})

const seen = (task: Task, came: Page, memory = new StreamMemory()) => {
  const judged = expected(task, came, memory)
  expect(judged.posts).toEqual(judged.wall ? [] : came.posts)
  return judged.wall?.seen ?? null
}

describe('a list by REST', () => {
  const rest = stream({ route: 'rest' })

  it.each([
    ['of the group, which REST does not name', [post('1', null, { group: undefined })], null],
    [
      'of another group',
      [post('1', null, { group: undefined }), post('2', null, { group: BAKERS })],
      'posts of other groups',
    ],
    ['outside of all groups', [post('1', null, { group: null })], 'posts of other groups'],
    ['without posts, and without a word', [], 'an empty list'],
  ])('%s', (_what, posts, wall) => expect(seen(rest, page(posts))).toBe(wall))

  it('of the whole site holds posts of all groups', () => {
    expect(seen(stream({ route: 'rest', groupSlug: null }), page([post('1', null, { group: BAKERS })]))).toBeNull()
  })
})

describe('replies to one post', () => {
  const ajaxUrl = `${SITE}wp-admin/admin-ajax.php`
  const tasks: Task[] = [
    { kind: 'replies', reason: 'more-replies', id: '1', parent: '1', offset: 0, ajaxUrl, request },
    { kind: 'thread', reason: 'partial', id: '1', texts: [], ajaxUrl, check: { page: 1 }, request },
  ]
  it.each(tasks)('are of its thread, or nothing is kept of them ($kind)', task => {
    expect(seen(task, page([post('2', '1'), post('3', '1')]))).toBeNull()
    expect(seen(task, page([]))).toBeNull()
    expect(seen(task, page([post('2', '1'), post('3', '7')]))).toBe('replies of other threads')
  })
})

describe('the page of a group', () => {
  it.each([
    ['without an item', page([]), 'a page without items that threadkeep can read'],
    ['with a loader', page([], { loader: 'activity' }), 'a "loading" placeholder'],
    ['that says that it is empty', page([], { provenEmpty: true }), null],
    [
      'with the items of another group alone',
      page([post('1', null, { group: BAKERS })]),
      'the stream of the whole site',
    ],
    [
      'with an item outside of all groups',
      page([post('1', null), post('2', null, { group: null })]),
      'the stream of the whole site',
    ],
    [
      'with items that do not name a group',
      page([post('1', null, { group: undefined })]),
      'the stream of the whole site',
    ],
    [
      'with items that do not name a group, in a theme that does not name it there',
      page([post('1', null, { group: undefined })], { template: 'readylaunch' }),
      null,
    ],
    [
      'with items outside of all groups, in such a theme',
      page([post('1', null, { group: undefined }), post('2', null, { group: null })], { template: 'readylaunch' }),
      'the stream of the whole site',
    ],
    ['with an item of a subgroup', page([post('1', null), post('2', null, { group: BAKERS })]), null],
  ])('%s', (_what, came, wall) => expect(seen(stream(), came)).toBe(wall))

  it('holds no item of another group once its first page held none', () => {
    const memory = new StreamMemory()
    memory.note(stream({ page: 1 }), page([post('1', null)]))
    const mixed = page([post('2', null), post('3', null, { group: BAKERS })])
    expect(seen(stream(), mixed, memory)).toBe('the stream of the whole site')
  })
})

describe('a target that leads to the front page', () => {
  const front = page([post('1', null)], { url: SITE })
  it.each([
    [`${SITE}groups/gone/`, 'the front page'],
    [`${SITE}activity/p/5/`, 'the front page'],
    [SITE, null],
    [SITE.slice(0, -1), null],
    [`${SITE}?lang=en`, null],
  ])('%s: %s', (url, wall) => expect(seen({ kind: 'target', reason: 'named', request: { url } }, front)).toBe(wall))
})

it('a target is kept without its nonce, the paging of the page it was copied from, and a fragment', () => {
  const copied = `${HOME}?_wpnonce=4be1f09c27&acpage=3&offset_lower=9&num=5&grpage=2&s=tea&lang=en#acomment-7`
  expect(targetUrl(copied)).toBe(`${HOME}?lang=en`)
})
