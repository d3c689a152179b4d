import { below, type Chance, oneOf } from '../chance.js'

/**
 * Bodies as broken software, broken disks and broken lines leave them. No mutation makes a number that was not there, so that a
 * post with another number is one that was invented.
 */

const JUNK = [
  '',
  '<',
  '>',
  '"',
  "'",
  '&',
  '</li>',
  '</ul>',
  '</div>',
  '<ul>',
  '<div>',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
]
const MORE_JUNK = [
  '<script>',
  '</script>',
  '<template>',
  '<plaintext>',
  '<table>',
  '<svg>',
  '<select>',
  '<p>',
  '</p>',
  '\0',
]
const WORSE_JUNK = [
  '\u00ff\u00fe',
  '\ufeff',
  '&amp',
  '&#x;',
  '{',
  '}',
  '[',
  ']',
  'null',
  ',',
  ':',
  '\\u',
  '\\',
  '%',
  '\u2028',
]
const NO_VALUE = [
  'null',
  'true',
  '""',
  '[]',
  '{}',
  '-1',
  '0',
  '1e99',
  '"x"',
  '[[]]',
  '[null]',
  '-',
  '"\\ud800"',
  '{"rendered":null}',
]

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

/** A place that is not within a number, nor beside one. */
function place(body: Buffer, random: Chance): number {
  for (let tries = 0; tries < 50; tries++) {
    const at = below(body.length + 1, random)
    if (!isDigit(body[at - 1]) && !isDigit(body[at])) return at
  }
  return 0
}

function span(body: Buffer, random: Chance): [number, number] {
  const from = place(body, random)
  // Most are short, as a lost packet or a lost tag is.
  const length = Math.floor(body.length ** random())
  for (let to = Math.min(body.length, from + length); to < body.length; to++)
    if (!isDigit(body[to - 1]) && !isDigit(body[to])) return [from, to]
  return [from, body.length]
}

const joined = (...pieces: Buffer[]): Buffer => Buffer.concat(pieces)

type Mutation = (body: Buffer, random: Chance, other: Buffer) => Buffer

const MUTATIONS: Record<string, Mutation> = {
  'a piece lost': (body, random) => {
    const [from, to] = span(body, random)
    return joined(body.subarray(0, from), body.subarray(to))
  },
  'a piece doubled': (body, random) => {
    const [from, to] = span(body, random)
    return joined(body.subarray(0, to), body.subarray(from))
  },
  'a piece moved': (body, random) => {
    const [from, to] = span(body, random)
    const rest = joined(body.subarray(0, from), body.subarray(to))
    const at = place(rest, random)
    return joined(rest.subarray(0, at), body.subarray(from, to), rest.subarray(at))
  },
  'cut off': (body, random) => body.subarray(0, place(body, random)),
  'the beginning lost': (body, random) => body.subarray(place(body, random)),
  'bytes changed': (body, random) => {
    const changed = Buffer.from(body)
    for (let count = 1 + below(20, random); count > 0; count--) {
      const at = below(body.length, random)
      const byte = below(256, random)
      if (!isDigit(body[at]) && !isDigit(byte) && at < body.length) changed[at] = byte
    }
    return changed
  },
  'junk inserted': (body, random) => {
    let changed = body
    for (let count = 1 + below(5, random); count > 0; count--) {
      const at = place(changed, random)
      const junk = Buffer.from(oneOf([...JUNK, ...MORE_JUNK, ...WORSE_JUNK], random))
      changed = joined(changed.subarray(0, at), junk, changed.subarray(at))
    }
    return changed
  },
  'a value of JSON replaced': (body, random) => {
    const text = body.toString('latin1')
    const values = [...text.matchAll(/":\s*("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null|\[\]|\{\})/g)]
    if (values.length === 0) return body
    const { index, 0: all, 1: value = '' } = oneOf(values, random)
    const at = index + all.length - value.length
    return Buffer.from(text.slice(0, at) + oneOf(NO_VALUE, random) + text.slice(at + value.length), 'latin1')
  },
  'tags of one kind lost': (body, random) => {
    const tag = oneOf(['</li>', '</ul>', '</div>', '<ul>', '</p>', '</a>', '}', ']', '"', '>'], random)
    return Buffer.from(body.toString('latin1').replaceAll(tag, ''), 'latin1')
  },
  'a piece of another answer': (body, random, other) => {
    const [from, to] = span(other, random)
    const at = place(body, random)
    return joined(body.subarray(0, at), other.subarray(from, to), body.subarray(at))
  },
  'the answer to another request': (_body, _random, other) => other,
  'the same answer twice': body => joined(body, body),
}

/** One to three mutations of a body. `other`: the body of another answer of the same site. */
export function mutated(body: Buffer, random: Chance, other: Buffer = body): Buffer {
  let changed = body
  for (let count = 1 + below(3, random); count > 0; count--)
    changed = oneOf(Object.values(MUTATIONS), random)(changed, random, other)
  return changed
}
