import { Command } from 'commander'
import { EXIT, type ExitCode } from '../model/errors.js'
import { VERSION } from '../model/version.js'
import { wantsColour } from './colour.js'
import * as archive from './commands/archive.js'
import * as demo from './commands/demo.js'
import * as doctor from './commands/doctor.js'
import * as exporting from './commands/export.js'
import * as list from './commands/list.js'
import * as login from './commands/login.js'
import * as logout from './commands/logout.js'
import * as show from './commands/show.js'
import * as status from './commands/status.js'
import { tell } from './failure.js'
import { addGlobals } from './globals.js'
import { MAIN_HELP } from './help.js'
import type { Io } from './io.js'
import { terminalLines } from './terminal-text.js'

/** threadkeep as a function of its outside. Never throws, never exits. */
export async function main(argv: string[], outside: Io): Promise<ExitCode> {
  const io = { ...outside, argv }
  let code: ExitCode = EXIT.done
  const program = emptyProgram(io)
  addGlobals(program)
  const done = (result: ExitCode) => {
    code = result
  }
  try {
    // In the order of the help. Each command loads what it needs when it runs, and nothing sooner.
    for (const command of [archive, status, list, show, exporting, login, logout, doctor, demo])
      await command.add(program, io, done)
    // Like gh: the bare name asks what this is, and that is no mistake.
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' })
    return code
  } catch (error) {
    return tell(error, io, program.opts()['color'] !== false)
  }
}

function emptyProgram(io: Io): Command {
  return new Command('threadkeep')
    .description('Keeps the discussions of BuddyPress communities: every post and nested reply, in one SQLite file.')
    .usage('<command> [options]')
    .version(VERSION, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', MAIN_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: text => io.stdout.write(text),
      writeErr: text => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.width,
      getErrHelpWidth: () => io.stderr.width,
      getOutHasColors: () => wantsColour(io.stdout, io.env),
      getErrHasColors: () => wantsColour(io.stderr, io.env),
      outputError: (text, write) => write(terminalLines(text.replace(/^error: /, 'Error: '))),
    })
    .showHelpAfterError('Run "threadkeep --help", or "threadkeep <command> --help", for what there is.')
}
