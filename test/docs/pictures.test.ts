import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { findProgram } from '../../src/node/programs.js'
import { running, testIo, testOut } from '../cli/test-io.js'
import { type Step, terminalSvg } from './terminal-svg.js'

/** What the README shows of threadkeep: a thread, a recording and a picture, all of the demo community. `npm run pictures` makes them. */

const ROOT = resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const isMaking = process.env['UPDATE_PICTURES'] !== undefined
/** In place of the address at which the demo is served. */
const SITE = 'https://gardens.example'
const NOW = Date.UTC(2026, 4, 1, 12)

const DB = 'threadkeep-demo/threadkeep.db'

let cwd = ''
let demo: Awaited<ReturnType<typeof running>>
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  demo = await running(['demo'], terminal())
}, 60_000)
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

/** 80 columns, on the same day always. */
function terminal() {
  const started = Date.now()
  const io = testIo({ cwd, env: { NO_COLOR: '1', THREADKEEP_DB: DB }, now: () => NOW + Date.now() - started })
  return Object.assign(io, { doubles: {}, stdout: testOut({ isTTY: true }) })
}

const shown = (text: string) => text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, SITE)
const linesOf = (text: string) => (text === '' ? [] : shown(text).trimEnd().split('\n'))

/** What the line prints. The demo has archived the site, and all else is read from its archive. */
async function step(line: string): Promise<Step> {
  const words = line.split(' ').slice(1)
  if (words[0] === 'archive') return { line, output: linesOf(demo.out.split(/^\$ .*\n/m)[1] ?? '') }
  const { code, out, err } = await running(words, terminal())
  expect([line, code], err).toEqual([line, 0])
  return { line, output: linesOf(out) }
}

const LINES = [`threadkeep archive ${SITE}/`, 'threadkeep list mend-and-make', 'threadkeep show 105']

test('the real demo, over HTTP on loopback: nouveau', () => {
  expect(demo.code, demo.err).toBe(0)
  expect(demo.out).toMatch(/Fox Hollow Gardeners {2}\d+ threads, \d+ posts {2}complete (\d+)\/\1\n/)
  expect(demo.out).toContain('members only')
  expect(readdirSync(join(cwd, 'threadkeep-demo/markdown/fox-hollow-gardeners')).length).toBeGreaterThan(20)
})

describe('what the README shows', () => {
  it('is what the commands print, and the document that they write', async () => {
    const [block = '', quote = ''] = [/```console\n([\s\S]*?)```/, /^((?:>.*\n)+)/m].map(
      form => form.exec(read('README.md'))?.[1] ?? '',
    )
    const printed: string[] = []
    for (const [, line = ''] of block.matchAll(/^\$ (.*)$/gm)) printed.push(`$ ${line}`, ...(await step(line)).output)
    expect(block.trimEnd().split('\n')).toEqual(printed)
    const file = / -o (\S+)/.exec(block)?.[1] ?? ''
    expect(quote.replace(/^> ?/gm, '')).toBe(shown(readFileSync(join(cwd, file), 'utf8')))
  })

  it('the recording is of these commands (npm run pictures makes it)', async () => {
    const recorded: Step[] = []
    for (const line of LINES) recorded.push(await step(line))
    const svg = terminalSvg(recorded, 'threadkeep at a terminal: archive, list, show')
    if (isMaking) writeFileSync(join(ROOT, 'docs/pictures/terminal.svg'), svg)
    expect(read('docs/pictures/terminal.svg')).toBe(svg)
  })

  it.runIf(isMaking)(
    'the picture is made by a browser, of a page of the export to HTML (npm run pictures only)',
    async () => {
      await step('threadkeep export -f html -o website/')
      const names = readdirSync(join(cwd, 'website'), { recursive: true, encoding: 'utf8' })
      const files = names.filter(name => name.endsWith('.html')).map(name => join(cwd, 'website', name))
      for (const file of files) writeFileSync(file, shown(readFileSync(file, 'utf8')))
      const machine = { env: process.env, platform: process.platform, isRoot: process.getuid?.() === 0 }
      const { path, flags } = await findProgram(['browser'], machine)
      const picture = join(ROOT, 'docs/pictures/website.png')
      const page = files.find(file => file.endsWith('fox-hollow-gardeners/index.html')) ?? ''
      execFileSync(path, [
        ...flags,
        '--headless',
        '--window-size=1000,640',
        '--hide-scrollbars',
        `--screenshot=${picture}`,
        page,
      ])
    },
  )

  it('the picture is small, and tells nothing of the machine on which it was made', () => {
    const picture = readFileSync(join(ROOT, 'docs/pictures/website.png'))
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    expect(picture.length).toBeLessThan(150_000)
    expect(picture.toString('latin1')).not.toMatch(/tEXt|iTXt|zTXt|eXIf/)
  })
})
