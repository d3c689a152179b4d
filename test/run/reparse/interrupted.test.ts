import { describe, expect, it } from 'vitest'
import { graceAfter } from '../../../src/sources/index.js'
import { allRows, archived, reread, spoil, village } from './reread.js'

/** An outside that is aborted at the pause with this number. */
function stoppedAt(pause: number) {
  const stop = new AbortController()
  let pauses = 0
  const sleep = async () => void (++pauses === pause && stop.abort())
  return { signal: stop.signal, clock: { now: () => Date.UTC(2027, 0, 1), sleep } }
}

describe('a reparse that is stopped', () => {
  it('ends with 130 at each of its pauses, and has changed nothing', async () => {
    const { one } = await archived({ pack: 'legacy', via: 'page' }, village())
    spoil(one.file, "UPDATE posts SET html = 'spoilt', text = 'spoilt', content_hash = 'spoilt'")
    const before = allRows(one.file)
    let pause = 1
    for (; (await reread(one.file, {}, stoppedAt(pause))).exitCode === 130; pause++)
      expect(allRows(one.file)).toEqual(before)
    // One pause is before the captures are read, one before the posts are compared.
    expect(pause).toBeGreaterThan(2)
    expect(JSON.stringify(allRows(one.file))).not.toContain('spoilt')
  })
})

it('a signal has one grace period, so that it does not collect listeners', () => {
  const { signal } = new AbortController()
  expect(graceAfter(signal)).toBe(graceAfter(signal))
  expect(graceAfter(signal)).not.toBe(graceAfter(new AbortController().signal))
})
