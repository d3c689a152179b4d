import { describe, expect, it } from 'vitest'
import type { FeedSample } from '../../../src/model/page.js'
import { selfTest } from '../../../src/run/judge/self-test.js'

const FEED = 'https://example.org/groups/gardeners/feed/'
const LONG = 'The allotment shed keeps its key under the third flower pot from the left, and nobody moves it.'

const sample = (id: string, author: string, text: string) => ({
  ...{ id, author },
  title: `${author} posted an update in the group Gardeners: ${text.slice(0, 20)} […]`,
  text,
})
const test = (samples: FeedSample[], held: Record<string, { author: string | null; text: string }>) =>
  selfTest(FEED, samples, new Map(Object.entries(held)))

describe('posts of pages against a feed', () => {
  it('agree if the feed names the author and holds a piece of the text', () => {
    const samples = [sample('2', 'Zoë Ågren', `${LONG.slice(0, 60)}…`), sample('1', 'Ben', 'Tea at four.')]
    const held = { '2': { author: 'Zoë Ågren', text: LONG }, '1': { author: 'Ben', text: 'Tea at  four' } }
    expect(test(samples, held)).toEqual({ url: FEED, compared: 2, agreed: 2, differences: [] })
  })

  it('agree where a title of the feed has no words', () => {
    const samples = [sample('2', 'Ada', LONG), { id: '1', title: ': ', text: '' }]
    const held = { '2': { author: 'Ada', text: LONG }, '1': { author: 'Ben', text: '' } }
    expect(test(samples, held)).toMatchObject({ compared: 2, agreed: 2 })
  })

  it('agree where the feed cuts a name at "<", as WordPress strips tags', () => {
    const samples = [sample('2', 'Ada', LONG), { id: '1', title: 'R&D "Night" : ', text: LONG }]
    const held = { '2': { author: 'Ada', text: LONG }, '1': { author: 'R&D "Night" <3 Team', text: LONG } }
    expect(test(samples, held)).toMatchObject({ compared: 2, agreed: 2 })
  })

  it.each([
    ['an empty text', { author: 'Ada', text: '' }],
    ['the text of another post', { author: 'Ada', text: 'Bread rises overnight in the cold kitchen.' }],
    ['another author', { author: 'Cy', text: LONG }],
  ])('differ by %s', (_what, held) => {
    const samples = [sample('2', 'Ada', LONG), sample('1', 'Ben', LONG)]
    const result = test(samples, { '2': held, '1': { author: 'Ben', text: LONG } })
    expect(result).toMatchObject({ compared: 2, agreed: 1 })
    expect(result.differences).toEqual([expect.stringContaining('post 2')])
  })

  it('differ by a post that the pages did not show, unless it is newer than all of them', () => {
    const samples = [sample('9', 'Ada', LONG), sample('3', 'Ada', LONG), sample('2', 'Ada', LONG)]
    const result = test(samples, { '3': { author: 'Ada', text: LONG }, '1': { author: 'Ada', text: LONG } })
    expect(result).toMatchObject({ compared: 2, agreed: 1 })
    expect(result.differences[0]).toContain('Post 2 is in the feed')
  })

  it('differ where the pages name hardly anybody, and the feed does; a single post without an author is one of a deleted member', () => {
    const samples = ['Ada', 'Ben', 'Cy', 'Dee'].map((name, at) => sample(String(4 - at), name, LONG))
    const [none, ada] = [
      { author: null, text: LONG },
      { author: 'Ada', text: LONG },
    ]
    const mute = test(samples, { '4': ada, '3': none, '2': none, '1': none })
    expect(mute).toMatchObject({ compared: 4, agreed: 1 })
    expect(mute.differences[0]).toBe('The feed names the author of post 3, and the pages name nobody.')
    expect(test(samples.slice(0, 3), { '4': ada, '3': none, '2': none })).toMatchObject({ compared: 3, agreed: 3 })
  })

  it('names are not compared where no title of the feed holds one', () => {
    const samples = [{ id: '1', title: 'New in Gardeners', text: LONG }]
    expect(test(samples, { '1': { author: 'Ada', text: LONG } })).toMatchObject({ compared: 1, agreed: 1 })
  })

  it('an embed that the feed prints as its URL is no text', () => {
    const samples = [sample('1', 'Ada', 'https://video.example/watch?v=abcdefghijklmnop')]
    expect(test(samples, { '1': { author: 'Ada', text: '' } })).toMatchObject({ compared: 1, agreed: 1 })
  })

  it('a link in a short text is left out of both', () => {
    const text = 'Bread and a link. See https://example.org/a/b?c=d&e=f for the plan of May.'
    expect(test([sample('1', 'Ada', text)], { '1': { author: 'Ada', text } })).toMatchObject({ agreed: 1 })
  })

  it('no post in both: nothing is compared', () => {
    expect(test([sample('5', 'Ada', LONG)], {})).toEqual({ url: FEED, compared: 0, agreed: 0, differences: [] })
  })
})
