import { describe, expect, it } from 'vitest'
import { page, post, rows } from '../shelf.js'
import { archiveOf, at, both, type Look, merged, newMerge, postsOf } from './merging.js'

/** The texts of one post, as two archives have read them. Each case is merged both ways. */

const plain = (text: string) => ({ text, html: `<p>${text}</p>` })
const marked = (text: string) => ({ text, html: `<p><em>${text}</em></p>` })

/** `reads({ 1: 'x', 4: 'y' })`: the text in these hours. */
const reads = (texts: Record<number, string>, words = plain): Look[] =>
  Object.entries(texts).map(([hour, text]) => ({ page: page([post('1', null, words(text))]), hour: Number(hour) }))

const earlier = (file: string) =>
  rows(
    file,
    `SELECT revisions.html, read.captured_at AS read, replaced_at AS until FROM revisions
      JOIN captures AS read ON read.id = revisions.text_capture_id ORDER BY revisions.id`,
  )
const was = (text: string, read: number, until: number) => ({
  html: `<p>${text}</p>`,
  read: at(read),
  until: at(until),
})

/** Merged both ways it is the same; the present text and the earlier ones. */
function textsOf(a: readonly Look[], b: readonly Look[]) {
  const [one, two] = [archiveOf('a', a), archiveOf('b', b)]
  const [told, other] = [newMerge(one, two), newMerge(two, one)].map(file => ({
    now: postsOf(file)[0]?.['html'],
    earlier: earlier(file),
  }))
  expect(other).toEqual(told)
  return told
}

describe('the later text', () => {
  it.each([
    ['x', 'y'],
    ['y', 'x'],
  ])('of two that were read in one hour is the one that was seen again: %s, then %s', (one, other) => {
    const told = { now: `<p>${other}</p>`, earlier: [was(one, 1, 5)] }
    expect(textsOf(reads({ 1: one }), reads({ 1: other, 5: other }))).toEqual(told)
  })

  it('had been there before: the other was replaced when it was seen again', () => {
    expect(textsOf(reads({ 3: 'x' }), reads({ 1: 'y', 5: 'y' }))).toEqual({
      now: '<p>y</p>',
      earlier: [was('x', 3, 5)],
    })
  })

  it('of two that were seen last in one hour is the same whichever is merged first', () => {
    expect(textsOf(reads({ 1: 'x' }), reads({ 1: 'y' }))?.earlier).toHaveLength(1)
  })
})

describe('earlier texts', () => {
  it('are told oldest first, each until the next one that either archive has read', () => {
    expect(textsOf(reads({ 1: 'v', 3: 'x' }), reads({ 2: 'w', 4: 'y' }))).toEqual({
      now: '<p>y</p>',
      earlier: [was('v', 1, 2), was('w', 2, 3), was('x', 3, 4)],
    })
  })

  it('that both have read are told as they were read first', () => {
    expect(textsOf(reads({ 1: 'x', 4: 'y' }), reads({ 2: 'x', 6: 'y' }))).toEqual({
      now: '<p>y</p>',
      earlier: [was('x', 1, 4)],
    })
  })

  it('of one hour are told in the same order, and with the same markup, whichever is merged first', () => {
    expect(textsOf(reads({ 1: 'x', 5: 'z' }), reads({ 1: 'y', 5: 'z' }))?.earlier).toHaveLength(2)
    expect(textsOf(reads({ 1: 'x', 5: 'z' }), reads({ 1: 'x', 5: 'z' }, marked))?.earlier).toHaveLength(1)
  })

  it('that were the text once more are told as often as the archive that saw it most often says', () => {
    const again = reads({ 1: 'x', 2: 'y', 3: 'x', 6: 'y' })
    expect(textsOf(again, reads({ 4: 'x', 7: 'y' }))).toEqual({
      now: '<p>y</p>',
      earlier: [was('x', 1, 2), was('y', 2, 3), was('x', 3, 6)],
    })
  })
})

describe('one text', () => {
  it('that differs in its markup alone is told as it was read first', () => {
    expect(textsOf(reads({ 1: 'x' }), reads({ 2: 'x' }, marked))?.now).toBe('<p>x</p>')
    expect(textsOf(reads({ 1: 'x', 3: 'x' }), reads({ 2: 'x' }, marked))?.now).toBe('<p>x</p>')
    expect(textsOf(reads({ 1: 'x' }), reads({ 1: 'x' }, marked))?.earlier).toEqual([])
  })

  it('was seen last when either archive saw it last', () => {
    const seen = (a: Look[], b: Look[]) => rows(both(a, b), 'SELECT text_seen_at AS at FROM posts')
    expect(seen(reads({ 1: 'x', 6: 'x' }), reads({ 2: 'x', 4: 'x' }))).toEqual([{ at: at(6) }])
    expect(seen(reads({ 1: 'x' }), reads({ 3: 'x' }))).toEqual([{ at: at(3) }])
  })

  it('is no other one where a view does not tell its title; by one and the same route, what it encloses is', () => {
    const titled = [{ page: page([post('1', null, { ...plain('x'), heading: 'Beans' })]), hour: 1 }]
    const file = both(titled, reads({ 3: 'x' }))
    expect(postsOf(file)).toMatchObject([{ heading: 'Beans', revisions: 0 }])
    expect(textsOf(reads({ 1: 'x [gallery]' }), reads({ 3: 'x' }))?.earlier).toEqual([was('x [gallery]', 1, 3)])
  })

  it('is told whole where one archive has it whole, though the other has read as many words of it first', () => {
    const shortened = [{ page: page([post('1', null, { ...plain('x'), truncated: true })]), hour: 1 }]
    expect(postsOf(both(shortened, reads({ 3: 'x' })))).toMatchObject([{ truncated: false }])
  })
})

it('a text of three archives was replaced when the first of them read another one', () => {
  const [a, b, c] = [reads({ 1: 'x' }), reads({ 1: 'x', 5: 'y' }), reads({ 3: 'w' })].map((look, n) =>
    archiveOf('abc'[n] ?? '', look),
  ) as [string, string, string]
  const told = [was('x', 1, 3), was('w', 3, 5)]
  for (const files of [
    [a, b, c],
    [c, b, a],
    [a, merged(b, c)],
    [merged(c, b), a],
    [merged(a, c), b],
  ])
    expect(earlier(newMerge(...files))).toEqual(told)
})
