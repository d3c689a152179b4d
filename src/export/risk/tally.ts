/** A post, by the ids that the export has. */
export interface PostKey {
  thread: string
  post: string
}

export interface Counted {
  /** What was found, as the texts of the export have it. */
  value: string
  count: number
  /** The first ones. */
  places: PostKey[]
}

/** Places that are kept of one value, and values that are told apart; of others only the number is known. */
const MOST_PLACES = 20
const MOST_VALUES = 2000

/** Counts what was found, by its words. */
export class Tally {
  count = 0
  private readonly values = new Map<string, Counted>()

  constructor(private readonly most = MOST_VALUES) {}

  add(value: string, place: PostKey): void {
    this.count++
    const known = this.values.get(value) ?? this.made(value)
    if (!known) return
    known.count++
    const last = known.places.at(-1)
    if (known.places.length < MOST_PLACES && (last?.post !== place.post || last.thread !== place.thread))
      known.places.push(place)
  }

  /** Takes off what turns out to be none, and what was not remembered. */
  without(isNone: (value: string) => boolean): void {
    for (const value of this.values.keys()) if (isNone(value)) this.values.delete(value)
    this.count = [...this.values.values()].reduce((sum, { count }) => sum + count, 0)
  }

  /** Adds what was not counted of each value. */
  addToEach(times: number): void {
    for (const one of this.values.values()) one.count += times
    this.count += times * this.values.size
  }

  /** Number of posts among the places. */
  get posts(): number {
    const places = [...this.values.values()].flatMap(({ places: of }) =>
      of.map(({ thread, post }) => `${thread} ${post}`),
    )
    return new Set(places).size
  }

  /** Most often first. */
  sorted(): Counted[] {
    return [...this.values.values()].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  }

  private made(value: string): Counted | null {
    if (this.values.size >= this.most) return null
    const made = { value: ownCopy(value), count: 0, places: [] }
    this.values.set(made.value, made)
    return made
  }
}

/** V8 keeps the whole text in memory for a part of it. */
const ownCopy = (part: string): string => Buffer.from(part, 'utf16le').toString('utf16le')
