import { expect, it } from 'vitest'
import { GARDENERS, group, page, post, shelf } from '../shelf.js'

/** The forum of one group shows a topic that was read in the forum of another: it has moved there, with its address. */

const COOKS = group('cooks', { id: '2', name: 'Cooks' })
const urlIn = (home: string) => `${home}forum/topic/slugs/`

const topic = page([post('bbp:50', null, { type: 'topic', heading: 'Slugs', url: urlIn(GARDENERS.url) })], {
  template: 'bbpress',
  about: { kind: 'thread', id: 'bbp:50' },
  group: GARDENERS,
})

const listOf = (home: typeof GARDENERS) => {
  const row = { id: 'bbp:50', url: urlIn(home.url), title: 'Slugs', count: 0, last: null, isSticky: false }
  const forum = { topics: [row], forums: [], next: null }
  return page([], { url: `${home.url}forum/`, template: 'bbpress', about: { kind: 'forum' }, group: home, forum })
}

it('a topic in the list of another group than before has changed, in that of its own it has not', () => {
  const one = shelf()
  one.save(topic)
  expect(one.save(listOf(GARDENERS)).changedTopics).toEqual([])
  expect(one.save(listOf(COOKS)).changedTopics).toEqual(['bbp:50'])
})
