import { join, resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import { UsageError } from '../../../model/errors.js'
import { notes } from '../../help/layout.js'
import type { Globals } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine } from '../../text/terminal-text.js'

export interface Options extends Globals {
  word: string | undefined
  output?: string
}

const NAMES = ['bash', 'zsh', 'fish', 'powershell']

export const examples = ['completion bash', 'completion -o completions/']

export function add(command: Command): void {
  command
    .description(
      'Prints a script that lets a shell complete commands, options and their values,\n' +
        'files, and the groups and threads of the archive.',
    )
    .addArgument(new Argument('[shell]', 'the shell that reads the script').choices(NAMES))
    .optionsGroup('Output:')
    .option('-o, --output <folder>', 'write the scripts of all shells into this folder')
    .addHelpText('after', notes(HELP))
}

const HELP = `
How to install it, once:

bash, with "source ~/.threadkeep.bash" in ~/.bashrc:
  $ threadkeep completion bash > ~/.threadkeep.bash

zsh, with fpath=(~/.zfunc $fpath) above compinit in ~/.zshrc:
  $ mkdir -p ~/.zfunc && threadkeep completion zsh > ~/.zfunc/_threadkeep

fish, which has made the folder when it was first started:
  $ threadkeep completion fish > ~/.config/fish/completions/threadkeep.fish

PowerShell, with ". FILE.ps1" in the file that $PROFILE names:
  $ threadkeep completion powershell > FILE.ps1

Make the script anew after an update of threadkeep. It starts threadkeep only
where a group or a thread is to be completed, and reads the archive that --db on
the line names, else the usual one.`

export async function run(options: Options, io: Io, program: () => Promise<Command>): Promise<void> {
  const { SHELLS, withHelp } = await import('../../reference/completion/index.js')
  const { factsOf } = await import('../../reference/facts.js')
  const shell = SHELLS.find(({ name }) => name === options.word)
  if (options.output === undefined && !shell)
    throw new UsageError('No shell was named.', `Name one: threadkeep completion ${NAMES.join('|')}`)
  const facts = withHelp(factsOf(await program()))
  if (options.output === undefined) return io.stdout.write(shell?.script(facts) ?? '')
  const { writeAtomically } = await import('../../../node/atomic-write.js')
  const folder = resolve(io.cwd, options.output)
  const chosen = shell ? [shell] : SHELLS
  for (const { file, script } of chosen) await writeAtomically(join(folder, file), [script(facts)], async () => {})
  if (!options.quiet)
    io.stderr.write(`${chosen.map(({ file }) => file).join(', ')}: written to ${terminalLine(folder)}\n`)
}
