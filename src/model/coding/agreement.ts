import type { AnnotationRow } from './annotation.js'

/** Which posts count. `shared`: those that at least two coders have a row for. `any`: all; without a row, a coder gave no code. */
export type UnitRule = 'shared' | 'any'

/** How far coders agree on one code: whether each post has it. */
export interface CodeAgreement {
  /** Null: which one of all codes a post has, where no coder gave a post more than one. */
  code: string | null
  /** Posts that at least two coders have looked at. */
  units: number
  /** How often coders gave the code to these posts. */
  given: number
  /** Of all pairs of coders and posts: the share in which both say the same. 0 to 1; null: there is no pair. */
  percent: number | null
  /** Cohen's kappa. Null: not two coders, or both always say the same one thing. */
  kappa: number | null
  /** Krippendorff's alpha for nominal data. Null: nobody differs in what they say of any post. */
  alpha: number | null
}

export interface Agreement {
  coders: string[]
  rule: UnitRule
  /** Posts that any coder has a row for, and those of them that count. */
  posts: number
  units: number
  codes: CodeAgreement[]
}

/** What each coder says of a post, by coder. A coder who has not looked at it is not there. */
type Unit = ReadonlyMap<string, ReadonlySet<string>>

/** Agreement on each code, in alphabetical order, and on all where each post has one at most. Of one coder: no figures. */
export function agreementOf(rows: readonly AnnotationRow[], rule: UnitRule): Agreement {
  const coders = [...new Set(rows.map(({ coder }) => coder))].sort()
  const posts = postsOf(rows, rule === 'any' ? coders : [])
  const units = posts.filter(unit => unit.size > 1)
  const codes = [...new Set(rows.flatMap(row => row.codes))].sort()
  const single = units.every(unit => [...unit.values()].every(given => given.size <= 1))
  const each = codes.map(code => figures(code, units, coders, given => (given.has(code) ? code : '')))
  const all = single && codes.length > 1 ? [figures(null, units, coders, given => [...given][0] ?? '')] : []
  return { coders, rule, posts: posts.length, units: units.length, codes: [...each, ...all] }
}

function postsOf(rows: readonly AnnotationRow[], everybody: readonly string[]): Unit[] {
  const posts = new Map<string, Map<string, Set<string>>>()
  for (const { site, post, url, coder, codes } of rows) {
    const key = JSON.stringify([site, post ?? url])
    const unit = posts.get(key) ?? new Map(everybody.map(name => [name, new Set<string>()]))
    posts.set(key, unit)
    unit.set(coder, new Set([...(unit.get(coder) ?? []), ...codes]))
  }
  return [...posts.values()]
}

function figures(
  code: string | null,
  units: readonly Unit[],
  coders: readonly string[],
  wordOf: (given: ReadonlySet<string>) => string,
): CodeAgreement {
  const values = units.map(unit => new Map([...unit].map(([coder, given]) => [coder, wordOf(given)])))
  const lists = values.map(unit => [...unit.values()])
  const given = lists.flat().filter(value => value !== '').length
  const [first, second, ...more] = coders
  const pair = first !== undefined && second !== undefined && more.length === 0
  const kappa = pair ? cohensKappa(values.map(unit => [unit.get(first) ?? '', unit.get(second) ?? ''])) : null
  return { code, units: units.length, given, percent: percentAgreement(lists), kappa, alpha: krippendorffsAlpha(lists) }
}

/** The share of pairs of values of one unit that are equal; null: there is no pair. Units of several coders have several pairs. */
export function percentAgreement(units: readonly (readonly string[])[]): number | null {
  let [equal, pairs] = [0, 0]
  for (const values of units) {
    pairs += (values.length * (values.length - 1)) / 2
    for (const count of countsOf(values).values()) equal += (count * (count - 1)) / 2
  }
  return pairs === 0 ? null : equal / pairs
}

/** Cohen (1960): agreement beyond what the shares of each coder let expect; null: only that can be expected. */
export function cohensKappa(pairs: readonly (readonly [string, string])[]): number | null {
  const total = pairs.length
  const observed = pairs.filter(([a, b]) => a === b).length
  const [firsts, seconds] = [countsOf(pairs.map(([a]) => a)), countsOf(pairs.map(([, b]) => b))]
  const expected = [...firsts].reduce((sum, [value, count]) => sum + count * (seconds.get(value) ?? 0), 0)
  const rest = total * total - expected
  return total === 0 || rest === 0 ? null : (observed * total - expected) / rest
}

/** Krippendorff (2004), nominal: any number of coders, who need not have looked at each unit; null: all values are the same. */
export function krippendorffsAlpha(units: readonly (readonly string[])[]): number | null {
  const pairable = units.filter(values => values.length > 1)
  const totals = countsOf(pairable.flat())
  const n = [...totals.values()].reduce((sum, count) => sum + count, 0)
  const differing = pairable.reduce(
    (sum, values) => sum + unequalPairs(countsOf(values), values.length) / (values.length - 1),
    0,
  )
  const expected = unequalPairs(totals, n)
  return expected === 0 ? null : 1 - ((n - 1) * differing) / expected
}

/** Number of ordered pairs of values that differ. */
const unequalPairs = (counts: ReadonlyMap<string, number>, n: number): number =>
  [...counts.values()].reduce((sum, count) => sum + count * (n - count), 0)

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
