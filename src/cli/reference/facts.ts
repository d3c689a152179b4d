import type { Argument, Command, Option } from 'commander'
import { collect } from '../options/flag-values.js'

/** What a shell offers for a value: words, names of files or folders, names out of the archive; `text`: nothing. */
export type Value = readonly string[] | 'file' | 'folder' | 'groups' | 'threads' | 'selection' | 'text'

/** What completions and man pages say of an option. */
export interface OptionFacts {
  /** `-f`, `--format`. */
  flags: readonly string[]
  /** `-f, --format <names>`. */
  usage: string
  /** `names`. */
  valueName: string
  /** Null: the option takes no value. */
  value: Value | null
  summary: string
  /** In words; null: none. */
  default: string | null
  /** The heading above it in the help. */
  heading: string
  /** It may be given several times. */
  isRepeatable: boolean
  /** The help describes it elsewhere. */
  isHidden: boolean
}

export interface ArgumentFacts {
  /** `[group...]`. */
  usage: string
  name: string
  summary: string
  value: Value
  isVariadic: boolean
}

export interface CommandFacts {
  name: string
  summary: string
  /** `threadkeep list [options] [group...]`. */
  usage: string
  arguments: readonly ArgumentFacts[]
  options: readonly OptionFacts[]
  /** The whole help, as it is printed. */
  help: string
}

/** The program as commander has it, with every command loaded. */
export interface ProgramFacts extends Pick<CommandFacts, 'usage' | 'options' | 'help'> {
  commands: readonly CommandFacts[]
}

export function factsOf(program: Command): ProgramFacts {
  const names = program.commands.map(command => command.name())
  return { ...commandFacts(program, names), commands: program.commands.map(command => commandFacts(command, names)) }
}

function commandFacts(command: Command, names: readonly string[]): CommandFacts {
  const helpOption = command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long === '--help')
  return {
    name: command.name(),
    summary: command.summary(),
    usage: command.createHelp().commandUsage(command),
    arguments: command.registeredArguments.map(one => argumentFacts(one, command, names)),
    options: [...command.options, ...helpOption].map(optionFacts),
    help: helpOf(command),
  }
}

function optionFacts(option: Option): OptionFacts {
  const valueName = /[<[]([^>\]]*)[>\]]/.exec(option.flags)?.[1] ?? ''
  return {
    flags: [option.short, option.long].filter(flag => flag != null),
    usage: option.flags,
    valueName,
    value: valueName === '' ? null : (option.argChoices ?? BY_FLAG[option.long ?? ''] ?? BY_NAME[valueName] ?? 'text'),
    summary: option.description,
    default: defaultOf(option),
    heading: option.helpGroupHeading ?? 'Options:',
    isRepeatable: option.parseArg === collect,
    isHidden: option.hidden,
  }
}

function defaultOf({ defaultValue, defaultValueDescription, negate }: Option): string | null {
  if (defaultValueDescription !== undefined) return defaultValueDescription
  return defaultValue === undefined || negate || typeof defaultValue === 'boolean' ? null : String(defaultValue)
}

function argumentFacts(argument: Argument, command: Command, commands: readonly string[]): ArgumentFacts {
  const name = argument.name()
  const words = name === 'command' ? commands : BY_ARGUMENT[`${command.name()} ${name}`]
  const inner = argument.variadic ? `${name}...` : name
  return {
    usage: argument.required ? `<${inner}>` : `[${inner}]`,
    name,
    summary: argument.description,
    value: argument.argChoices ?? words ?? BY_NAME[name] ?? 'text',
    isVariadic: argument.variadic,
  }
}

/** By the name of the value in the help. */
const BY_NAME: Readonly<Record<string, Value>> = {
  file: 'file',
  keyfile: 'file',
  path: 'file',
  archive: 'file',
  folder: 'folder',
  group: 'groups',
  thread: 'threads',
  'thread|post': 'threads',
  post: 'threads',
  selection: 'selection',
}

const BY_FLAG: Readonly<Record<string, Value>> = { '--group': 'groups', '--thread': 'threads' }

/** Arguments that are words, but that commander does not check. */
export const BY_ARGUMENT: Readonly<Record<string, Value>> = {
  'media action': ['list', 'fetch'],
  'targets action': ['remove', 'rename'],
  'config show': ['show'],
}

function helpOf(command: Command): string {
  let help = ''
  const writeOut = (piece: string) => {
    help += piece
  }
  command.configureOutput({ writeOut, getOutHelpWidth: () => 80 }).outputHelp()
  return help
}
