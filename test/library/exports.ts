import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const SRC = join(import.meta.dirname, '../../src')

export interface LibraryExport {
  name: string
  /** Below `src`, without the extension. */
  file: string
  isType: boolean
}

/** All that `src/index.ts` exports, read off its text. */
export function libraryExports(): LibraryExport[] {
  const source = readFileSync(join(SRC, 'index.ts'), 'utf8')
  const found = [...own('index'), ...listed(source), ...starred(source)]
  return [...new Map(found.map(one => [one.name, one])).values()]
}

const DECLARED = /^export (?:declare )?(?:async )?(interface|type|class|const|function\*?) (\w+)/gm

/** What a file itself declares. */
const own = (file: string): LibraryExport[] =>
  [...readFileSync(join(SRC, `${file}.ts`), 'utf8').matchAll(DECLARED)].map(([, kind = '', name = '']) => ({
    name,
    file,
    isType: kind === 'interface' || kind === 'type',
  }))

const fileOf = (path: string) => path.replace(/^\.\//, '').replace(/\.js$/, '')

/** `export { A, type B } from`, `export type { C } from`. */
const listed = (source: string): LibraryExport[] =>
  [...source.matchAll(/^export (type )?\{([^}]+)\} from '(.+)'/gm)].flatMap(([, allTypes, names = '', path = '']) =>
    names
      .split(',')
      .map(name => name.trim())
      .filter(Boolean)
      .map(name => ({
        name: name.replace(/^type |^.* as /, ''),
        file: fileOf(path),
        isType: allTypes !== undefined || name.startsWith('type '),
      })),
  )

/** `export * from`, `export type * from`. */
const starred = (source: string): LibraryExport[] =>
  [...source.matchAll(/^export (type )?\* from '(.+)'/gm)].flatMap(([, allTypes, path = '']) =>
    own(fileOf(path)).map(one => ({ ...one, isType: one.isType || allTypes !== undefined })),
  )
