import { Command } from 'commander'
import { EXIT, type ExitCode } from '../model/errors.js'
import { VERSION } from '../model/version.js'
import { COMMANDS } from './commands/index.js'
import { errorJson, reportError, USAGE_HINT } from './failure.js'
import { addGlobals } from './options/globals.js'
import { MAIN_HELP } from './options/help.js'
import { wantsColour } from './terminal/colour.js'
import type { Io, Out } from './terminal/io.js'
import { terminalLines } from './text/terminal-text.js'

/** threadkeep as a function of its outside. Never throws, never exits. */
export async function main(argv: string[], outside: Io): Promise<ExitCode> {
  const stdout = noting(outside.stdout)
  const io = { ...outside, argv, stdout }
  let code: ExitCode = EXIT.done
  const program = emptyProgram(io)
  addGlobals(program)
  const done = (result: ExitCode) => {
    code = result
  }
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      done(await reportError(error, io, program.opts()['color'] !== false))
      if (code !== EXIT.done && wantsJson(argv) && !stdout.used) stdout.write(errorJson(error, code))
    }
  }
  await attempt(async () => {
    await addCommands(program, io, done)
    // Like gh: the bare name asks what this is, and that is no mistake.
    await program.parseAsync(argv.length === 0 ? ['--help'] : queriesKept(argv), { from: 'user' })
  })
  await attempt(() => io.stdout.drained())
  return code
}

/** What stands behind `--` is no option. */
function wantsJson(argv: string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

/** Notes whether something was written: whatever stands there, no second document may follow. */
function noting(out: Out): Out & { readonly used: boolean } {
  let used = false
  return {
    isTTY: out.isTTY,
    canRedraw: out.canRedraw,
    width: out.width,
    get closed() {
      return out.closed
    },
    get used() {
      return used
    },
    write: text => {
      used = true
      out.write(text)
    },
    drained: () => out.drained(),
  }
}

/** `search '-wasps bees'`: the name of an option holds no blank, so this is none. */
const queriesKept = (argv: string[]): string[] =>
  argv.includes('search') ? argv.map(word => (/^-[^\s=]*\s/.test(word) ? ` ${word}` : word)) : argv

/** Only what is named is loaded; the others stand in the list of commands. */
async function addCommands(program: Command, io: Io, done: (code: ExitCode) => void): Promise<void> {
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary)
    if (io.argv.includes(name)) await (await load()).add(command, io, done)
  }
}

const subcommandTerm = (command: Command): string => {
  const args = COMMANDS.find(({ name }) => name === command.name())?.args
  return args === undefined ? `${command.name()} [command]` : `${command.name()} [options] ${args}`.trimEnd()
}

function emptyProgram(io: Io): Command {
  return new Command('threadkeep')
    .description('Keeps the discussions of BuddyPress communities: every post and nested reply, in one SQLite file.')
    .usage('<command> [options]')
    .version(VERSION, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ showGlobalOptions: true, subcommandTerm })
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
    .showHelpAfterError(USAGE_HINT)
}
