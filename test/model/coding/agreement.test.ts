import { describe, expect, it } from 'vitest'
import { agreementOf, cohensKappa, krippendorffsAlpha, percentAgreement } from '../../../src/model/coding/agreement.js'
import type { AnnotationRow } from '../../../src/model/coding/annotation.js'

/** `times` pairs of what two coders say. */
const pairs = (...cells: [string, string, number][]): [string, string][] =>
  cells.flatMap(([a, b, times]) => Array.from({ length: times }, (): [string, string] => [a, b]))

/** What each coder says of each unit, with `.` where the coder has not looked. */
const columns = (...coders: string[]): string[][] =>
  [...(coders[0] ?? '')].map((_, unit) => coders.map(values => values[unit] ?? '.').filter(value => value !== '.'))

describe('the figures of the literature', () => {
  it("are those of Cohen's kappa", () => {
    // Two raters of 50 proposals: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no; 0.7 observed, 0.5 expected.
    expect(cohensKappa(pairs(['y', 'y', 20], ['y', 'n', 5], ['n', 'y', 10], ['n', 'n', 15]))).toBeCloseTo(0.4, 12)
    // The same agreement of 0.6 with other shares.
    expect(cohensKappa(pairs(['y', 'y', 45], ['y', 'n', 15], ['n', 'y', 25], ['n', 'n', 15]))).toBeCloseTo(0.1304, 4)
    expect(cohensKappa(pairs(['y', 'y', 25], ['y', 'n', 35], ['n', 'y', 5], ['n', 'n', 35]))).toBeCloseTo(0.2593, 4)
  })

  it("are those of Krippendorff's alpha", () => {
    // Krippendorff (2011), Computing Krippendorff's alpha-reliability: A, two observers of ten units, binary.
    expect(krippendorffsAlpha(columns('0100000010', '1110010000'))).toBeCloseTo(0.095, 3)
    // B: two observers of twelve units, five categories.
    expect(krippendorffsAlpha(columns('aabbdcccedda', 'babbbccceddd'))).toBeCloseTo(0.692, 3)
    // C: four observers of twelve units, of which they have not all looked at each.
    const observers = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.']
    expect(krippendorffsAlpha(columns(...observers))).toBeCloseTo(0.743, 3)
  })

  it('are null where nothing can be said', () => {
    expect(
      krippendorffsAlpha([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ).toBeNull()
    expect(cohensKappa(pairs(['a', 'a', 3]))).toBeNull()
    expect([percentAgreement([['a']]), cohensKappa([]), krippendorffsAlpha([])]).toEqual([null, null, null])
  })

  it('are 1 where all agree, and below 0 where all differ', () => {
    expect([percentAgreement, krippendorffsAlpha].map(of => of(columns('aabb', 'aabb')))).toEqual([1, 1])
    expect(krippendorffsAlpha(columns('ab', 'ba'))).toBeLessThan(0)
  })
})

describe('rows of coders', () => {
  const row = (coder: string, post: string, ...codes: string[]): AnnotationRow => ({
    ...{ place: 'x.csv, row 2', site: null, post, url: null, coder, codes, note: null },
  })
  const rows = [
    ...[row('Kim', '1', 'care'), row('Kim', '2', 'care', 'bees'), row('Kim', '3'), row('Kim', '4', 'bees')],
    ...[row('Lee', '1', 'care'), row('Lee', '2', 'care'), row('Lee', '3', 'bees')],
  ]

  it('are compared post by post, for each code', () => {
    const { coders, posts, units, codes } = agreementOf(rows, 'shared')
    expect({ coders, posts, units }).toEqual({ coders: ['Kim', 'Lee'], posts: 4, units: 3 })
    expect(codes.map(({ code, given, percent }) => [code, given, percent])).toEqual([
      ['bees', 2, 1 / 3],
      ['care', 4, 1],
    ])
    expect(codes.map(({ kappa }) => kappa)).toEqual([-0.5, 1])
  })

  it('of posts that a coder has no row for count as without a code, if that is asked for', () => {
    const { posts, units, codes } = agreementOf(rows, 'any')
    expect([posts, units, codes[0]?.percent]).toEqual([4, 4, 1 / 4])
  })

  it('are compared as a whole, too, where no post has two codes of one coder', () => {
    const single = rows.filter(({ post }) => post !== '2')
    expect(agreementOf(single, 'shared').codes.map(({ code, percent }) => [code, percent])).toEqual([
      ['bees', 1 / 2],
      ['care', 1],
      [null, 1 / 2],
    ])
    expect(agreementOf(rows, 'shared').codes.some(({ code }) => code === null)).toBe(false)
  })

  it('of one coder agree with nobody', () => {
    const [kim] = agreementOf(rows.slice(0, 4), 'shared').codes
    expect(kim).toEqual({ code: 'bees', units: 0, given: 0, percent: null, kappa: null, alpha: null })
  })

  it('of three coders have no kappa', () => {
    const [bees, care] = agreementOf([...rows, row('Max', '1'), row('Max', '3', 'bees')], 'shared').codes
    expect([bees?.kappa, care?.kappa]).toEqual([null, null])
    // Post 1: of three pairs one agrees; post 2: one of one; post 3: three of three.
    expect(care?.percent).toBe(5 / 7)
  })
})
