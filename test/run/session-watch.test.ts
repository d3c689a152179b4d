import { expect, it } from 'vitest'
import type { Page } from '../../src/model/page.js'
import type { Task } from '../../src/model/task.js'
import { watched } from '../../src/run/session/session-watch.js'
import type { LiveSource } from '../../src/sources/index.js'
import { page, post, SITE } from '../archive/shelf.js'

const request = { url: `${SITE}groups/gardeners/` }
const capture = {
  request,
  url: request.url,
  status: 200,
  headers: {},
  body: Buffer.from(''),
  capturedAt: '2026-01-01T00:00:00Z',
}

/** What becomes of a page without the mark of those who are logged in, where the site says this of the session. */
async function kept(
  holds: boolean | null,
  change: Partial<Page> = {},
  task: Task = { kind: 'group', reason: 'listed', request },
) {
  const source: Pick<LiveSource, 'reader' | 'holds'> = { reader: () => 'session', holds: async () => holds }
  const { wall, posts } = await watched(page([post('1', null)], change), task, capture, source as LiveSource)
  return [wall?.kind ?? null, posts.length]
}

it('a page for visitors is none of a member, also where the site does not say whose it is', async () => {
  expect(await kept(true)).toEqual([null, 1])
  expect(await kept(false)).toEqual(['session-ended', 0])
  expect(await kept(null)).toEqual(['session-ended', 0])
  expect(await kept(false, { signedIn: true })).toEqual([null, 1])
})

it('a challenge or an error is what it is, unless the site says that the session has ended', async () => {
  const wall = { kind: 'challenge', seen: 'a challenge' } as const
  expect(await kept(null, { wall })).toEqual(['challenge', 1])
  expect(await kept(false, { wall })).toEqual(['session-ended', 0])
})

it('the text of a post is the same for all who may read it, and nobody is asked', async () => {
  expect(await kept(false, {}, { kind: 'text', reason: 'shortened', id: '1', request })).toEqual([null, 1])
})
