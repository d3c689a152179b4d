import { describe, expect, it } from 'vitest'
import type { Page } from '../../../src/model/page.js'
import type { StreamTask, Task, ThreadTask } from '../../../src/model/task.js'
import { expected, StreamMemory } from '../../../src/run/judge/expect.js'
import { group, page, post, SITE } from '../../archive/shelf.js'

const stream: StreamTask = {
  ...{
    kind: 'stream',
    reason: 'next-page',
    route: 'page',
    page: 2,
    home: `${SITE}groups/gardeners/`,
    ajaxUrl: '',
    legacy: true,
  },
  ...{ groupSlug: 'gardeners', arrivals: false, lookingBack: false, steppingBack: false, idle: 0 },
  request: { url: `${SITE}groups/gardeners/?acpage=2` },
}
const thread: ThreadTask = {
  kind: 'thread',
  reason: 'partial',
  id: '1',
  texts: [],
  ajaxUrl: '',
  request: { url: `${SITE}activity/p/1/` },
}

/** What came instead; null: it is what was asked for. Then nothing of it may be kept as posts. */
function instead(task: Task, came: Page): string | null {
  const { wall, posts, threads } = expected(task, came, new StreamMemory())
  if (wall) expect([posts, threads]).toEqual([[], []])
  return wall?.seen ?? null
}

const own = post('1', null)
const outside = post('2', null, { group: null })
const foreign = post('3', null, { group: group('bakers') })

describe("a page of a group's stream", () => {
  it('holds items of the group, and perhaps of its subgroups', () => {
    expect(instead(stream, page([own]))).toBeNull()
    expect(instead(stream, page([own, foreign]))).toBeNull()
    expect(instead(stream, page([own, post('4', null, { group: undefined })]))).toBeNull()
  })

  it('never holds an item outside all groups: that is the stream of the whole site', () => {
    expect(instead(stream, page([own, outside]))).toBe('the stream of the whole site')
    expect(instead(stream, page([foreign]))).toBe('the stream of the whole site')
  })

  it('by REST holds the group that was asked for, which its items then do not name', () => {
    const rest: StreamTask = { ...stream, route: 'rest' }
    const unnamed = post('1', null, { group: undefined })
    expect(instead(rest, page([unnamed]))).toBeNull()
    expect(instead(rest, page([unnamed, outside]))).toBe('posts of other groups')
    expect(instead(rest, page([unnamed, foreign]))).toBe('posts of other groups')
  })
})

describe('the page of a thread', () => {
  const reply = post('5', '1')

  it('holds that thread alone', () => {
    expect(instead(thread, page([own, reply]))).toBeNull()
    expect(instead(thread, page([foreign]))).toBe('another page')
    expect(instead(thread, page([own, reply, foreign]))).toBe('another page')
  })

  it('as a list of its replies holds none of another thread', () => {
    const list: ThreadTask = { ...thread, check: { page: 1 } }
    expect(instead(list, page([reply]))).toBeNull()
    expect(instead(list, page([reply, post('6', '3')]))).toBe('replies of other threads')
  })
})
