import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/cli/commands/index.js'
import { SHELLS } from '../../../src/cli/reference/completion/index.js'
import { plainWords } from '../../../src/cli/reference/completion/words.js'
import { BY_ARGUMENT } from '../../../src/cli/reference/facts.js'
import { EXPORTERS } from '../../../src/export/index.js'
import { EXIT } from '../../../src/model/errors.js'
import { newFile } from '../../run/outside.js'
import { running, testIo } from '../test-io.js'
import { isThere } from './terminal.js'

const scriptOf = async (shell: string) => (await running(['completion', shell], testIo())).out

describe('threadkeep completion', () => {
  test.each(SHELLS)('$name: every command, its options and values, and no evaluation', async ({ name }) => {
    const script = await scriptOf(name)
    for (const command of COMMANDS) expect(script).toMatch(new RegExp(`\\b${command.name}\\b`))
    for (const flag of ['warn-age', 'pseudonyms', 'format-option', 'no-session', 'db'])
      expect(script).toMatch(new RegExp(`(?:--|-l )${flag}\\b`))
    expect(script).toContain(EXPORTERS.map(({ name: format }) => format).join(' '))
    expect(script).toContain('rank date')
    expect(script.replace(/^#.*$/gm, '')).not.toMatch(/\beval\b|Invoke-Expression|_call_program|compgen/)
  })

  test('an unknown shell, and none, are wrong usage that names the four', async () => {
    for (const line of [['completion', 'ksh'], ['completion']]) {
      const { code, out, err } = await running(line, testIo())
      expect([code, out]).toEqual([EXIT.usage, ''])
      for (const { name } of SHELLS) expect(err).toContain(name)
    }
  })

  test('-o writes the script of one shell or of all under the names that the shells look for', async () => {
    const folder = join(dirname(newFile()), 'scripts')
    await running(['completion', 'zsh', '-o', folder], testIo())
    expect(readdirSync(folder)).toEqual(['_threadkeep'])
    const { err } = await running(['completion', '-o', folder], testIo())
    expect(err).toContain('threadkeep.bash, _threadkeep, threadkeep.fish, threadkeep.ps1')
    expect(readdirSync(folder).sort()).toEqual(SHELLS.map(({ file }) => file).sort())
    expect(readFileSync(join(folder, '_threadkeep'), 'utf8')).toBe(await scriptOf('zsh'))
  })

  test('arguments whose words commander does not check are those of commands that there are', async () => {
    for (const [place, words] of Object.entries(BY_ARGUMENT)) {
      const [command = '', argument] = place.split(' ')
      expect(COMMANDS.find(({ name }) => name === command)?.args).toContain(`[${argument}]`)
      const { out } = await running([command, '--help'], testIo())
      for (const word of words) expect(out).toContain(word)
    }
  })

  test('a word that a shell would not take as it is can not come into a script', () => {
    expect(plainWords(['md', '4cat', 'a_b.c-d'])).toBe('md 4cat a_b.c-d')
    for (const word of ['a b', '$(x)', '`x`', 'a:b', "a'b", ''])
      expect(() => plainWords([word])).toThrow('completion script')
  })

  test.each(SHELLS.filter(({ name }) => isThere(name)))(
    '$name, which is installed here, reads its script',
    async ({ name, file }) => {
      const path = join(dirname(newFile()), file)
      writeFileSync(path, await scriptOf(name))
      expect(execFileSync(name, ['-n', path], { encoding: 'utf8' })).toBe('')
    },
  )
})
