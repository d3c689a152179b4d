import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { GARDENERS, group, page, post, shelf } from '../../archive/shelf.js'
import { newFile } from '../../run/outside.js'
import { running, testIo } from '../test-io.js'
import { hostileArchive } from './hostile-archive.js'
import { isThere, openTerminal, type Terminal } from './terminal.js'

/** The completions as somebody types them into the shell itself. */

const PROGRAM = resolve(import.meta.dirname, '../../../bin/threadkeep.js')
const isBuilt = existsSync(resolve(import.meta.dirname, '../../../dist/cli/bin.js'))
const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion'

interface ShellToTry {
  name: string
  script: string
  command: string
  /** Lines that a user has in the file of settings. */
  before: readonly string[]
  /** What must be there. */
  needs: string
}

const SHELLS: readonly ShellToTry[] = [
  { name: 'bash', script: 'bash', command: 'bash --norc --noprofile -i', before: ["PS1='> '"], needs: 'bash' },
  {
    name: 'bash with bash-completion',
    script: 'bash',
    command: 'bash --norc --noprofile -i',
    before: ["PS1='> '", `source ${BASH_COMPLETION}`],
    needs: BASH_COMPLETION,
  },
  {
    name: 'zsh',
    script: 'zsh',
    command: 'zsh -f -i',
    before: ["PS1='> '", 'autoload -U compinit', 'compinit -D -u', 'unsetopt beep', 'setopt no_list_beep'],
    needs: 'zsh',
  },
  {
    name: 'fish',
    script: 'fish',
    command: 'fish --no-config --private -i',
    before: ["function fish_prompt; echo '> '; end", 'set -g fish_autosuggestion_enabled 0', 'set -g fish_greeting'],
    needs: 'fish',
  },
]

const open: Terminal[] = []
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.close()
})

/** A folder with an archive, another one, files, and a `threadkeep` that notes how it was called. */
async function started({ script, command, before }: ShellToTry) {
  const folder = dirname(newFile())
  hostileArchive(join(folder, 'threadkeep.db'))
  const other = shelf(join(folder, 'my other.db'))
  other.save(page([post('77', null, { group: group('beekeepers', { id: '2' }) })], { group: GARDENERS }))
  other.close()
  for (const name of ['pages.warc', '$(touch ran).warc']) writeFileSync(join(folder, name), '')
  for (const name of ['bin', 'pages']) mkdirSync(join(folder, name))
  const program = `#!/bin/sh\necho "$*" >> '${folder}/calls'\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`
  writeFileSync(join(folder, 'bin/threadkeep'), program, { mode: 0o755 })
  const { out } = await running(['completion', script], testIo())
  writeFileSync(join(folder, 'script'), [...before, ''].join('\n') + out)
  const path = `${folder}/bin:${process.env['PATH']}`
  const terminal = openTerminal(command, { PATH: path, HOME: folder, TERM: 'screen', LC_ALL: 'C.UTF-8' }, folder)
  open.push(terminal)
  terminal.type('source ./script', 'Enter')
  await terminal.until(/^>\s*$/m)
  return {
    terminal,
    folder,
    calls: () => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : ''),
  }
}

const isSkipped = ({ needs }: ShellToTry) => !isBuilt || !isThere('tmux') || !isThere(needs)

describe.each(SHELLS)('$name (needs tmux, this shell, and npm run build)', shell => {
  test.skipIf(isSkipped(shell))(
    'completes words without starting threadkeep, names with it, and runs nothing',
    { timeout: 120_000 },
    async () => {
      const { terminal, folder, calls } = await started(shell)
      const line = async (typed: string, wanted: RegExp) => {
        terminal.type('C-u')
        terminal.type('-l', typed)
        terminal.type('Tab')
        return terminal.until(wanted)
      }
      await line('threadkeep sea', /^> threadkeep search$/m)
      await line('threadkeep list --gro', /^> threadkeep list --groups$/m)
      await line(
        'threadkeep --db "my other.db" cite -s vanc',
        /^> threadkeep --db "my other.db" cite -s vancouver$|vanc$/m,
      )
      await line('threadkeep archive --via re', /^> threadkeep archive --via rest$/m)
      await line('threadkeep archive --via=re', /^> threadkeep archive --via=rest$/m)
      await line('threadkeep completion fi', /^> threadkeep completion fish$/m)
      await line('threadkeep help exit', /^> threadkeep help exit-codes$/m)
      await line('threadkeep man expo', /^> threadkeep man export$/m)
      await line('threadkeep targets ren', /^> threadkeep targets rename$/m)
      await line('threadkeep import pages.w', /^> threadkeep import pages\.warc$/m)
      await line('threadkeep --db=pages.w', /^> threadkeep --db=pages\.warc$/m)
      expect(calls()).toBe('')
      await line('threadkeep list ga', /^> threadkeep list gardeners$/m)
      await line('threadkeep show 23', /^> threadkeep show 237$/m)
      await line('threadkeep show bbp:1', /^> threadkeep show bbp:12$/m)
      await line('threadkeep export --group=ga', /^> threadkeep export --group=gardeners$/m)
      await line("threadkeep --db 'my other.db' list bee", /^> threadkeep --db 'my other.db' list beekeepers$/m)
      await line('threadkeep --db my\\ other.db list bee', /^> threadkeep --db my\\ other\.db list beekeepers$/m)
      await line('threadkeep list "$(touch ran)" gard', /gardeners$/m)
      await line("threadkeep list '$(touch ran) ", /touch ran\) *$/m)
      expect(calls()).toMatch(/^(__complete \S+ --db=.*\n)+$/)
      expect(existsSync(join(folder, 'ran'))).toBe(false)
    },
  )
})
