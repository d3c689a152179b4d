import { UsageError } from '../errors.js'
import { FILTER_LIST, filterOf, isFilter } from './filters.js'
import type { Query, Words } from './query.js'
import { QueryScan } from './scan.js'

const LIMITS = { characters: 10_000, terms: 100, depth: 20 }

const LANGUAGE = `Write words, "exact words", the start of one (bee*), -not, OR, parentheses. ${FILTER_LIST}`

/**
 * Reads the search language. `now` in milliseconds, for dates such as today-2weeks.
 * @throws UsageError that says what is wrong, and what there is.
 */
export function parseQuery(text: string, now: number): Query {
  if (text.length > LIMITS.characters) throw tooLong()
  // Controls and half characters are nothing that a text could hold.
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

  /** Terms that stand side by side. Punctuation among them, as in a copied title, is passed over. */
  private all(depth: number): Query {
    const of: Query[] = []
    while (this.scan.hasMore() && !this.scan.isAt(OR) && !(depth > 0 && this.scan.isAt(/\)/y)))
      of.push(this.term(depth))
    if (of.length === 0) throw empty(this.scan, depth)
    const saying = of.filter(one => !this.punctuation.has(one))
    return joined('all', saying.length > 0 ? saying : of)
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
    throw new UsageError('A parenthesis is not closed.', 'If it belongs to a word, put that in "quotes".')
  }

  private wordOrFilter(depth: number): Query {
    const text = this.scan.word(depth > 0)
    const [, name, value = ''] = FILTER.exec(text) ?? []
    if (name === undefined) return word(text)
    if (value === '' && (isFilter(name) || this.scan.isAt(/["“”„]/y)))
      return filterOf(name, this.scan.quoted() ?? '', this.now)
    // `https://…`, `std::string` and `Note:` are words.
    return isFilter(name) || /^[\p{L}\p{N}@_]/u.test(value) ? filterOf(name, value, this.now) : word(text)
  }
}

const OR = /OR(?=[\s()]|$)/y
const FILTER = /^([a-z]{2,}):(.*)$/is

/** A whole word without letters, digits and symbols such as ☕. Parentheses and quotation marks have a meaning of their own. */
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
    ? new UsageError('Nothing stands in the parentheses.', LANGUAGE)
    : new UsageError('The query says nothing to look for.', LANGUAGE)
}

const lonelyOr = () => new UsageError('OR stands between two terms: bees OR wasps.', 'The word itself is "OR".')

const tooLong = () =>
  new UsageError(
    `The query is too long: at most ${LIMITS.terms} terms, ${LIMITS.depth} parentheses in each other, ${LIMITS.characters} characters.`,
  )
