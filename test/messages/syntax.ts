import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseAst } from 'vitest/node'

/** The syntax tree of our own sources, as far as the words of messages need it. */

export const SRC = resolve(import.meta.dirname, '../../src')

export interface Node {
  type: string
  start: number
  end: number
}

/** A file with its functions and what each of them, and the file itself, declares. */
export interface SourceFile {
  /** Below `src`. */
  name: string
  tree: Node
  text: string
  scopes: readonly Scope[]
}

/** A function, or the whole file. `null`: a name whose value nobody can read here, such as a parameter. */
interface Scope {
  start: number
  end: number
  names: Map<string, Node | null>
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string'

/** The child under this key; undefined: there is none. */
export function child(node: Node | undefined, key: string): Node | undefined {
  const value: unknown = node && Reflect.get(node, key)
  return isNode(value) ? value : undefined
}

export function children(node: Node | undefined, key: string): Node[] {
  const value: unknown = node && Reflect.get(node, key)
  return Array.isArray(value) ? value.filter(isNode) : []
}

/** A text under this key, as the name of an identifier. */
export function word(node: Node | undefined, key = 'name'): string {
  const value: unknown = node && Reflect.get(node, key)
  return typeof value === 'string' ? value : ''
}

/** The node and everything within it that `enters` lets in. */
export function within(node: Node, enters: (node: Node) => boolean = () => true, found: Node[] = []): Node[] {
  found.push(node)
  for (const value of Object.values(node))
    for (const part of Array.isArray(value) ? value : [value])
      if (isNode(part) && enters(part)) within(part, enters, found)
  return found
}

export const isFunction = ({ type }: Node): boolean =>
  type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'

const known = new Map<string, SourceFile>()

export function sourceFile(name: string): SourceFile {
  const found = known.get(name)
  if (found) return found
  const text = readFileSync(join(SRC, name), 'utf8')
  const tree: Node = parseAst(text, { lang: 'ts' })
  const made = {
    name,
    tree,
    text,
    scopes: within(tree)
      .filter(one => one === tree || isFunction(one))
      .map(scopeOf),
  }
  known.set(name, made)
  return made
}

/** The line of a node, for messages. */
export const placeOf = ({ name, text }: SourceFile, { start }: Node): string =>
  `src/${name}:${text.slice(0, start).split('\n').length}`

function scopeOf(node: Node): Scope {
  const names = new Map<string, Node | null>()
  for (const parameter of children(node, 'params'))
    for (const part of within(parameter)) if (part.type === 'Identifier') names.set(word(part), null)
  for (const part of within(node, inner => !isFunction(inner) || inner.type === 'FunctionDeclaration'))
    declare(names, part)
  return { start: node.start, end: node.end, names }
}

function declare(names: Map<string, Node | null>, node: Node): void {
  const target = child(node, 'id')
  if (node.type === 'FunctionDeclaration' && target) names.set(word(target), names.get(word(target)) ?? node)
  if (node.type !== 'VariableDeclarator' || !target) return
  if (target.type === 'Identifier') names.set(word(target), child(node, 'init') ?? null)
  else for (const part of within(target)) if (part.type === 'Identifier') names.set(word(part), null)
}

export interface Found {
  file: SourceFile
  node: Node
}

/** What a name stands for at this place, in this file or the one that it is imported from; null: nobody can read it here. */
export function declaredAs(file: SourceFile, name: string, at: number): Found | null {
  const around = file.scopes.filter(({ start, end, names }) => start <= at && at < end && names.has(name))
  const nearest = around.reduce<Scope | null>((best, one) => (best && best.start > one.start ? best : one), null)
  if (!nearest) return imported(file, name)
  const node = nearest.names.get(name)
  return node ? { file, node } : null
}

function imported(file: SourceFile, name: string): Found | null {
  for (const statement of children(file.tree, 'body')) {
    const path = word(child(statement, 'source'), 'value')
    const isNamed = children(statement, 'specifiers').some(one => word(child(one, 'local')) === name)
    if (statement.type !== 'ImportDeclaration' || !path.startsWith('.') || !isNamed) continue
    const from = relative(SRC, resolve(SRC, dirname(file.name), path)).replace(/\.js$/, '.ts')
    const other = sourceFile(from)
    const node = other.scopes[0]?.names.get(name)
    return node ? { file: other, node } : null
  }
  return null
}
