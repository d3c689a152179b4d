import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { COMMANDS, GROUPS } from '../../src/cli/commands/index.js'
import { addGlobals } from '../../src/cli/options/globals.js'
import { EXPORTERS } from '../../src/export/index.js'
import { TURN_SIZE } from '../../src/run/plan/plan-sync.js'
import { commandNamed, wordsOf } from './command-line.js'
import { running, testIo, testOut } from './test-io.js'

const shown = async (line: string[], width = 80) => {
  const io = testIo()
  io.stdout = testOut({ width })
  return (await running(line, io)).out
}
const helpOf = (...line: string[]) => shown([...line, '--help'])

/** The whole text of each help is docs/cli.md; test/docs.test.ts compares the two. */
describe('the help of the program', () => {
  test('is on one screen: every command by its group, most with their summary', async () => {
    const help = await helpOf()
    expect(help.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
    let at = 0
    for (const [group, title] of Object.entries(GROUPS)) {
      const from = help.indexOf(`\n${title}:\n`)
      expect(from, title).toBeGreaterThan(at)
      at = from
      const [list = ''] = help.slice(from + title.length + 3).split(/\n(?! )/)
      for (const { name, summary, rare } of COMMANDS.filter(command => command.group === group))
        if (rare) expect(/^ {2}also .*/m.exec(list)?.[0]).toMatch(new RegExp(`\\b${name}\\b`))
        else expect(list).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
    }
  })

  test('threadkeep alone shows the five commands that matter first, as they can be typed', async () => {
    const lines = [...(await shown([])).matchAll(/^ {2}threadkeep ([a-z]\S*)( \S+)*?(?: {2}|$)/gm)]
    const names = lines.map(([, name]) => name)
    expect(names).toEqual(['archive', 'list', 'show', 'search', 'export', 'demo', 'sync'])
    for (const [line] of lines) await parsed(line.trim().replace(/^threadkeep /, ''))
    expect((await running([], testIo())).code).toBe(0)
  })

  test('help commands has each with its arguments and summary', async () => {
    const lines = (await shown(['help', 'commands'])).replace(/\s+/g, ' ')
    for (const { name, args, summary } of COMMANDS)
      expect(lines).toContain(` ${name} ${args} ${summary} `.replace(/ {2,}/g, ' '))
  })
})

/** Goes through the options of a line as the program does, and runs nothing. */
async function parsed(line: string): Promise<void> {
  const words = wordsOf(line)
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addGlobals(program)
  for (const { name, load } of COMMANDS) if (name === words[0]) await (await load()).add(program.command(name))
  for (const command of program.commands) command.action(() => {})
  await program.parseAsync(words, { from: 'user' })
}

describe.each(COMMANDS)('the help of $name', ({ name, load }) => {
  test('begins with usage, a sentence and two examples or more, which the program understands', async () => {
    const { examples } = await load()
    expect(examples.length).toBeGreaterThanOrEqual(2)
    const [usage, sentence, list] = (await helpOf(name)).split('\n\n')
    expect(usage).toMatch(new RegExp(`^Usage: threadkeep ${name} `))
    expect(sentence?.replace(/\n/g, ' ')).toMatch(/^[A-Z][^.]*(?:\.\w[^.]*)*\.$/)
    expect(list).toBe(`Examples:\n${examples.map(line => `  $ threadkeep ${line}`).join('\n')}`)
    for (const line of examples) await parsed(line)
  })

  test('is the same by "help"', async () => {
    expect(await shown(['help', name])).toBe(await helpOf(name))
  })

  test.each([80, 48])('has no line but an example that is wider than %s columns', async width => {
    const lines = (await shown([name, '--help'], width)).split('\n')
    for (const line of lines)
      if (!/^ {2}\$ /.test(line) && /\S\s+\S/.test(line.trim())) expect(line.length, line).toBeLessThanOrEqual(width)
  })

  test('says every default, and has more than twelve options in groups', async () => {
    const { options } = await commandNamed(name)
    const own = options.filter(({ hidden }) => !hidden)
    const silent = own.filter(one => !(one.isBoolean() || one.negate || SAYS_DEFAULT.test(one.description)))
    expect(
      silent.filter(one => one.defaultValue === undefined && !ADDS.has(one.long ?? '')).map(({ flags }) => flags),
    ).toEqual([])
    if (own.length > 12) expect(own.filter(({ helpGroupHeading }) => !helpGroupHeading)).toEqual([])
  })
})

const SAYS_DEFAULT = /\(default: |which is the default|\(needed\)$|may be given several times$/

/** Options that narrow or add something: without them, nothing of that is done. */
const ADDS = new Set([
  ...['--batch-file', '--cookies-from-browser', '--log-json', '--after', '--before', '--filter'],
  ...['--annotations', '--names', '--format-option', '--exports', '--output', '--into'],
])

describe('what the help says', () => {
  test('threadkeep export: the formats are those of the list', async () => {
    const [, formats = ''] = (await helpOf('export')).split('\nFormats:\n')
    const lines = ` ${formats.replace(/\s+/g, ' ')}`
    for (const { name, summary } of EXPORTERS) expect(lines).toContain(` ${name} ${summary} `)
  })

  test('threadkeep sync: so many threads are read again as by default', async () => {
    const { options } = await commandNamed('sync')
    const { description } = options.find(({ long }) => long === '--audit') ?? {}
    expect(description).toContain(`${TURN_SIZE.rest} by REST, ${TURN_SIZE.pages} by other routes`)
  })

  test('titles are bold on a terminal, and not against --no-color', async () => {
    const io = () => Object.assign(testIo(), { stdout: testOut({ isTTY: true }) })
    expect((await running(['list', '--help'], io())).out).toContain('\x1b[1mExamples:\x1b[22m')
    expect((await running(['help', 'dates'], io())).out).toContain('\x1b[1mDates:\x1b[22m')
    expect((await running(['list', '--help', '--no-color'], io())).out).not.toContain('\x1b')
    expect(await helpOf('list')).not.toContain('\x1b')
  })
})
