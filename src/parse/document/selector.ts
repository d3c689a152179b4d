import { compile } from 'css-select'
import type { AnyNode, Element } from 'domhandler'

export type Test = (element: Element) => boolean

const compiled = new Map<string, Test>()

/** Compiled once per selector: the tables hold a few dozen. */
export function testOf(selector: string): Test {
  let test = compiled.get(selector)
  if (!test) {
    test = SIMPLE.test(selector) ? anyOf(selector.split(/\s*,\s*/).map(pathTest)) : compile<AnyNode, Element>(selector)
    compiled.set(selector, test)
  }
  return test
}

/**
 * Names, ids and classes, each perhaps inside another, are nearly all that the tables hold, and every post asks for a
 * dozen of them. Most elements fail by their own name and class, which is cheap to see; css-select has the rest.
 */
const SIMPLE = /^[\w\s.#,-]+$/

const anyOf = (tests: readonly Test[]): Test => {
  const [only] = tests
  return tests.length === 1 && only ? only : element => tests.some(test => test(element))
}

/** What stands above is left to css-select, which remembers it: on deep trees each element would walk up all the way. */
function pathTest(path: string): Test {
  const parts = path.trim().split(/\s+/)
  const own = partTest(parts.at(-1) ?? '')
  if (parts.length === 1) return own
  const whole = compile<AnyNode, Element>(path)
  return element => own(element) && whole(element)
}

/** `a.view`, `.time-since`, `#item-header`. */
function partTest(part: string): Test {
  const [name = '', ...marks] = part.split(/(?=[.#])/).filter(Boolean)
  const bare = /^[.#]/.test(name) ? '' : name
  const tests = (bare ? marks : [name, ...marks]).map(mark =>
    mark.startsWith('#') ? hasId(mark.slice(1)) : hasClass(mark.slice(1)),
  )
  const [only] = tests
  if (bare) return element => element.name === bare && tests.every(test => test(element))
  return tests.length === 1 && only ? only : element => tests.every(test => test(element))
}

const hasId =
  (id: string): Test =>
  element =>
    element.attribs['id'] === id

function hasClass(name: string): Test {
  const among = new RegExp(`(?:^|\\s)${name}(?:\\s|$)`)
  return ({ attribs }) => {
    const value = attribs['class']
    return value !== undefined && (value === name || (value.length > name.length && among.test(value)))
  }
}
