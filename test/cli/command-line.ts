import { Command } from 'commander'
import { COMMANDS } from '../../src/cli/commands/index.js'

/** The words that a shell makes of an example, up to where it goes into a file or another program. */
export const wordsOf = (line: string): string[] =>
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
