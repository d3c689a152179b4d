import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asArchiveError } from '../../src/archive/database/sqlite-errors.js'
import { ArchiveError, type ExitCode, type KnownError, SessionEnded } from '../../src/model/errors.js'
import type { WallKind } from '../../src/model/page.js'
import type { Task } from '../../src/model/task.js'
import { blankPage } from '../../src/parse/page.js'
import { problemOf } from '../../src/run/judge/wall-problems.js'
import { child, children, type Node, SRC, sourceFile, within, word } from './syntax.js'
import { wordings } from './wording.js'

/** Messages that the program puts together when it runs: the program is asked for them. */

export interface MadeMessage {
  text: string
  remedy: string
  code: ExitCode
}

const GROUP = 'https://example.org/groups/NAME/'
const TASK: Task = { kind: 'target', reason: 'named', request: { url: GROUP } }

/** Files of `src` in which a page turns out to be something else than posts. */
const WITH_WALLS = [
  'parse/document/walls.ts',
  ...['feed', 'ajax', 'page', 'rest'].map(name => `parse/buddypress-${name}.ts`),
  ...['parse/forum/forum-page.ts', 'parse/index.ts', 'parse/text-dump.ts', 'run/probe/doctor-routes.ts'],
]

/** What a site may send instead of posts, each as the problem of a run that asked for a group. */
export function wallMessages(): MadeMessage[] {
  const page = { ...blankPage(GROUP), url: GROUP }
  return wallsSeen().map(([kind, seen]) => {
    const { message, advice, exitCode } = problemOf(TASK, page, { kind, seen })
    return { text: message.replace(GROUP, 'URL'), remedy: advice ?? '', code: exitCode }
  })
}

function wallsSeen(): [WallKind, string][] {
  const found = WITH_WALLS.map(name => sourceFile(name)).flatMap(file =>
    within(file.tree).flatMap(node => {
      const [kind, seen] = wallOf(node)
      const kinds = wordings(file, kind) as WallKind[] | null
      return (kinds ?? []).flatMap(one => (wordings(file, seen) ?? []).map((text): [WallKind, string] => [one, text]))
    }),
  )
  return [...new Map(found.map(one => [one.join(), one])).values()].sort()
}

/** `wall(kind, seen)`, or `{ kind, seen }`. */
function wallOf(node: Node) {
  if (node.type === 'CallExpression' && word(child(node, 'callee')) === 'wall') return children(node, 'arguments')
  if (node.type !== 'ObjectExpression') return []
  const value = (key: string) =>
    child(
      children(node, 'properties').find(one => word(child(one, 'key')) === key),
      'value',
    )
  return value('kind') && value('seen') ? [value('kind'), value('seen')] : []
}

/** What SQLite may say of a file, in our words. */
export function sqliteMessages(): MadeMessage[] {
  const source = readFileSync(join(SRC, 'archive/database/sqlite-errors.ts'), 'utf8')
  const codes = new Set([...source.matchAll(/^ {2}(SQLITE_\w+): \[/gm)].map(([, code]) => code))
  return [...codes, 'SQLITE_IOERR_LOCK'].map(code => {
    const error = asArchiveError(Object.assign(new Error('SQLite'), { code }), 'FILE')
    if (!(error instanceof ArchiveError)) throw new Error(`${code} has no words in sqlite-errors.ts.`)
    return madeOf(error)
  })
}

export const sessionMessage = (): MadeMessage => madeOf(new SessionEnded('https://example.org/'))

const madeOf = ({ message, advice, exitCode }: KnownError): MadeMessage => ({
  text: message.replace('https://example.org', 'SITE'),
  remedy: (advice ?? '').replace('https://example.org/', 'SITE'),
  code: exitCode,
})
