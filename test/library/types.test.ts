import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The types of the package in a project of a user who has none of what developers of threadkeep have. */

const ROOT = resolve(import.meta.dirname, '../..')
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')

let work = ''
const installed = () => join(work, 'node_modules/threadkeep')

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'threadkeep-types-'))
  mkdirSync(installed(), { recursive: true })
  cpSync(join(ROOT, 'package.json'), join(installed(), 'package.json'))
  tsc('-p', join(ROOT, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', join(installed(), 'dist'))
  // As strict as a program can be, and without types of Node: with the browser's the library is complete.
  writeProject('plain', { lib: ['ES2023', 'DOM'], types: [] })
  writeProject('node', { lib: ['ES2023'], types: ['node'] })
  for (const name of ['@types/node', 'undici-types']) {
    mkdirSync(dirname(join(work, 'node/node_modules', name)), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules', name), join(work, 'node/node_modules', name), 'dir')
  }
}, 120_000)

afterAll(() => rmSync(work, { recursive: true, force: true }))

/** What the compiler has to say. */
function tsc(...args: string[]): string {
  try {
    return execFileSync(process.execPath, [TSC, ...args], { encoding: 'utf8' })
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}

function writeProject(name: string, own: object): void {
  const strictest = {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
    ...{ module: 'nodenext', target: 'es2023', noEmit: true, preserveSymlinks: true, allowJs: true, checkJs: true },
  }
  mkdirSync(join(work, name), { recursive: true })
  writeFileSync(join(work, name, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(work, name, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...strictest, ...own } }))
}

const USER = `
import {
  archive, type Capture, type Exporter, EXPORTERS, exportTo, KnownError, openArchive, type OpenArchive, parse, type Reporter,
  type RunReport, type SourceKind, type StoredThread, sync, UsageError,
} from 'threadkeep'

const shout: Exporter = {
  name: 'shout', summary: '', extension: 'txt', scope: 'thread', delivery: 'stdout',
  *render(threads: Iterable<StoredThread>) { for (const thread of threads) yield thread.title.toUpperCase() },
}
const nowhere: SourceKind = {
  name: 'nowhere', summary: '', accepts: () => false,
  open: () => ({ async *captures() {}, close: async () => {} }),
}
export class Listener implements Partial<Reporter> {
  warning(text: string) { text.trim() }
}
export async function everything(capture: Capture): Promise<RunReport> {
  const open: OpenArchive = openArchive('a.db', 'write', { command: 'mine', now: () => 0 })
  const { threads } = await exportTo('a.md', { db: open, threads: ['1'], exporters: [shout, ...EXPORTERS] })
  const pieces: (string | Uint8Array)[] = [...exportTo({ db: 'a.db', groups: ['bees'] })]
  await archive('https://a.example/', { db: open, pace: 2, reporter: new Listener(), sources: [nowhere] })
  await sync({ full: true })
  try { return await sync(['https://a.example/'], { lookBack: threads + pieces.length + parse(capture).posts.length }) }
  catch (error) { if (error instanceof UsageError || error instanceof KnownError) console.log(error.exitCode, error.advice); throw error }
  finally { open.close() }
}
// @ts-expect-error: no class of ours is handed out
open.frontier
// @ts-expect-error: a misspelt option
export const wrong = archive('https://a.example/', { paces: 1 })
`

describe('the types of the package', () => {
  it('compile without any other package, with every check there is', () => {
    writeFileSync(join(work, 'plain/user.ts'), USER)
    expect(tsc('-p', join(work, 'plain'))).toBe('')
  })

  it('name no class but errors, and no package', () => {
    const reached = new Set<string>()
    const visit = (file: string): void => {
      if (reached.has(file)) return
      reached.add(file)
      for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:\bfrom |import\()'([^']+)'[;)]/g)) {
        expect(path, file).toMatch(/^\.\.?\//)
        visit(resolve(dirname(file), path.replace(/\.js$/, '.d.ts')))
      }
    }
    visit(join(installed(), 'dist/index.d.ts'))
    expect(reached.size).toBeGreaterThan(15)
    for (const file of reached)
      if (!file.endsWith('/model/errors.d.ts')) expect(readFileSync(file, 'utf8'), file).not.toMatch(/\bclass \w+/)
  })

  it('hold for every block of docs/library.md, and for the examples', () => {
    const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8')
    const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(match => match[1] as string)
    expect(blocks.length).toBeGreaterThanOrEqual(8)
    for (const [at, block] of blocks.entries()) writeFileSync(join(work, `node/block-${at}.ts`), block)
    const examples = join(ROOT, 'docs/examples')
    for (const name of readdirSync(examples)) cpSync(join(examples, name), join(work, 'node', name))
    // JavaScript has no types for words of the command line and for parameters: what is checked is the use of the library.
    const javaScript = ['--noImplicitAny', 'false', '--noUncheckedIndexedAccess', 'false']
    expect(tsc('-p', join(work, 'node'), ...javaScript)).toBe('')
  })
})
