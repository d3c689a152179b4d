import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** design.md, section 3: what a layer may import besides itself. Siblings never import each other. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  sources: ['model'],
  parse: ['model'],
  archive: ['model'],
  export: ['model'],
  demo: ['model'],
  node: ['model'],
  run: ['model', 'sources', 'parse', 'archive'],
  cli: ['model', 'sources', 'parse', 'archive', 'export', 'demo', 'run', 'node'],
  index: ['model', 'sources', 'parse', 'archive', 'export', 'run', 'node'],
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => name.replaceAll('\\', '/'))
const sourceOf = (file: string) => readFileSync(join(SRC, file), 'utf8')

/** Our own files that a file imports, types included; static, dynamic and re-exported. */
function importsOf(file: string): string[] {
  const found = [...sourceOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(match => match[1] as string)
  return found.map(path => relative(SRC, resolve(SRC, dirname(file), path)).replace(/\.js$/, '.ts'))
}

/** `index.ts` is the library’s door. */
const layerOf = (file: string): string => file.replace(/\.ts$/, '').split('/')[0] as string

describe('the house', () => {
  it('has the layers of the design and no other', () => {
    expect(new Set(files.map(layerOf))).toEqual(new Set(Object.keys(MAY_IMPORT)))
  })

  it.each(files)('%s imports only what its layer may', file => {
    const layer = layerOf(file)
    const wrong = importsOf(file).filter(path => layerOf(path) !== layer && !MAY_IMPORT[layer]?.includes(layerOf(path)))
    expect(wrong).toEqual([])
  })

  it('imports files that exist, so that the other checks see them all', () => {
    expect(files.flatMap(importsOf).filter(path => !files.includes(path))).toEqual([])
  })

  it('has no circle of imports, types included', () => {
    expect(circles()).toEqual([])
  })

  it('touches process, the clock and the environment in two places only', () => {
    const outside = /(?<!\/)\bprocess\.|\bDate\.now\b|\bnew Date\(\)/
    // The command has streams, signals and variables; the library has a clock and the lock's holder, by default.
    const MAY = ['cli/terminal/io.ts', 'node/process.ts']
    const strangers = files.filter(file => !MAY.includes(file) && outside.test(withoutComments(sourceOf(file))))
    expect(strangers).toEqual([])
  })

  it('keeps SQL in archive/', () => {
    const sql = /\b(?:SELECT\s.+\sFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/
    // One advice of the lock names a statement for people to type.
    expect(files.filter(file => layerOf(file) !== 'archive' && sql.test(withoutComments(sourceOf(file))))).toEqual([])
  })

  it('has no file over 300 lines, no `any` and no folder or file called utils', () => {
    // Texts of the demo community are data.
    const long = files.filter(file => !file.startsWith('demo/') && sourceOf(file).split('\n').length > 300)
    expect(long).toEqual([])
    expect(files.filter(file => /:\s*any\b|\bas any\b|<any>/.test(withoutComments(sourceOf(file))))).toEqual([])
    expect(files.filter(file => /util|helper|misc/i.test(file))).toEqual([])
  })
})

const withoutComments = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')

/** Depth first; a file met again while it is still open closes a circle. */
function circles(): string[] {
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (file: string, path: string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file].join(' > '))
      return
    }
    state.set(file, 'open')
    for (const next of importsOf(file)) if (files.includes(next)) visit(next, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  return found
}
