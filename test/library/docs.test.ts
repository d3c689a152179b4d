import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as library from '../../src/index.js'
import { libraryExports } from './exports.js'

const DOCS = resolve(import.meta.dirname, '../../docs')
const page = readFileSync(join(DOCS, 'library.md'), 'utf8')
const [prose = '', types = ''] = page.split('## Types')
const named = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(match => match[1] as string)

describe('docs/library.md', () => {
  const values = libraryExports().filter(({ isType }) => !isType)

  it('is held against all exports that there are', () => {
    expect(new Set(values.map(({ name }) => name))).toEqual(new Set(Object.keys(library)))
  })

  it('has a section for each function, and no other function', () => {
    const functions = Object.entries(library).flatMap(([name, value]) =>
      typeof value === 'function' && !/^class\b/.test(String(value)) ? [name] : [],
    )
    const sections = [...page.matchAll(/^## ([a-z]\w+)$/gm)].map(match => match[1])
    expect(sections).toEqual(['archive', 'sync', 'importFrom', 'exportTo', 'packageTo', 'openArchive', 'parse'])
    expect(new Set(functions)).toEqual(new Set(sections))
  })

  it('names every error with its exit code, and every other value', () => {
    for (const { name } of values)
      expect(named(prose).concat(page.match(/^## \w+$/gm) ?? []), name).toContainEqual(
        expect.stringMatching(new RegExp(`^(## )?${name}$`)),
      )
    for (const [name, value] of Object.entries(library)) {
      if (typeof value !== 'function' || !/^class\b/.test(String(value)) || name === 'KnownError') continue
      const ErrorOf = value as unknown as new (message: string) => library.KnownError
      const { exitCode } = new ErrorOf('https://town.example/')
      expect(prose).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\| ${exitCode} \\|`, 'm'))
    }
  })

  it('names every type, and none that is not there', () => {
    const there = libraryExports().filter(({ isType }) => isType)
    expect(new Set(named(types))).toEqual(new Set(there.map(({ name }) => name)))
  })

  it('names every option of a run and of an export', () => {
    const optionsOf = (file: string, name: string) => {
      const source = readFileSync(resolve(DOCS, '../src', file), 'utf8')
      const body = new RegExp(`export interface ${name}[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? ''
      return [...body.matchAll(/^ {2}(\w+)\?:/gm)].map(match => match[1] as string)
    }
    const all = [
      ...optionsOf('run/session/run-options.ts', 'RunOptions'),
      ...optionsOf('run/session/run-options.ts', 'SyncRunOptions'),
      ...optionsOf('export/request.ts', 'ExportRequest'),
      ...optionsOf('export/request.ts', 'ExportSelection'),
      ...optionsOf('index.ts', 'ExportOptions'),
      ...optionsOf('export/package/request.ts', 'PackageRequest'),
    ]
    expect(all.length).toBeGreaterThan(25)
    for (const option of all) expect(named(prose), option).toContain(option)
  })

  it('links every example', () => {
    for (const name of readdirSync(join(DOCS, 'examples'))) expect(page).toContain(`(examples/${name})`)
  })
})
