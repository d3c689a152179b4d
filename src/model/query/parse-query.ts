import { UsageError } from '../errors.js'
import { FILTER_LIST, filterOf, isFilter } from './filters.js'
import type { Query, Words } from './query.js'
import { QueryScan } from './scan.js'

const LIMITS = { characters: 10_000, terms: 100, depth: 20 }

const LANGUAGE = `Write words, "exact words", the start of one (bee*), -not, OR, parentheses. ${FILTER_LIST}`

/**
 * Parses the search language. `now`: milliseconds since 1970, for dates such as today-2weeks.
 * @throws UsageError with the mistake and the possible filters.
 */
export function parseQuery(text: string, now: number): Query {
  if (text.length > LIMITS.characters) throw tooLong()
  // No stored text contains control characters or lone surrogates.
  const plain = text.replace(/\p{Cc}/gu, ' ').replace(/\p{Cs}/gu, '\ufffd')
  return new QueryReader(new QueryScan(plain), now).any(0)
}

class QueryReader {
  private terms = 0
  private readonly punctuation = new Set<Query>()

  constructor(
    private readonly scan: QueryScan,
    private readonly now: number,
  ) {}

  any(depth: number): Query {
    const of = [this.all(depth)]
    while (this.scan.match(OR) !== null) {
      if (!this.scan.hasMore()) throw lonelyOr()
      of.push(this.all(depth))
    }
    return joined('any', of)
  }

  /** Terms next to each other. Punctuation between other terms, as in a copied title, is ignored. */
  private all(depth: number): Query {
    const of: Query[] = []
    while (this.scan.hasMore() && !this.scan.isAt(OR) && !(depth > 0 && this.scan.isAt(/\)/y)))
      of.push(this.term(depth))
    if (of.length === 0) throw empty(this.scan, depth)
    const meaningful = of.filter(one => !this.punctuation.has(one))
    return joined('all', meaningful.length > 0 ? meaningful : of)
  }

  private term(depth: number): Query {
    if (++this.terms > LIMITS.terms || depth > LIMITS.depth) throw tooLong()
    if (this.scan.isAt(PUNCTUATION)) return this.mark(depth)
    return this.scan.match(/-(?=[^\s)])/y) === null ? this.positive(depth) : { kind: 'not', of: this.positive(depth) }
  }

  private mark(depth: number): Query {
    const query = words(this.scan.word(depth > 0), false)
    this.punctuation.add(query)
    return query
  }

  private positive(depth: number): Query {
    if (this.scan.match(/\(/y) !== null) return this.inside(depth + 1)
    const quoted = this.scan.quoted()
    return quoted === null ? this.wordOrFilter(depth) : words(quoted, this.scan.match(/\*/y) !== null)
  }

  private inside(depth: number): Query {
    const query = this.any(depth)
    if (this.scan.match(/\)/y) !== null) return query
    throw new UsageError('A parenthesis is not closed.', 'If it is part of a word, put the word in "quotes".')
  }

  /** The value of `from:'anna b'`, of which `'anna` has been read. Without an end, the mark is an apostrophe: `from:'t_hart`. */
  private inSingleQuotes(start: string): string {
    const [, whole] = /^['‘](.*)['’]$/.exec(start) ?? []
    const rest = whole === undefined ? this.scan.match(/[^'‘’"“”„]*['’](?=[\s)]|$)/y) : null
    return whole ?? (rest === null ? start : `${start}${rest}`.slice(1, -1))
  }

  private wordOrFilter(depth: number): Query {
    const text = this.scan.word(depth > 0)
    const [, name, value = ''] = FILTER.exec(text) ?? []
    if (name === undefined) return word(text)
    if (isFilter(name) && /^['‘]/.test(value)) return filterOf(name, this.inSingleQuotes(value), this.now)
    if (value === '' && (isFilter(name) || this.scan.isAt(/["“”„]/y)))
      return filterOf(name, this.scan.quoted() ?? '', this.now)
    // `https://…`, `std::string` and `Note:` are words.
    return isFilter(name) || /^[\p{L}\p{N}@_]/u.test(value) ? filterOf(name, value, this.now) : word(text)
  }
}

const OR = /OR(?=[\s()]|$)/y
const FILTER = /^([a-z]{2,}):(.*)$/is

/** A whole word of punctuation, without letters, digits or symbols such as ☕. Parentheses and quotation marks are syntax instead. */
const PUNCTUATION = /(?![("“”„])-?[\p{P}+<=>^`|~$]*?(?=\s|$)/uy

function word(text: string): Words {
  const isStart = /[^*]\*$/.test(text)
  return words(isStart ? text.slice(0, -1) : text, isStart)
}

const words = (text: string, isStart: boolean): Words => ({ kind: 'words', text, isStart })

function joined(kind: 'all' | 'any', of: Query[]): Query {
  const [only] = of
  return of.length === 1 && only ? only : { kind, of }
}

function empty(scan: QueryScan, depth: number): UsageError {
  if (scan.isAt(OR)) return lonelyOr()
  return depth > 0
    ? new UsageError('The parentheses are empty.', LANGUAGE)
    : new UsageError('The query is empty.', LANGUAGE)
}

const lonelyOr = () =>
  new UsageError('OR needs a term on each side: bees OR wasps.', 'To search for the word itself, write "OR".')

const tooLong = () =>
  new UsageError(
    `The query is too long: at most ${LIMITS.terms} terms, ${LIMITS.depth} nested parentheses and ${LIMITS.characters} characters.`,
  )
