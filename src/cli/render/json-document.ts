import type { When } from '../../model/discussion.js'
import { knownDate } from '../../model/time.js'
import { terminalJson } from '../text/terminal-text.js'

/** A value; a generator, written item by item; or a function, called once all members before it are written. */
type Member = string | number | null | Generator<object> | (() => number)

/** `threadkeep.NAME/1` as one JSON document, piece by piece, so that memory does not limit its size. A streamed item is a line. */
export function* jsonDocument(name: string, members: Readonly<Record<string, Member>>): Generator<string> {
  yield `{"schema":"threadkeep.${name}/1"`
  for (const [key, value] of Object.entries(members)) {
    yield `,"${key}":`
    if (typeof value === 'object' && value !== null) yield* jsonList(value)
    else yield terminalJson(typeof value === 'function' ? value() : value)
  }
  yield '}\n'
}

function* jsonList(items: Iterable<object>): Generator<string> {
  let before = '['
  for (const item of items) {
    yield `${before}\n`
    yield* jsonPieces(item)
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

/** The same JSON as `terminalJson` gives: the members of a value with a long text one by one, so that its texts are not held twice. */
function* jsonPieces(value: unknown): Generator<string> {
  if (!isObject(value) || !hasLongText(value)) return yield terminalJson(value)
  const isList = Array.isArray(value)
  let before = isList ? '[' : '{'
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    yield isList ? before : `${before}${terminalJson(key)}:`
    yield* jsonPieces(member)
    before = ','
  }
  yield isList ? ']' : '}'
}

const LONG = 1_000_000

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const hasLongText = (value: object): boolean =>
  Object.values(value).some(member =>
    typeof member === 'string' ? member.length > LONG : isObject(member) && hasLongText(member),
  )

/** The record of each item, made when it is written. */
export function* records<Item>(items: Iterable<Item>, record: (item: Item) => object): Generator<object> {
  for (const item of items) yield record(item)
}

/** The date of a post, as all documents have it: exact or null, and the interval that is known. */
export const dateKeys = (when: When) => ({ posted_at: knownDate(when), posted_between: [when.from, when.to] })
