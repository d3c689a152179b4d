import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** `bin.ts` loads it at once, behind the handler of signals. */
const START = new URL('../../../src/cli/main.ts', import.meta.url)
const IMPORT = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gms

/** Every module that `threadkeep --version` loads: imports of values that do not wait for a command. */
function loaded(file: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(file.href)) return seen
  seen.add(file.href)
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    if (name.startsWith('.')) loaded(new URL(name.replace(/\.js$/, '.ts'), file), seen)
    else seen.add(name)
  }
  return seen
}

const INDEX = new URL('../../../src/cli/commands/index.ts', import.meta.url)
const commandFiles = () =>
  [...readFileSync(INDEX, 'utf8').matchAll(/load: \(\) => import\('([^']+)\.js'\)/g)].map(([, name]) => `${name}.ts`)

/** The command line itself, and text on a terminal. */
const LIGHT = ['commander', 'string-width', 'wrap-ansi', 'diff']

describe('start-up', () => {
  test('loads commander and nothing else that is installed', () => {
    const packages = [...loaded(START)].filter(name => !/^(file|node):/.test(name))
    expect(packages).toEqual(['commander'])
  })

  test('touches the process, the clock and the environment in io.ts only', () => {
    const files = [...loaded(START)].filter(name => name.startsWith('file:') && name.includes('/cli/'))
    const touching = files.filter(name =>
      /\bprocess\.|\bDate\.now\b|\bnew Date\(\)/.test(readFileSync(new URL(name), 'utf8')),
    )
    expect(touching.map(name => name.split('/').at(-1))).toEqual(['io.ts'])
  })

  test.each(commandFiles())('a command loads no database, HTML parser or HTTP client before it runs: %s', file => {
    const packages = [...loaded(new URL(file, INDEX))].filter(name => !/^(file|node):/.test(name))
    expect(LIGHT).toEqual(expect.arrayContaining(packages))
  })

  test('reads far fewer files than the whole program has', () => {
    expect([...loaded(START)].filter(name => name.startsWith('file:')).length).toBeLessThan(30)
  })
})
