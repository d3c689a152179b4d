import type { Element } from 'domhandler'
import { remembered } from './remembered.js'
import { testOf } from './selector.js'
import { type Key, keysOf } from './selector-keys.js'

/** Characters of the classes of one element: only hostile pages have more, whose words would take much memory. */
const LONGEST = 5000

const wordsOf = remembered((value: string): readonly string[] => value.split(/\s+/), 1000)

/** Places among the elements, in ascending order. */
type Places = Map<string, number[]>

/** Elements in document order, found by what a selector asks of them: about sixty are looked for on each page, and most are not there. */
export class ElementIndex {
  private readonly places: Record<Key['kind'], Places> = {
    id: new Map(),
    class: new Map(),
    name: new Map(),
    attribute: new Map(),
  }
  /** Elements with too many classes, which any selector of a class may mean. */
  private readonly crowded: number[] = []

  constructor(private readonly elements: readonly Element[]) {
    for (const [at, element] of elements.entries()) this.add(element, at)
  }

  first(selector: string): Element | undefined {
    const test = testOf(selector)
    for (const element of this.candidates(selector)) if (test(element)) return element
    return undefined
  }

  every(selector: string): Element[] {
    return this.candidates(selector).filter(testOf(selector))
  }

  private add({ name, attribs }: Element, at: number): void {
    add(this.places.name, name, at)
    const { id, class: classes } = attribs
    if (id !== undefined) add(this.places.id, id, at)
    if (classes === undefined) return
    if (classes.length > LONGEST) this.crowded.push(at)
    else for (const word of wordsOf(classes)) add(this.places.class, word, at)
  }

  /** The elements that a selector may mean, in document order. */
  private candidates(selector: string): readonly Element[] {
    const keys = keysOf(selector)
    if (!keys) return this.elements
    const found = keys.map(key => this.placesOf(key))
    const places = found.length === 1 ? (found[0] ?? []) : [...new Set(found.flat())].sort((a, b) => a - b)
    return places.flatMap(at => this.elements[at] ?? [])
  }

  private placesOf({ kind, value }: Key): readonly number[] {
    if (kind === 'attribute') return this.withAttribute(value)
    const places = this.places[kind].get(value) ?? []
    return kind === 'class' && this.crowded.length > 0
      ? [...new Set([...places, ...this.crowded])].sort((a, b) => a - b)
      : places
  }

  /** Few selectors ask for an attribute alone. */
  private withAttribute(name: string): readonly number[] {
    const known = this.places.attribute.get(name)
    if (known) return known
    const found = this.elements.flatMap(({ attribs }, at) => (attribs[name] === undefined ? [] : at))
    this.places.attribute.set(name, found)
    return found
  }
}

function add(places: Places, value: string, at: number): void {
  const known = places.get(value)
  if (!known) places.set(value, [at])
  else if (known.at(-1) !== at) known.push(at)
}
