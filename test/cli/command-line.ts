import { Command } from 'commander'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { addGlobals } from '../../src/cli/options/globals.js'

/** The words that a shell makes of an example, up to where it goes into a file or another program. */
const wordsOf = (line: string): string[] =>
  [...line.replace(/(?: [|<>] |; ).*$/, '').matchAll(/'([^']*)'|"([^"]*)"|\S+/g)].map(([word, ...quoted]) => {
    const text = quoted.find(part => part !== undefined)
    return text ?? word
  })

/** A command with its options, as the help shows them. */
export async function commandNamed(name: string): Promise<Command> {
  const command = new Command(name)
  const entry = COMMANDS.find(one => one.name === name)
  await (await entry?.load())?.add(command)
  return command
}

/** Goes through the options of a line as the program does, and runs nothing. @throws CommanderError */
export async function parsed(line: string): Promise<void> {
  const words = wordsOf(line)
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addGlobals(program)
  for (const { name, load } of COMMANDS) if (name === words[0]) await (await load()).add(program.command(name))
  for (const command of program.commands) command.action(() => {})
  await program.parseAsync(words, { from: 'user' })
}
