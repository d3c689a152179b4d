import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawSample, samplePlan } from '../../../src/export/coding/sample.js'
import { sampleWords } from '../../../src/export/words/collection.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { UsageError } from '../../../src/model/errors.js'
import { keptThread } from '../threads.js'

const GROUPS = ['care', 'bees', 'kettles']

/** Thread 1 to n, in turn of three groups and two months; every seventh in no group and without a date. */
const threads = (count: number): StoredThread[] =>
  Array.from({ length: count }, (_, at) => {
    const slug = GROUPS[at % 3] ?? ''
    const month = at % 2 === 0 ? '2026-09' : '2026-10'
    const when = { from: `${month}-01T00:00:00Z`, to: `${month}-01T00:00:00Z` }
    const own =
      at % 7 === 6
        ? { group: null, when: { from: null, to: null } }
        : { group: { id: null, slug, name: slug, url: slug }, when }
    return keptThread({ thread: { id: String(at + 1), ...own }, posts: [{ id: String(at + 1) }] })
  })

const plan = (sample: number, seed: string | number = 'x', stratify?: 'group' | 'month') => {
  const made = samplePlan({ sample, seed, ...(stratify && { stratify }) }, [])
  if (!made) throw new Error('no plan')
  return made
}

const drawn =
  (...given: Parameters<typeof plan>) =>
  (from: StoredThread[]) =>
    [...drawSample(from, plan(...given)).keys].sort()

describe('a sample', () => {
  it('is the same whatever the order of the threads is, and another one with another seed', () => {
    const all = threads(50)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: 50, maxLength: 50 }),
        fc.constantFrom(undefined, 'group', 'month'),
        (shuffled, by) => {
          expect(drawn(9, 'x', by)(shuffled)).toEqual(drawn(9, 'x', by)(all))
        },
      ),
      { numRuns: 20 },
    )
    expect(drawn(9, 'x')(all)).not.toEqual(drawn(9, 'y')(all))
    expect(drawn(9, 7)(all)).toEqual(drawn(9, '7')(all))
  })

  it('does not change from version to version', () => {
    expect(drawn(3, 4711)(threads(20))).toEqual([
      'https://community.example/ 13',
      'https://community.example/ 15',
      'https://community.example/ 2',
    ])
  })

  it('is a part of a larger one of the same seed', () => {
    const larger = new Set(drawn(20)(threads(50)))
    expect(drawn(9)(threads(50)).filter(key => !larger.has(key))).toEqual([])
  })

  it('has each thread with the same chance', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 400; seed++)
      for (const key of drawn(5, seed)(threads(20))) counts.set(key, (counts.get(key) ?? 0) + 1)
    // 100 expected of each, with a standard deviation below 9.
    expect(Math.min(...counts.values())).toBeGreaterThan(60)
    expect(Math.max(...counts.values())).toBeLessThan(140)
  })

  it('is of as many threads as was asked for, of each stratum its share', () => {
    const sample = drawSample(threads(70), plan(21, 'x', 'group'))
    expect(sample.strata).toEqual([
      { name: '', drawn: 3, of: 10 },
      { name: 'bees', drawn: 6, of: 20 },
      { name: 'care', drawn: 6, of: 20 },
      { name: 'kettles', drawn: 6, of: 20 },
    ])
    expect(drawSample(threads(70), plan(7, 'x', 'month')).strata).toEqual([
      { name: '', drawn: 1, of: 10 },
      { name: '2026-09', drawn: 3, of: 30 },
      { name: '2026-10', drawn: 3, of: 30 },
    ])
  })

  it('of any size has as many threads, and no stratum more than one from its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(59), fc.constantFrom('group', 'month'), (count, less, by) => {
        const size = Math.max(1, count - less)
        const { keys, strata, of } = drawSample(threads(count), plan(size, 'x', by))
        expect([keys.size, of]).toEqual([size, count])
        for (const one of strata) expect(Math.abs(one.drawn - (size * one.of) / count)).toBeLessThan(1)
      }),
    )
  })

  it('says what was drawn of what', () => {
    expect(sampleWords(drawSample(threads(12), plan(2, 'x')))).toBe('2 of 12 threads, drawn at random with the seed x')
    expect(sampleWords(drawSample(threads(1), plan(1, 'a\u001b[2J', 'group')))).toBe(
      '1 of 1 thread, drawn at random with the seed a[2J, in proportion by group',
    )
  })
})

describe('a sample that can not be drawn', () => {
  it.each([
    [() => drawSample(threads(3), plan(4)), 'There are only 3 threads to draw 4 from.'],
    [() => drawSample(threads(1), plan(4)), 'There is only 1 thread to draw 4 from.'],
    [() => drawSample([], plan(1)), 'There is no thread to draw from.'],
    [() => plan(0), '"0" is no number of threads.'],
    [() => plan(1.5), '"1.5" is no number of threads.'],
    [() => samplePlan({ seed: 'x' }, []), 'A seed is for a sample.'],
    [() => samplePlan({ stratify: 'group' }, []), 'Strata are for a sample.'],
    [() => samplePlan({ sample: 1, stratify: 'site' as 'group' }, []), '"site" is nothing to stratify by.'],
    [() => samplePlan({ sample: 1 }, [{ name: 'warc', content: 'captures' }]), 'No sample can be drawn for warc.'],
  ])('is refused (%#)', (draw, message) => {
    expect(draw).toThrow(UsageError)
    expect(draw).toThrow(message)
  })

  it('is no sample if none is asked for, and gets a seed if none is given', () => {
    expect(samplePlan({}, [])).toBeNull()
    expect(samplePlan({ sample: 1 }, [])?.seed).toMatch(/^\d+$/)
  })
})
