import { expect, it } from 'vitest'
import type { Task } from '../../../src/model/task.js'
import { expected, StreamMemory } from '../../../src/run/judge/expect.js'
import { page, post, SITE } from '../../archive/shelf.js'

const task: Task = { kind: 'target', reason: 'named', request: { url: `${SITE}groups/bees/` } }
const by = (id: string | null, slug: string | null) => ({
  author: { id, slug, name: 'Ann', url: null, avatarUrl: 'https://town.example/1.png' },
})

it('a number that one page gave to different members is nobody on later pages, except for REST', () => {
  const memory = new StreamMemory()
  const read = (template: string, sharedIds: string[] = []) =>
    expected(
      task,
      page([post('1', null, by('7', 'ann')), post('2', null, by('8', 'ann'))], { template, sharedIds }),
      memory,
    )
  expect(read('legacy').posts.map(({ author }) => author?.id)).toEqual(['7', '8'])
  expect(read('legacy', ['7']).posts.map(({ author }) => author?.id)).toEqual([null, '8'])
  expect(read('legacy').posts.map(({ author }) => author?.id)).toEqual([null, '8'])
  expect(read('rest').posts.map(({ author }) => author?.id)).toEqual(['7', '8'])
})

it('an author whom nothing else names is not stored as somebody else', () => {
  const memory = new StreamMemory()
  const [one] = expected(task, page([post('1', null, by('7', null))], { sharedIds: ['7'] }), memory).posts
  expect(one?.author).toBeNull()
})
