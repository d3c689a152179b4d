import { Command } from 'commander'
import { EXIT, type ExitCode } from '../model/errors.js'
import { VERSION } from '../model/version.js'
import { helpPage, rootHelp } from './commands/help-pages.js'
import { COMMANDS } from './commands/index.js'
import { unknownCommand, unknownTopic } from './commands/unknown-command.js'
import { errorJson, hintForMany, reportError, USAGE_HINT, usageHintOf } from './failure.js'
import { commandHelp, withTitles } from './help/layout.js'
import { addGlobals, type Globals } from './options/globals.js'
import { applySettings } from './options/settings.js'
import { wantsColour } from './terminal/colour.js'
import type { Io, Out } from './terminal/io.js'
import { terminalLines } from './text/terminal-text.js'

/** Runs a command line, and calls `started` where the command itself begins. Never throws, and never exits. */
export async function main(argv: string[], outer: Io, started = async () => {}): Promise<ExitCode> {
  const stdout = watched(outer.stdout)
  const io = { ...outer, argv, stdout }
  let code: ExitCode = EXIT.done
  const help: string[] = []
  const program = emptyProgram(io, help)
  addGlobals(program)
  const done = (result: ExitCode) => {
    code = result
  }
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      done(await reportError(error, io, program.opts<Globals>()))
      if (code !== EXIT.done && wantsJson(argv) && !stdout.used) stdout.write(errorJson(error, code))
    }
  }
  await attempt(async () => {
    if (argv[0] === '__complete') return (await import('./reference/names.js')).printNames(io)
    await addCommands(program, io, started, done)
    const topic = unknownTopic(argv)
    if (topic !== null) program.error(topic, { code: 'commander.unknownCommand' })
    const page = await helpPage(argv, io.stdout.width)
    if (page !== null) help.push(titled(page, io))
    else await program.parseAsync(withoutFalseOptions(argv), { from: 'user' })
  })
  await attempt(async () => {
    const text = help.join('')
    if (fits(text, io)) {
      io.stdout.write(text)
      return io.stdout.drained()
    }
    await started()
    const { printLong } = await import('./terminal/print.js')
    await printLong(text.trimEnd().split('\n'), program.opts<Globals>(), io)
  })
  return code
}

/** Most helps are read without a pager, whose code is not loaded then. */
const fits = (text: string, { stdout: { screen } }: Io): boolean => !screen || text.split('\n').length <= screen.rows

/** Words after `--` are not options. */
function wantsJson(argv: string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

/** The same stream, which also records whether something was written: no second JSON document may follow. */
function watched(out: Out): Out & { used: boolean } {
  const own: Pick<Out, 'write'> & { used: boolean } = {
    used: false,
    write(piece) {
      this.used = true
      out.write(piece)
    },
  }
  return Object.setPrototypeOf(own, out)
}

/** `search '-wasps bees'`: a word with a space is not an option. A space before it hides it from commander. */
const withoutFalseOptions = (argv: string[]): string[] =>
  argv.includes('search') ? argv.map(word => (/^-[^\s=]*\s/.test(word) ? ` ${word}` : word)) : argv

/** Loads only the command that is named; the others are only listed. */
async function addCommands(
  program: Command,
  io: Io,
  started: () => Promise<void>,
  done: (code: ExitCode) => void,
): Promise<void> {
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary).showHelpAfterError(usageHintOf(name, io.argv))
    if (!io.argv.includes(name)) continue
    const { add, examples, run } = await load()
    await add(command.configureHelp(commandHelp(examples)))
    if (isBare(command, io.argv)) command.showHelpAfterError(usageHintOf(name, io.argv, examples[0]))
    command.action(async () => {
      const settings = await applySettings(command, io)
      const options = { ...command.optsWithGlobals<Globals>(), settings, words: command.args, word: command.args[0] }
      await started()
      const code = await run(options, io, () => wholeProgram(io))
      if (typeof code === 'number') done(code)
    })
  }
}

/** The name of a command that needs an argument, and nothing else. */
const isBare = (command: Command, argv: string[]): boolean =>
  argv.at(-1) === command.name() && command.registeredArguments.some(({ required }) => required)

/** The program with every command loaded, for what is made from all commands: completions and man pages. */
async function wholeProgram(io: Io): Promise<Command> {
  const program = emptyProgram(io, [])
  addGlobals(program)
  for (const { name, summary, load } of COMMANDS) {
    const { add, examples } = await load()
    await add(program.command(name).summary(summary).configureHelp(commandHelp(examples)))
  }
  return program
}

const titled = (text: string, io: Io): string =>
  wantsColour(io.stdout, io.env, !io.argv.includes('--no-color')) ? withTitles(text) : text

/** `help` gets the pieces of a help, or the version, which are printed once they are whole. */
function emptyProgram(io: Io, help: string[]): Command {
  const program = new Command('threadkeep')
  return program
    .version(VERSION, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show the help of a command')
    .configureHelp({ formatHelp: (_, { helpWidth = 80 }) => `${rootHelp(helpWidth)}\n` })
    .exitOverride()
    .configureOutput({
      writeOut: text => void help.push(titled(text, io)),
      writeErr: text => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.width,
      getErrHelpWidth: () => io.stderr.width,
      getOutHasColors: () => wantsColour(io.stdout, io.env),
      getErrHasColors: () => wantsColour(io.stderr, io.env),
      outputError: (text, write) => write(terminalLines(`${text.replace(/^error: /, 'Error: ')}${hintForMany(text)}`)),
    })
    .showHelpAfterError(USAGE_HINT)
    .on('command:*', ([name = '']: string[]) =>
      program.error(unknownCommand(name), { code: 'commander.unknownCommand' }),
    )
}
