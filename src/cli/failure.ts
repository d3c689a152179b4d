import { CommanderError } from 'commander'
import { EXIT, type ExitCode, KnownError } from '../model/errors.js'
import { errorMessage } from '../model/thrown.js'
import { VERSION } from '../model/version.js'
import { fileFailure } from '../node/file-failures.js'
import { type PaintFlags, paintFor } from './terminal/colour.js'
import type { Io } from './terminal/io.js'
import { SEARCH_HINT } from './text/suggestions.js'
import { terminalJson, terminalLine, terminalLines } from './text/terminal-text.js'

const bug = ({ nodeVersion, platform }: Io): string =>
  `This is a bug in threadkeep. Please report it with the lines above, and with the command. They may hold names and paths: look through them first.
This is threadkeep ${VERSION}, Node ${nodeVersion}, ${platform}.
The archive is intact: changes are written completely or not at all.`

export const USAGE_HINT = 'Run "threadkeep --help" or "threadkeep <command> --help" for usage.'

/** The same where the command is known. `example`: for a command that lacks its argument. */
export const usageHintOf = (command: string, argv: string[], example?: string): string =>
  [
    ...(command === 'search' ? searchHints(argv) : []),
    ...(example === undefined ? [] : [`An example: threadkeep ${example}`]),
    `Its examples and options: threadkeep ${command} --help`,
  ].join('\n')

const searchHints = (argv: string[]): string[] => [
  ...(argv.some(isWithoutWord) ? ['To leave out a word, write -- before the query: threadkeep search -- -wasps'] : []),
  ...(argv.some(isFilterFlag)
    ? [
        "Dates, groups and members are part of the query: threadkeep search 'bees after:2024-05-01 in:gardeners from:anna'",
      ]
    : []),
]

/** What `list` and `export` have as options. */
const isFilterFlag = (word: string): boolean =>
  /^--(?:after|before|since|until|group|member|author|from|filter)\b/.test(word)

/** What is meant by several words where commander takes one: the words of a post, or the two names of a person. */
export function hintForMany(error: string): string {
  const [, command = ''] = /^error: too many arguments for '(\w+)'/.exec(error) ?? []
  if (['show', 'log', 'diff'].includes(command)) return `${SEARCH_HINT}\n`
  return ['person', 'forget'].includes(command)
    ? `A name of several words needs quotes: threadkeep ${command} "First Last"\n`
    : ''
}

/** `-wasps` in a query, which is read as an option. */
const isWithoutWord = (word: string): boolean => /^-\p{L}{2}/u.test(word)

/** Writes an error to stderr, and returns its exit code. */
export async function reportError(thrown: unknown, io: Io, flags: PaintFlags): Promise<ExitCode> {
  const error = fileFailure(thrown) ?? thrown
  // Commander has written its own message. Help and version are not failures; all else is wrong usage.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  const { red, dim } = await paintFor(io.stderr, io, flags)
  if (!(error instanceof KnownError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    io.stderr.write(`${red('Error:')} ${terminalLines(stack)}\n${bug(io)}\n`)
    return EXIT.internal
  }
  const { stderr } = io
  // What wraps is loaded for a terminal only, because each command starts with this module.
  const { wrappedForCopying: wrapped } = stderr.isTTY
    ? await import('./text/wrapped.js')
    : { wrappedForCopying: (text: string) => [text] }
  const write = (text: string) => stderr.write(`${wrapped(text, Math.max(20, stderr.width)).join('\n')}\n`)
  write(`${red('Error:')} ${terminalLines(error.message)}`)
  if (error.cause instanceof Error) write(`${dim('Reason:')} ${terminalLine(error.cause.message)}`)
  if (error.advice) write(terminalLines(error.advice))
  return error.exitCode
}

/** `threadkeep.error/1`: printed with `--json` instead of a report. */
export function errorJson(error: unknown, exitCode: ExitCode): string {
  return `${terminalJson({ schema: 'threadkeep.error/1', exitCode, ...messageOf(error) })}\n`
}

function messageOf(thrown: unknown): { message: string; advice: string | null } {
  const error = fileFailure(thrown) ?? thrown
  if (error instanceof KnownError) return { message: error.message, advice: error.advice }
  const message = errorMessage(error)
  if (!(error instanceof CommanderError)) return { message, advice: 'This is a bug in threadkeep. Please report it.' }
  if (error.code === 'commander.help') return { message: 'No command was given.', advice: USAGE_HINT }
  return { message: message.replace(/^error: /, ''), advice: USAGE_HINT }
}
