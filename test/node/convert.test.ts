import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Conversion } from '../../src/model/conversion.js'
import { type ConverterOptions, converterOf } from '../../src/node/convert.js'
import { lifeOf } from '../../src/node/process.js'

const HOME = mkdtempSync(join(tmpdir(), 'convert-'))
/** Of this test alone: what is left in it was left here. */
const TEMPORARY = join(HOME, 'tmp')
mkdirSync(TEMPORARY)
vi.stubEnv('TMPDIR', TEMPORARY)
afterAll(() => rmSync(HOME, { recursive: true }))
const MACHINE = { env: { PATH: process.env['PATH'] ?? '', SECRET: 'x', HOME }, platform: 'linux', isRoot: false }

/** A conversion by a program of these lines. */
function conversion(lines: string, changes: Partial<Conversion> = {}): Conversion {
  const path = join(HOME, `program ${Math.random()}`)
  writeFileSync(path, `#!/bin/sh\n${lines}\n`)
  chmodSync(path, 0o755)
  return {
    program: { program: 'pandoc', path, version: '3.1', flags: [] },
    args: () => [],
    files: [{ name: 'in', body: ['héllo ', Buffer.from('world')] }],
    output: 'out',
    epoch: () => 86_400,
    ...changes,
  }
}

const converted = async (one: Conversion, options: ConverterOptions = {}): Promise<string> =>
  (await buffer(converterOf(MACHINE, options).convert(one))).toString('utf8')

const failureOf = (one: Conversion, options: ConverterOptions = {}) =>
  converted(one, options).then(
    () => null,
    (error: Error & { exitCode?: number; advice?: string }) => error,
  )

