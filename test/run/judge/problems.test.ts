import { expect, it } from 'vitest'
import type { Task } from '../../../src/model/task.js'
import { problemOf } from '../../../src/run/judge/wall-problems.js'
import { page, SITE } from '../../archive/shelf.js'

const ELSEWHERE = { kind: 'elsewhere', seen: 'the front page' } as const
const request = { url: `${SITE}activity/p/7/` }
const adviceFor = (task: Task) => problemOf(task, { ...page([]), wall: ELSEWHERE }, ELSEWHERE).advice

it('only whoever named a thread is advised to archive its group', () => {
  expect(adviceFor({ kind: 'target', reason: 'named', request })).toContain('archive its group instead')
  const ofGroup = adviceFor({ kind: 'text', reason: 'full-text', id: '7', thread: '7', request } as unknown as Task)
  expect(ofGroup).toContain('The thread of a deleted member has no page of its own.')
  expect(ofGroup).not.toContain('archive its group')
  const stream = { kind: 'group', reason: 'listed', request: { url: `${SITE}groups/bees/` } } as unknown as Task
  expect(adviceFor(stream)).toBe('Open the address in a browser to see where it leads.')
})
