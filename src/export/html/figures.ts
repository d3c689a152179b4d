import type { PostNode, StoredThread } from '../../model/archive.js'
import type { ShownStatus } from '../exporter.js'
import { isShown } from '../shown.js'
import type { ZonedClock } from '../words/clock.js'
import { authorName, personKey } from '../words/names.js'

/** What the charts of a group show. */
export interface Figures {
  /** Posts by month (`2026-11`), all months from the first to the last. */
  months: [month: string, posts: number][]
  /** Posts whose month is not known. */
  undated: number
  /** Posts by depth: opening posts, answers to them, … */
  depths: number[]
  /** Those who wrote most, the first one most. */
  people: Person[]
  /** Number of answers, the most frequent first: `from` and `to` are names. */
  pairs: Pair[]
}

export interface Person {
  key: string
  name: string
  posts: number
}

interface Pair {
  from: Person
  to: Person
  answers: number
}

/** Counts posts while they are shown. */
export class FigureCounter {
  private readonly months = new Map<string, number>()
  private readonly depths: number[] = []
  private readonly people = new Map<string, Person>()
  private readonly pairs = new Map<string, number>()
  private undated = 0

  constructor(private readonly clock: ZonedClock) {}

  /** `answered`: `personKey` of the author of the post above it; null: it answers nobody who is known. */
  add({ post, depth }: PostNode, answered: { person: string; name: string } | null): void {
    const person = this.person(personKey(post), authorName(post))
    person.posts++
    while (this.depths.length <= depth) this.depths.push(0)
    this.depths[depth] = (this.depths[depth] ?? 0) + 1
    const [first, last] = [post.when.from, post.when.to].map(at => at && this.clock.at(at).day.slice(0, 7))
    if (first && first === last) this.months.set(first, (this.months.get(first) ?? 0) + 1)
    else this.undated++
    if (answered) this.pair(person, this.person(answered.person, answered.name))
  }

  /** All posts of a thread that are shown. */
  addThread({ posts }: StoredThread, status: ShownStatus): void {
    const path: { person: string; name: string }[] = []
    for (const node of posts) {
      const { post, depth } = node
      path.length = depth
      if (isShown(post, status)) this.add(node, path[depth - 1] ?? null)
      path[depth] = { person: personKey(post), name: authorName(post) }
    }
  }

  private person(key: string, name: string): Person {
    const known = this.people.get(key) ?? { key, name, posts: 0 }
    this.people.set(key, known)
    return known
  }

  private pair(from: Person, to: Person): void {
    const key = JSON.stringify([from.key, to.key])
    this.pairs.set(key, (this.pairs.get(key) ?? 0) + 1)
  }

  figures(): Figures {
    const people = [...this.people.values()].sort(
      (a, b) => b.posts - a.posts || compare(a.name, b.name) || compare(a.key, b.key),
    )
    const rank = new Map(people.map((person, at) => [person.key, at]))
    const at = (key: string) => rank.get(key) ?? 0
    const pairs = [...this.pairs].map(([key, answers]) => {
      const [from, to]: string[] = JSON.parse(key)
      return { from: people[at(from ?? '')] as Person, to: people[at(to ?? '')] as Person, answers }
    })
    pairs.sort((a, b) => b.answers - a.answers || at(a.from.key) - at(b.from.key) || at(a.to.key) - at(b.to.key))
    return { months: allMonths(this.months), undated: this.undated, depths: this.depths, people, pairs }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** All months from the first to the last one, also those without posts. */
function allMonths(counts: ReadonlyMap<string, number>): [string, number][] {
  const known = [...counts.keys()].sort()
  const [first = '', last = ''] = [known[0], known.at(-1)]
  const months: [string, number][] = []
  for (let month = first; month !== '' && month <= last; month = nextMonth(month))
    months.push([month, counts.get(month) ?? 0])
  return months
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const next = number === 12 ? [year + 1, 1] : [year, number + 1]
  return `${String(next[0]).padStart(4, '0')}-${String(next[1]).padStart(2, '0')}`
}
