import { NumberList, placeIn } from '../../model/reports/number-list.js'
import { gini, rounded, shareOfGreatest } from '../../model/reports/quantiles.js'
import type { ParticipationFigures, PeopleFigures, PersonFigures } from '../../model/reports/statistics.js'
import type { Statements } from '../database/statements.js'
import type { CountedPost } from './threads.js'

interface Person {
  /** Row id. */
  row: number
  /** Position in the order of adding, for `RADIX`. */
  index: number
  posts: number
  threads: number
  replies: number
  received: number
}

/** Packs two indexes below it into one number without loss. */
const RADIX = 2 ** 26

/** Counts posts by author, and who replied to whose posts. */
export class PeopleTally {
  private readonly people = new Map<number, Person>()
  private readonly pairs = new NumberList()
  private withoutAuthor = 0

  add(post: CountedPost, isOpening: boolean, parent: CountedPost | undefined): void {
    if (post.member === null) this.withoutAuthor++
    const author = post.member === null ? null : this.person(post.member)
    if (author) {
      author.posts++
      if (isOpening) author.threads++
      else author.replies++
    }
    const receiver = parent?.member ?? null
    if (isOpening || receiver === null || receiver === post.member) return
    this.person(receiver).received++
    if (author) this.pairs.push(author.index * RADIX + this.person(receiver).index)
  }

  private person(row: number): Person {
    const known = this.people.get(row)
    if (known) return known
    const person = { row, index: this.people.size, posts: 0, threads: 0, replies: 0, received: 0 }
    this.people.set(row, person)
    return person
  }

  /** Without people who only received replies. */
  private writers(): Person[] {
    return [...this.people.values()].filter(({ posts }) => posts > 0)
  }

  get count(): number {
    return this.writers().length
  }

  /** Those who wrote most. */
  top(most: number, sql: Statements): PersonFigures[] {
    const writers = this.writers().sort(mostActiveFirst)
    return writers.slice(0, most).map(person => personFigures(person, sql))
  }

  figures(): Omit<PeopleFigures, 'top' | 'newcomers' | 'newcomersUnsure'> {
    const writers = this.writers()
    const posts = writers.map(person => person.posts).sort((a, b) => a - b)
    return {
      withoutAuthor: this.withoutAuthor,
      gini: gini(posts),
      topTenthShare: shareOfGreatest(posts, Math.ceil(posts.length / 10)),
      topPersonShare: shareOfGreatest(posts, 1),
      reciprocity: this.reciprocity(),
      byPosts: participation(posts),
    }
  }

  private reciprocity(): number | null {
    const pairs = this.pairs.distinct()
    if (pairs.length === 0) return null
    let returned = 0
    for (const pair of pairs) if (includesSorted(pairs, (pair % RADIX) * RADIX + Math.floor(pair / RADIX))) returned++
    return rounded(returned / pairs.length)
  }
}

/** Steps of a distribution that is skewed in every community. */
const STEPS = [1, 2, 3, 6, 11, 21, 51, 101, 501]

/** `posts`: numbers of posts per person, in ascending order. Steps above the greatest number are left out. */
function participation(posts: readonly number[]): ParticipationFigures[] {
  const greatest = posts.at(-1) ?? 0
  return STEPS.filter(from => from <= greatest).map((from, at) => {
    const next = STEPS[at + 1]
    const own = posts.filter(count => count >= from && (next === undefined || count < next))
    const sum = own.reduce((all, count) => all + count, 0)
    return { from, to: next === undefined ? null : next - 1, people: own.length, posts: sum }
  })
}

const mostActiveFirst = (a: Person, b: Person): number =>
  b.posts - a.posts || b.received - a.received || b.threads - a.threads || a.row - b.row

function personFigures({ row, posts, threads, replies, received }: Person, sql: Statements): PersonFigures {
  const member = sql.row<Pick<PersonFigures, 'id' | 'slug' | 'name' | 'url' | 'site'>>(
    `SELECT members.site_member_id AS id, members.slug, members.name, members.url, sites.url AS site
      FROM members JOIN sites ON sites.id = members.site_id WHERE members.id = ?`,
    row,
  )
  return { ...(member ?? { id: null, slug: null, name: null, url: null, site: '' }), posts, threads, replies, received }
}

const includesSorted = (sorted: Float64Array, value: number): boolean => sorted[placeIn(sorted, value)] === value
