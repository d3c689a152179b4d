import { Command } from 'commander'
import { addGlobals, archiveFile, type Globals } from '../options/globals.js'
import { applySettings } from '../options/settings.js'
import type { Io } from '../terminal/io.js'
import { shortened } from '../text/columns.js'
import { terminalLine } from '../text/terminal-text.js'

const KINDS = { groups: ['groups'], threads: ['threads'], selection: ['groups', 'threads'] } as const

const TITLE_COLUMNS = 60

/**
 * What completion scripts run, and no help lists: `threadkeep __complete groups --db=FILE -- PREFIX`.
 * Prints the groups or threads of the archive that begin with a prefix, with a tab and the title behind each. Prints nothing if they
 * can't be read: a message would be drawn into the line that is being typed.
 */
export async function printNames(io: Io): Promise<void> {
  try {
    const [, kind = '', ...words] = io.argv
    const command = new Command()
      .argument('[prefix]')
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
    addGlobals(command)
    // The scripts write --db= for a line without one.
    command.parse(
      words.filter(word => word !== '--db='),
      { from: 'user' },
    )
    if (!Object.hasOwn(KINDS, kind)) return
    await applySettings(command, io)
    const file = archiveFile(command.opts<Globals>(), io)
    const { completionNames } = await import('../../archive/read/completion-names.js')
    const names = completionNames(file, KINDS[kind as keyof typeof KINDS], command.args[0] ?? '')
    for (const { name, title } of names.filter(one => isPlain(one.name)))
      io.stdout.write(`${name}\t${shortened(terminalLine(title), TITLE_COLUMNS)}\n`)
  } catch {
    // Nothing is offered.
  }
}

/** A shell inserts the name as it is: it must be a word in every shell, without quotes, and no option. */
const isPlain = (name: string): boolean => /^(?:bbp:)?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.%+-]{0,199}$/u.test(name)
