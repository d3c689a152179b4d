import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { newFile } from '../../run/outside.js'
import { hostileArchive } from '../reference/hostile-archive.js'
import { isThere, openTerminal } from '../reference/terminal.js'

const PROGRAM = resolve(import.meta.dirname, '../../../bin/threadkeep.js')
const isBuilt = existsSync(resolve(import.meta.dirname, '../../../dist/cli/bin.js'))

/** 128 and the number of SIGHUP: what a shell calls a program that the end of its terminal has ended. */
const HUNG_UP = '129'

describe.skipIf(!isBuilt || !isThere('tmux'))('a terminal that is closed (needs npm run build and tmux)', () => {
  test.each([
    ['read', /Bees/],
    ['view', /127\.0\.0\.1/],
  ])('ends %s by its signal, without an error of Node', async (command, shown) => {
    const db = newFile()
    const folder = dirname(db)
    hostileArchive(db)
    const script = join(folder, 'watch.sh')
    // The inner shell outlives its terminal, to tell how the program ended. The outer one leads the session, and passes the signal on by its end.
    writeFileSync(
      script,
      `trap '' HUP\n'${process.execPath}' '${PROGRAM}' ${command} --db '${db}' 2> '${folder}/err'\necho $? > '${folder}/code'\n`,
    )
    const terminal = openTerminal(
      `sh -c "sh '${script}'; true"`,
      { HOME: folder, TERM: 'screen', LC_ALL: 'C.UTF-8' },
      folder,
    )
    await terminal.until(shown)
    terminal.close()
    const code = join(folder, 'code')
    while (!existsSync(code)) await setTimeout(20)
    expect(readFileSync(join(folder, 'err'), 'utf8')).not.toMatch(/Error|Assertion|Reason/)
    expect(readFileSync(code, 'utf8').trim()).toBe(HUNG_UP)
  })
})
