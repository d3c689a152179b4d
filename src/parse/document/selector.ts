import { compile } from 'css-select'
import { type AnyNode, type Element, isTag } from 'domhandler'
import { remembered } from '../../model/remembered.js'

export type Test = (element: Element) => boolean

/**
 * The test of a selector, compiled once. Lists, descendants, names, ids and classes are tested here, because nearly all selectors of
 * the templates consist of them and each post is tested against about twelve; css-select tests all other parts.
 */
export const testOf = remembered(
  (selector: string): Test => anyOf(selector.split(/\s*,\s*(?![^()]*\))/).map(pathTest)),
  1000,
  Number.POSITIVE_INFINITY,
)

// Nested functions, because calling `some` and `every` for each element takes twice as long.
const anyOf = (tests: readonly Test[]): Test => tests.reduce((one, other) => element => one(element) || other(element))
const allOf = (tests: readonly Test[]): Test => tests.reduce((one, other) => element => one(element) && other(element))

/** `#object-nav a`, `#groups-list > li`: the element matches the last part, and its ancestors match the other parts in order. */
function pathTest(path: string): Test {
  if (/[+~]|\([^()]*>/.test(path)) return compile<AnyNode, Element>(path)
  const [first = '', ...parts] = path.trim().split(/(\s*>\s*|\s+)(?![^()]*\))/)
  let test = partTest(first)
  for (let at = 0; at < parts.length; at += 2) {
    const inside = parts[at]?.includes('>') ? hasParent(test) : hasAncestor(test)
    const own = partTest(parts[at + 1] ?? '')
    test = element => own(element) && inside(element)
  }
  return test
}

const hasParent =
  (test: Test): Test =>
  ({ parent }) =>
    parent !== null && isTag(parent) && test(parent)

/** More than the depth of ordinary pages. */
const STRIDE = 32

/** Remembers the result where trees are deep: walking from every element up to the root would take quadratic time there. */
function hasAncestor(test: Test): Test {
  const known = new WeakMap<Element, boolean>()
  let isDeep = false
  return element => {
    const passed: Element[] = []
    let at = element.parent
    let result: boolean | undefined
    for (let steps = 0; result === undefined; steps++) {
      if (!at || !isTag(at)) result = false
      else {
        if (isDeep) result = known.get(at)
        if (result === undefined && test(at)) result = true
        // Its own parent, which the elements inside have in common, and some above.
        if (steps % STRIDE === 0) passed.push(at)
        at = at.parent
      }
    }
    if (passed.length > 1) isDeep = true
    if (isDeep) for (const ancestor of passed) known.set(ancestor, result)
    return result
  }
}

/** `a.view`, `.time-since`, `#item-header`, `li[id^="activity-"]`. */
function partTest(part: string): Test {
  const list = /^:is\((.*)\)$/.exec(part)?.[1]
  if (list) return testOf(list)
  if (part === '*') return () => true
  const excluded = /^:not\((.*)\)$/.exec(part)?.[1]
  if (excluded) return isNone(testOf(excluded))
  const marks = part.match(MARK) ?? []
  return marks.join('') === part ? allOf(marks.map(markTest)) : compile<AnyNode, Element>(part)
}

const isNone =
  (test: Test): Test =>
  element =>
    !test(element)

/** A name, id, class, or one of the attributes whose values count as they are written: `rel="NEXT"` is also `rel="next"`. */
const MARK = /[.#]?[\w-]+|\[(?:id|class|href|src|data-[\w-]+)(?:[*^$]?="[^"]+")?\]/g

function markTest(mark: string): Test {
  if (mark.startsWith('#')) return hasId(mark.slice(1))
  if (mark.startsWith('.')) return hasClass(mark.slice(1))
  const [, name, how = '', value = ''] = /^\[([\w-]+)(?:([*^$]?=)"(.*)")?\]$/.exec(mark) ?? []
  return name === undefined ? element => element.name === mark : hasValue(name, HOW[how] ?? (() => true), value)
}

const HOW: Record<string, (text: string, value: string) => boolean> = {
  '=': (text, value) => text === value,
  '*=': (text, value) => text.includes(value),
  '^=': (text, value) => text.startsWith(value),
  '$=': (text, value) => text.endsWith(value),
}

const hasValue =
  (name: string, fits: (text: string, value: string) => boolean, value: string): Test =>
  ({ attribs: { [name]: text } }) =>
    text !== undefined && fits(text, value)

const hasId =
  (id: string): Test =>
  element =>
    element.attribs['id'] === id

function hasClass(name: string): Test {
  const among = new RegExp(`(?:^|\\s)${name}(?:\\s|$)`)
  return ({ attribs: { class: value = '' } }) =>
    value.length > name.length ? value.includes(name) && among.test(value) : value === name
}
