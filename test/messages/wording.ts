import { EXIT } from '../../src/model/errors.js'
import {
  child,
  children,
  declaredAs,
  type Found,
  isFunction,
  type Node,
  type SourceFile,
  within,
  word,
} from './syntax.js'

/** What an expression of the sources may say, read off its syntax: constants, templates, conditions, tables and functions of texts. */

const UNKNOWN = '…'
const DEEPEST = 12

/** The texts that the expression can have; null: nobody can tell. What a template is filled with stands in capitals: `FILE is a folder.` */
export function wordings(file: SourceFile, node: Node | undefined, depth = 0): string[] | null {
  if (!node || depth > DEEPEST) return null
  const again = (part: Node | undefined) => wordings(file, part, depth + 1)
  switch (node.type) {
    case 'Literal':
      return literal(node)
    case 'TemplateLiteral':
      return [template(file, node, depth)]
    case 'BinaryExpression':
      return word(node, 'operator') === '+' ? joined(again(child(node, 'left')), again(child(node, 'right'))) : null
    case 'ConditionalExpression':
      return either(again(child(node, 'consequent')), again(child(node, 'alternate')))
    case 'LogicalExpression':
      return either(again(child(node, 'left')), again(child(node, 'right')))
    case 'ChainExpression':
    case 'TSAsExpression':
      return again(child(node, 'expression'))
    case 'Identifier':
      return named(declaredAs(file, word(node), node.start), depth)
    case 'CallExpression':
      return returned(file, node).reduce<string[] | null>(
        (all, { file: at, node: value }) => either(all, wordings(at, value, depth + 1)),
        null,
      )
    case 'MemberExpression':
      return member(file, node, depth)
    default:
      return null
  }
}

const named = (found: Found | null, depth: number) => found && wordings(found.file, found.node, depth + 1)

const either = (one: string[] | null, other: string[] | null): string[] | null =>
  one && other ? [...new Set([...one, ...other])] : (one ?? other)

/** `'a' + 'b'`, where each side has one text. */
const joined = (one: string[] | null, other: string[] | null): string[] | null =>
  one?.length === 1 && other?.length === 1 ? [`${one[0]}${other[0]}`] : null

function literal(node: Node): string[] | null {
  const value: unknown = Reflect.get(node, 'value')
  if (value === null) return []
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : null
}

function template(file: SourceFile, node: Node, depth: number): string {
  const parts = children(node, 'expressions')
  return children(node, 'quasis').reduce((before, quasi, at) => {
    const fixed = `${before}${cookedOf(quasi)}`
    if (at === parts.length) return fixed
    const gap = filled(file, parts[at], depth)
    // A name would merge with the word before it: `can't be readREASON`.
    return `${fixed}${/[a-z]$/.test(fixed) && /^[A-Z]/.test(gap) ? UNKNOWN : gap}`
  }, '')
}

function cookedOf(quasi: Node): string {
  const value: unknown = Reflect.get(quasi, 'value')
  return typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : ''
}

/** Of `error.message`, and of what `errorMessage` reads from what was thrown: `message`. */
function nameOf(node: Node | undefined): string {
  if (node?.type === 'CallExpression' && word(child(node, 'callee')) === 'errorMessage') return 'message'
  return node?.type === 'MemberExpression' ? word(child(node, 'property')) : word(node)
}

/** What stands in a gap of a template: the only text that it can have, else the name of what fills it. */
function filled(file: SourceFile, node: Node | undefined, depth: number): string {
  const [only, ...more] = wordings(file, node, depth + 1) ?? []
  if (only !== undefined && more.length === 0 && node?.type !== 'ConditionalExpression') return only
  const name = nameOf(node)
  return /^[a-z][A-Za-z]{1,14}$/.test(name) ? name.replace(/([A-Z])/g, ' $1').toUpperCase() : UNKNOWN
}

/** `EXIT.usage`, or any value of a table: `ADVICE[kind]`. */
function member(file: SourceFile, node: Node, depth: number): string[] | null {
  const object = child(node, 'object')
  const key = word(child(node, 'property'))
  if (word(object) === 'EXIT')
    return Object.entries(EXIT).flatMap(([name, code]) => (name === key ? [String(code)] : []))
  const table = object?.type === 'Identifier' ? declaredAs(file, word(object), object.start) : null
  const values = children(table?.node, 'properties').filter(
    one => Reflect.get(node, 'computed') || word(child(one, 'key')) === key,
  )
  return values.reduce<string[] | null>(
    (all, one) => either(all, wordings(table?.file ?? file, child(one, 'value'), depth + 1)),
    null,
  )
}

/** What a function of ours returns, for a call of it. */
export function returned(file: SourceFile, call: Node): Found[] {
  const callee = child(call, 'callee')
  const found = callee?.type === 'Identifier' ? declaredAs(file, word(callee), callee.start) : null
  const body = found && isFunction(found.node) ? child(found.node, 'body') : undefined
  if (!found || !body) return []
  if (body.type !== 'BlockStatement') return [{ file: found.file, node: body }]
  const own = within(body, inner => !isFunction(inner)).filter(({ type }) => type === 'ReturnStatement')
  return own.flatMap(statement => child(statement, 'argument') ?? []).map(node => ({ file: found.file, node }))
}
