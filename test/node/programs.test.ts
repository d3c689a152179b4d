import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findProgram, type Machine } from '../../src/node/programs.js'

const HOME = mkdtempSync(join(tmpdir(), 'programs-'))
afterAll(() => rmSync(HOME, { recursive: true }))

/** A program that answers `--version`, in a folder of its own. */
function installed(folder: string, name: string, says: string): string {
  const path = join(HOME, folder, name)
  mkdirSync(join(HOME, folder), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${says}\n`)
  chmodSync(path, 0o755)
  return path
}

const machine = (env: Record<string, string>, changes: Partial<Machine> = {}): Machine => ({
  ...{ env, platform: 'linux', isRoot: false },
  ...changes,
})
const failure = async (search: Promise<unknown>) => {
  const error = await search.then(
    () => null,
    (reason: Error) => reason,
  )
  return error as Error & { exitCode: number; advice: string }
}

describe('a program', () => {
  it('is found on PATH, in the order of its folders', async () => {
    const path = installed('one', 'pandoc', 'echo pandoc 3.1.9')
    installed('two', 'pandoc', 'echo pandoc 2.19')
    const PATH = ['', 'relative', join(HOME, 'none'), join(HOME, 'one'), join(HOME, 'two')].join(delimiter)
    expect(await findProgram(['pandoc'], machine({ PATH }))).toEqual({
      program: 'pandoc',
      path,
      version: '3.1.9',
      flags: [],
    })
  })

  it('is the one that a variable names, and no other', async () => {
    const path = installed('own', 'my pandoc; $(x)', 'echo pandoc 3.5')
    installed('one', 'pandoc', 'echo pandoc 3.1.9')
    const env = { PATH: join(HOME, 'one'), THREADKEEP_PANDOC: path }
    expect((await findProgram(['pandoc'], machine(env))).path).toBe(path)
    const { message, exitCode } = await failure(
      findProgram(['pandoc'], machine({ ...env, THREADKEEP_PANDOC: `${HOME}/no` })),
    )
    expect([message, exitCode]).toEqual([`THREADKEEP_PANDOC names ${HOME}/no, which is no program.`, 2])
  })

  it('is the first of several that is there', async () => {
    installed('office', 'soffice', 'echo LibreOffice 7.4.7.2 40')
    const found = await findProgram(['browser', 'libreoffice'], machine({ PATH: join(HOME, 'office') }))
    expect([found.program, found.version]).toEqual(['libreoffice', '7.4.7.2'])
  })

  it('is found where macOS and Windows put it, and a browser of Windows is not asked for its version', async () => {
    const path = installed('Google/Chrome/Application', 'chrome.exe', 'exit 1')
    // Windows has other separators; only the folder of programs is of this machine.
    const windows = machine({ ProgramFiles: HOME }, { platform: 'win32' })
    const error = await failure(findProgram(['browser'], windows))
    if (process.platform === 'win32') expect(error).toBeNull()
    else expect(error.message).toContain('is not installed')
    const named = machine({ THREADKEEP_BROWSER: path }, { platform: 'win32' })
    expect(await findProgram(['browser'], named)).toMatchObject({ version: null })
  })

  it('of root has no sandbox, if it is a browser', async () => {
    installed('web', 'chromium', 'echo Chromium 140.0.1')
    const env = { PATH: join(HOME, 'web') }
    expect((await findProgram(['browser'], machine(env, { isRoot: true }))).flags).toEqual(['--no-sandbox'])
    expect((await findProgram(['browser'], machine(env))).flags).toEqual([])
  })
})

describe('what is wrong with it is a sentence, and exit code 2', () => {
  it('it is not installed', async () => {
    const { message, advice, exitCode } = await failure(findProgram(['pandoc'], machine({ PATH: join(HOME, 'none') })))
    expect(message).toBe('pandoc is needed for this format, and is not installed.')
    for (const words of ['apt install pandoc', 'brew install pandoc', 'winget install', 'THREADKEEP_PANDOC', '-f md'])
      expect(advice).toContain(words)
    expect(exitCode).toBe(2)
  })

  it('none of two is installed', async () => {
    const { message, advice } = await failure(findProgram(['browser', 'libreoffice'], machine({})))
    expect(message).toBe('Chromium or LibreOffice is needed for this format, and is not installed.')
    expect(advice).toContain('THREADKEEP_BROWSER or THREADKEEP_LIBREOFFICE')
  })

  it.each(['2.9.2.1', '1.19', '2.16.2'])('it is too old: %s', async version => {
    installed(version, 'pandoc', `echo pandoc ${version}`)
    const { message, exitCode } = await failure(findProgram(['pandoc'], machine({ PATH: join(HOME, version) })))
    expect([message, exitCode]).toEqual([`pandoc ${version} is too old: 2.17 or newer is needed.`, 2])
  })

  it.each(['exit 3', 'echo hello', 'kill -9 $$'])('it does not say its version: %s', async says => {
    const path = installed('odd', 'pandoc', says)
    const { message } = await failure(findProgram(['pandoc'], machine({ THREADKEEP_PANDOC: path })))
    expect(message).toBe(`${path} does not say which version of pandoc it is.`)
  })

  it('a file that may not be run is none', async () => {
    const path = installed('flat', 'pandoc', 'echo pandoc 3.1')
    chmodSync(path, 0o644)
    expect(readFileSync(path, 'utf8')).toContain('pandoc')
    expect((await failure(findProgram(['pandoc'], machine({ PATH: join(HOME, 'flat') })))).message).toContain(
      'not installed',
    )
  })
})