describe('a conversion', () => {
  it('says what an exit code means, where that is known', async () => {
    const failures = { 251: ['It needs more memory.', 'Export less.'] as const }
    expect(await failureOf(conversion('exit 251', { failures }))).toMatchObject({
      ...{ message: 'It needs more memory.', advice: 'Export less.', exitCode: 2 },
    })
    expect((await failureOf(conversion('exit 7', { failures })))?.message).toContain('failed (7)')
  })

  it('does not start a program that could not hold its input', async () => {
    const failure = ['It needs more memory.', 'Export less.'] as const
    const files = (bytes: number) => [{ name: 'in', body: ['héllo'], most: { bytes, failure } }]
    const seen = join(HOME, 'started')
    const one = (bytes: number) => conversion(`echo x > '${seen}'; cp in out`, { files: files(bytes) })
    expect(await failureOf(one(5))).toMatchObject({ message: failure[0], advice: failure[1], exitCode: 2 })
    expect(existsSync(seen)).toBe(false)
    expect(await converted(one(6))).toBe('héllo')
  })

  it('runs in a private folder with its files, and gives the output', async () => {
    const folder = join(HOME, 'seen')
    const lines = `cat in > out; pwd > '${folder}'; stat -c %a . >> '${folder}'`
    expect(await converted(conversion(lines))).toBe('héllo world')
    const [path = '', mode] = readFileSync(folder, 'utf8').trim().split('\n')
    expect(mode).toBe('700')
    expect(existsSync(path)).toBe(false)
  })

  it('gives arguments as they are, and no shell reads them', async () => {
    const args = () => ['-o', '$(touch x)', '; rm -rf /', "it's", '*']
    expect(await converted(conversion('for one in "$@"; do echo "$one" >> out; done', { args }))).toBe(
      `${args().join('\n')}\n`,
    )
  })

  it('has an environment of its own: the time of the document, no home, no network by a proxy, no secret', async () => {
    const text = await converted(conversion('pwd > out; env >> out'))
    const folder = text.slice(0, text.indexOf('\n'))
    const env = Object.fromEntries(text.split('\n').map(line => line.split('=', 2) as [string, string]))
    expect(env).toMatchObject({
      SOURCE_DATE_EPOCH: '86400',
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      HOME: folder,
      TMPDIR: folder,
    })
    expect(env).toMatchObject({ http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' })
    expect(env['SECRET']).toBeUndefined()
  })

  it('asks for the time when the files are written', async () => {
    let epoch = 0
    const files = [
      {
        name: 'in',
        body: (function* () {
          yield 'x'
          epoch = 5
        })(),
      },
    ]
    expect(await converted(conversion('echo $SOURCE_DATE_EPOCH > out', { files, epoch: () => epoch }))).toBe('5\n')
  })

  it('can have a file as its standard input, and else has none', async () => {
    expect(await converted(conversion('cat > out', { stdin: 'in' }))).toBe('héllo world')
    expect(await converted(conversion('cat > out; echo end >> out'))).toBe('end\n')
  })
})

describe('a program that fails is a sentence, exit code 2, and leaves nothing', () => {
  it.each([
    [
      'it fails',
      'echo first >&2; echo "bad \u001b[31m thing" >&2; exit 65',
      'pandoc 3.1 failed (65), and no document was written: bad \u001b[31m thing',
    ],
    ['it is ended by a signal', 'kill -11 $$', 'pandoc 3.1 failed (SIGSEGV), and no document was written.'],
    ['it writes nothing', 'true', 'pandoc 3.1 ended without a result, and no document was written.'],
    ['it writes an empty file', ': > out', 'pandoc 3.1 ended without a result, and no document was written.'],
    [
      'it says too much',
      'yes word | head -c 3000000 >&2; exit 1',
      'pandoc 3.1 failed (1), and no document was written: word',
    ],
  ])('%s', async (_, lines, message) => {
    const error = await failureOf(conversion(lines))
    expect([error?.message, error?.exitCode]).toEqual([message, 2])
    expect(error?.advice).toContain('-f md')
    expect(folders()).toEqual([])
  })

  it('it cannot be started', async () => {
    const one = conversion('true')
    const error = await failureOf({ ...one, program: { ...one.program, path: join(HOME, 'nothing') } })
    expect(error?.message).toContain('could not be started')
  })

  it('it takes too long: it is ended with what it has started', async () => {
    const pids = join(HOME, 'late')
    const error = await failureOf(conversion(`sleep 60 & echo $! $$ > '${pids}'; wait`), { limit: 0.3 })
    expect([error?.message, error?.exitCode]).toEqual([
      'pandoc 3.1 was ended after 0.3 seconds, and no document was written.',
      2,
    ])
    expect(await areOver(pids)).toBe(true)
  })
})

describe('a signal', () => {
  it('ends the program with what it has started, and is the reason', async () => {
    const pids = join(HOME, 'stopped')
    const stop = new AbortController()
    const run = failureOf(conversion(`sleep 60 & echo $! $$ > '${pids}'; wait`), { signal: stop.signal })
    while (!existsSync(pids) || readFileSync(pids, 'utf8') === '') await sleep(5)
    stop.abort(new Error('stop'))
    expect((await run)?.message).toBe('stop')
    expect(await areOver(pids)).toBe(true)
  })

  it('ends it while the files are written', async () => {
    const stop = new AbortController()
    const endless = async function* () {
      for (let at = 0; ; at++) {
        if (at === 3) stop.abort(new Error('stop'))
        yield 'x'.repeat(100_000)
      }
    }
    const error = await failureOf(conversion('cat in > out', { files: [{ name: 'in', body: endless() }] }), {
      signal: stop.signal,
    })
    expect(error?.message).toBe('stop')
    expect(folders()).toEqual([])
  })

  it('ends it where nobody wants the rest', async () => {
    for await (const _ of converterOf(MACHINE).convert(conversion('head -c 3000000 /dev/zero > out'))) break
    expect(folders()).toEqual([])
  })
})

const folders = () => readdirSync(TEMPORARY)

/** Whether all processes of these numbers have ended, after a moment at most. */
async function areOver(file: string): Promise<boolean> {
  const pids = readFileSync(file, 'utf8').trim().split(' ').map(Number)
  for (let tries = 0; tries < 100; tries++) {
    if (pids.every(pid => lifeOf(pid)?.isOver ?? true)) return true
    await sleep(10)
  }
  return false
}
