import { describe, expect, it } from 'vitest'
import { page, post, rows } from '../shelf.js'
import { archiveOf, at, both, type Look, merged, newMerge, postsOf, sql } from './merging.js'

/** A reply that one archive has missed, and what the other one knows of it. Each case is merged both ways. */

const thread = (hour: number): Look => ({ page: page([post('1', null), post('2', '1')]), hour })
const buries = (hour: number): Look => ({ page: page([post('1', null)]), hour, settles: true })
const misses = (hour: number, missed = '2'): Look => ({ page: page([]), hour, missed })
const reply = (file: string) => postsOf(file).find(({ id }) => id === '2')
const events = (file: string) => rows(file, 'SELECT kind, at FROM events ORDER BY at, id')

describe('a post that one archive found gone', () => {
  it('in the hour in which the other saw it is there', () => {
    const file = both([thread(1), buries(3)], [thread(3)])
    expect(reply(file)).toMatchObject({ status: 'live', last_seen_at: at(3) })
    expect(events(file)).toEqual([
      { kind: 'gone', at: at(3) },
      { kind: 'back', at: at(3) },
    ])
  })

  it('in the same hour as the other is gone once', () => {
    const file = both([thread(1), buries(3)], [thread(2), buries(3)])
    expect(reply(file)).toMatchObject({ status: 'gone', last_seen_at: at(2) })
    expect(events(file)).toEqual([{ kind: 'gone', at: at(3) }])
  })

  it('and back, each in the same hour as the other, is gone and back once', () => {
    expect(events(both([thread(1), buries(3), thread(5)], [thread(2), buries(3), thread(5)]))).toEqual([
      { kind: 'gone', at: at(3) },
      { kind: 'back', at: at(5) },
    ])
  })

  it('in the same hour for another reason than the other: the same one is told whichever is merged first', () => {
    const [a, b] = [
      archiveOf('a', [thread(1), { ...misses(3, '1'), proof: '404' }]),
      archiveOf('b', [thread(2), buries(3)]),
    ]
    const reason = (file: string) => rows(file, "SELECT gone_reason AS why FROM posts WHERE site_post_id = '2'")
    expect(reason(newMerge(a, b))).toEqual([{ why: 'its thread is gone' }])
    expect(reason(newMerge(b, a))).toEqual([{ why: 'its thread is gone' }])
  })

  it('twice, and the other has seen since, has come back twice', () => {
    const a = archiveOf('a', [thread(1), buries(2), thread(3), buries(5)])
    const b = archiveOf('b', [thread(6)])
    for (const files of [
      [a, b],
      [b, a],
    ])
      expect(events(newMerge(...files))).toEqual([
        { kind: 'gone', at: at(2) },
        { kind: 'back', at: at(3) },
        { kind: 'gone', at: at(5) },
        { kind: 'back', at: at(6) },
      ])
  })

  it('twice: it was buried by whoever missed it the last time, and a stranger could not have seen it', () => {
    const member = (look: Look): Look => ({ ...look, reader: 'session' })
    const a = archiveOf('a', [member(thread(1)), member(buries(2)), member(thread(3))])
    archiveOf('a', [member(buries(5))], a)
    sql(a, "UPDATE captures SET reader = 'visitor' WHERE captured_at = ?", at(5))
    const b = archiveOf('b', [member(thread(4))])
    for (const files of [
      [a, b],
      [b, a],
    ])
      expect(reply(newMerge(...files))).toMatchObject({ status: 'live' })
  })
})

describe('who missed a post', () => {
  const member = (look: Look): Look => ({ ...look, reader: 'session' })

  it('is one of those as whom that run had asked: it is enough that one of them had seen it', () => {
    const file = both([member(thread(1)), { ...thread(2), page: page([]) }, member(buries(4))], [member(thread(3))])
    expect(reply(file)).toMatchObject({ status: 'gone' })
  })
})

describe('a post that was not where it had been', () => {
  const missedAt = (file: string) =>
    rows<{ at: string | null }>(file, "SELECT missed_at AS at FROM posts WHERE site_post_id = '2'")[0]?.at

  it('is missing no more, where the other archive has seen it since, or in that hour', () => {
    expect(missedAt(both([thread(1), misses(3)], [thread(4)]))).toBe(null)
    expect(missedAt(both([thread(1), misses(3)], [thread(3)]))).toBe(null)
  })

  it('is missing since the last of the archives missed it, where nobody has seen it since', () => {
    expect(missedAt(both([thread(1), misses(3)], [thread(2)]))).toBe(at(3))
    expect(missedAt(both([thread(1), misses(5)], [thread(2), misses(4)]))).toBe(at(5))
  })

  it('is missing or not whatever the order of three archives', () => {
    const looks = [[thread(1), misses(3)], [thread(2), misses(6)], [thread(5)]]
    const [a, b, c] = looks.map((list, n) => archiveOf('abc'[n] ?? '', list)) as [string, string, string]
    for (const file of [merged(a, b, c), merged(c, b, a), merged(merged(a, c), b), merged(a, merged(c, b))])
      expect(missedAt(file)).toBe(at(6))
  })

  it('is missing since the time that comes after all sightings', () => {
    expect(missedAt(both([thread(1), misses(3)], [thread(4), misses(6)]))).toBe(at(6))
  })

  it('and is gone by now is missing since the last of the archives missed it', () => {
    expect(missedAt(both([thread(1), misses(3), buries(7)], [thread(2), misses(4), buries(6)]))).toBe(at(4))
  })
})
