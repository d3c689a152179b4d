import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { EXPORTERS } from '../../src/export/index.js'
import { running, testIo } from './test-io.js'

const helpOf = async (...line: string[]) => (await running([...line, '--help'], testIo())).out

/** The whole text of each help is docs/cli.md; test/docs.test.ts compares the two. */
describe('the help', () => {
  test('lists every command with its arguments and summary, as one entry of the registry says', async () => {
    const lines = (await helpOf()).replace(/\s+/g, ' ')
    for (const { name, args, summary } of COMMANDS)
      expect(lines).toContain(` ${name} [options] ${args} ${summary} `.replace(/ {2,}/g, ' '))
  })

  test('threadkeep export: the formats are those of the list', async () => {
    const [, formats = ''] = (await helpOf('export')).split('\nFormats:\n')
    const lines = ` ${formats.replace(/\s+/g, ' ')}`
    for (const { name, summary } of EXPORTERS) expect(lines).toContain(` ${name} ${summary} `)
  })

  test('"help export" is the same help', async () => {
    expect((await running(['help', 'export'], testIo())).out).toBe(await helpOf('export'))
  })

  test('no line but an example is wider than the window, and none is broken twice', async () => {
    for (const { name } of COMMANDS) {
      const help = await helpOf(name)
      const lines = help.split('\n')
      for (const line of lines) if (!line.startsWith('  $ ')) expect(line.length, line).toBeLessThanOrEqual(80)
      const about = help.split('\n\n')[1]?.split('\n') ?? []
      for (const line of about.slice(0, -1)) expect(line.length >= 60 || /[.}]$/.test(line), line).toBe(true)
    }
  })
})
