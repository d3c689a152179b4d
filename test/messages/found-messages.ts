import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as errors from '../../src/model/errors.js'
import {
  child,
  children,
  type Found,
  type Node,
  placeOf,
  type SourceFile,
  SRC,
  sourceFile,
  within,
  word,
} from './syntax.js'
import { returned, wordings } from './wording.js'

/** A message of the program with its remedy, where the sources make it. */
export interface Message {
  /** `src/archive/…:12`. */
  place: string
  /** Null: the words come from elsewhere, and this place passes them on. */
  texts: string[] | null
  /** What the program advises with it; null: nobody can tell; empty: nothing. */
  remedies: string[] | null
  /** Exit codes; null: nobody can tell. Empty: none, as for a note. */
  codes: string[] | null
}

/** The classes of errors, each with its exit code; null: an argument says it. */
const CLASSES: Readonly<Record<string, errors.ExitCode | null>> = {
  KnownError: null,
  UsageError: errors.EXIT.usage,
  InvalidArgumentError: errors.EXIT.usage,
  ArchiveError: errors.EXIT.archive,
  BusyError: errors.EXIT.busy,
  NetworkError: errors.EXIT.partial,
  RedirectError: errors.EXIT.partial,
  AccessError: errors.EXIT.access,
  RobotsError: errors.EXIT.blocked,
}

/** Functions that make a message of what they are given: which argument is the text, and which the remedy. */
const MAKERS: Readonly<Record<string, { text: number; remedy: number; code: errors.ExitCode }>> = {
  finding: { text: 0, remedy: 1, code: errors.EXIT.archive },
  wrongLine: { text: 2, remedy: 3, code: errors.EXIT.usage },
  misunderstood: { text: 1, remedy: -1, code: errors.EXIT.unrecognised },
}

/** Only files with one of these words are read closely. */
const MAKES = /Error\(|\bmessage\b|\bmend\b|finding\(|wrongLine\(/

/** Every message that the sources make: errors, problems and notes of a run, findings of `verify`. */
export const foundMessages = (): Message[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => name.endsWith('.ts') && name !== 'model/errors.ts')
    .sort()
    .filter(name => MAKES.test(readFileSync(join(SRC, name), 'utf8')))
    .map(name => sourceFile(name))
    .flatMap(file => within(file.tree).flatMap(node => messageAt(file, node) ?? []))

function messageAt(file: SourceFile, node: Node): Message | null {
  const callee = child(node, 'callee')
  const name = word(callee?.type === 'MemberExpression' ? child(callee, 'property') : callee)
  if (node.type === 'NewExpression' && Object.hasOwn(CLASSES, name)) return errorAt(file, node, name)
  const maker = node.type === 'CallExpression' && Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined
  const given = children(node, 'arguments')
  if (maker && given.length > 1) return saidAt(file, node, given[maker.text], given[maker.remedy], maker.code)
  if (node.type !== 'ObjectExpression') return null
  const value = (key: string) =>
    child(
      children(node, 'properties').find(one => word(child(one, 'key')) === key),
      'value',
    )
  const [message, advice, code] = ['message', 'advice', 'exitCode'].map(value)
  const [what, mend] = ['what', 'mend'].map(value)
  if (what && mend && !value('name')) return saidAt(file, node, what, mend, errors.EXIT.archive)
  // Elsewhere a field of this name is data.
  if (!message || !(advice || file.name.startsWith('run/'))) return null
  const remedies = advice ? wordings(file, advice) : []
  return {
    place: placeOf(file, node),
    texts: wordings(file, message),
    remedies,
    codes: code ? wordings(file, code) : [],
  }
}

function errorAt(file: SourceFile, node: Node, name: string): Message {
  const fixed = CLASSES[name]
  const given = children(node, 'arguments').flatMap(one => spread(file, one))
  const code = fixed === null ? given.shift() : undefined
  const [message, advice] = given
  return {
    place: placeOf(file, node),
    texts: message ? wordings(message.file, message.node) : null,
    remedies: advice ? wordings(advice.file, advice.node) : [],
    codes: code ? wordings(code.file, code.node) : [String(fixed)],
  }
}

/** `...words()`: the list that the function returns. */
function spread(file: SourceFile, node: Node): Found[] {
  const call = child(node, 'argument')
  if (node.type !== 'SpreadElement') return [{ file, node }]
  const [list] = call ? returned(file, call) : []
  return list ? children(list.node, 'elements').map(one => ({ file: list.file, node: one })) : []
}

function saidAt(
  file: SourceFile,
  node: Node,
  text: Node | undefined,
  remedy: Node | undefined,
  code: errors.ExitCode,
): Message {
  const remedies = remedy ? wordings(file, remedy) : []
  return { place: placeOf(file, node), texts: wordings(file, text), remedies, codes: [String(code)] }
}
