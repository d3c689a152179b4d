import { dirname, join, relative, resolve } from 'node:path'
import { type Command, InvalidArgumentError, type Option } from 'commander'
import { UsageError } from '../../model/errors.js'
import { CONFIG_NAME, configFolder, readConfig, wrongLine } from '../files/config-file.js'
import type { Io } from '../terminal/io.js'
import { suggestion } from '../text/suggestions.js'

/** The flags that a file or the environment may set. Flags that change or delete what is held are not among them. */
export const SETTINGS = [
  ...['db', 'cookies', 'session', 'sleep-requests', 'retries', 'timeout', 'contact', 'ignore-robots'],
  ...['max-requests', 'time-limit', 'hosts', 'fail-hard', 'wait-lock', 'look-back', 'audit', 'log-json'],
  ...['media-types', 'media-max', 'media-total'],
  ...['warn-age', 'critical-age', 'quiet', 'verbose', 'newline', 'input', 'color', 'plain', 'timezone', 'locale'],
]

const PATHS = ['db', 'cookies', 'log-json']

export type SettingSource = 'flag' | 'environment' | 'archive-file' | 'user-file' | 'default'

/** A value of a setting, as it is written, and where. */
interface Given {
  value: string | boolean
  source: Exclude<SettingSource, 'flag' | 'default'>
  /** `THREADKEEP_DB`, or `/srv/threadkeep.yaml, line 3`. */
  where: string
}

/** The settings that a command got from the environment and from files. */
export interface AppliedSettings {
  /** What flags of the command line set, instead. */
  flags: ReadonlyMap<string, unknown>
  /** Without those that a flag sets. */
  given: ReadonlyMap<string, Given>
  /** The files that were looked for. */
  files: readonly { file: string; found: boolean }[]
}

type Lookup = ReadonlyMap<string, Given>

/**
 * Sets the options of a command that no flag names: from the environment (`THREADKEEP_TIME_LIMIT`), else from the file beside the archive,
 * else from the user's file. @throws UsageError with the variable, or the file and line, of a wrong value.
 */
export async function applySettings(command: Command, io: Io): Promise<AppliedSettings> {
  const environment = fromEnvironment(io)
  const folder = configFolder(io)
  const userFile = folder === null ? null : join(resolve(io.cwd, folder), CONFIG_NAME)
  const user = userFile === null ? null : await fromFile(userFile, 'user-file')
  const db = flagOf('db', command) ?? environment.get('db')?.value ?? user?.get('db')?.value ?? ''
  const besideFile = join(dirname(resolve(io.cwd, String(db).trimEnd() || CONFIG_NAME)), CONFIG_NAME)
  const beside = besideFile === userFile ? null : await fromFile(besideFile, 'archive-file')
  const lookups = [environment, beside, user].filter(lookup => lookup !== null)
  const given = new Map(lookups.reverse().flatMap(lookup => [...lookup]))
  const flags = new Map(
    SETTINGS.map(name => [name, flagOf(name, command)] as const).filter(([, value]) => value !== undefined),
  )
  for (const name of flags.keys()) given.delete(name)
  for (const [name, one] of given) apply(name, one, command)
  const files = [
    ...(userFile === null ? [] : [{ file: userFile, found: user !== null }]),
    ...(besideFile === userFile ? [] : [{ file: besideFile, found: beside !== null }]),
  ]
  return { flags, given, files }
}

/** The option of a command with this long name, without `--` and `no-`, and the command that has it. */
export function optionNamed(name: string, command: Command): { option: Option; owner: Command } | null {
  for (let owner: Command | null = command; owner; owner = owner.parent) {
    const option = owner.options.find(({ long }) => long?.replace(/^--(no-)?/, '') === name)
    if (option) return { option, owner }
  }
  return null
}

/** The value of a flag of the command line. */
function flagOf(name: string, command: Command): unknown {
  const found = optionNamed(name, command)
  if (found?.owner.getOptionValueSource(found.option.attributeName()) !== 'cli') return undefined
  return found.owner.getOptionValue(found.option.attributeName())
}

function apply(name: string, given: Given, command: Command): void {
  // A login takes cookies in place of a password: only a flag can mean that.
  if (name === 'cookies' && command.name() === 'login') return
  const found = optionNamed(name, command)
  if (!found) return
  const { option, owner } = found
  owner.setOptionValueWithSource(option.attributeName(), parsedValue(option, given), given.source)
}

function parsedValue(option: Option, { value, source, where }: Given): unknown {
  if (option.isBoolean() || option.negate) {
    const isTrue = source === 'environment' ? WORDS[String(value).toLowerCase()] : value
    if (typeof isTrue === 'boolean') return isTrue
    throw new UsageError(`${where}: it must be true or false.`, 'See threadkeep config show.')
  }
  if (typeof value === 'boolean')
    throw new UsageError(`${where}: it must be a value, not ${value}.`, option.description)
  try {
    return option.parseArg ? option.parseArg(value, option.defaultValue) : value
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new UsageError(`${where}: ${error.message.replace(/^It/, 'it')}`, `${option.flags}: ${option.description}`)
  }
}

export const settingVariable = (name: string): string => `THREADKEEP_${name.replaceAll('-', '_').toUpperCase()}`

function fromEnvironment({ env }: Io): Lookup {
  const found = new Map<string, Given>()
  for (const name of SETTINGS) {
    const where = settingVariable(name)
    const text = env[where]
    if (text) found.set(name, { value: text, source: 'environment', where })
  }
  return found
}

const WORDS: Record<string, boolean> = { true: true, yes: true, 1: true, false: false, no: false, 0: false }

/** Null: there is no such file. @throws UsageError */
async function fromFile(file: string, source: 'archive-file' | 'user-file'): Promise<Lookup | null> {
  const lines = await readConfig(file)
  if (!lines) return null
  const found = new Map<string, Given>()
  for (const [name, { value, line }] of lines) {
    refuseSecret(name, value, file, line)
    if (!SETTINGS.includes(name)) throw wrongLine(file, line, `"${name}" is not a setting`, nearest(name))
    const path = PATHS.includes(name) ? pathIn(file, { name, value: String(value), line }, source) : null
    const given = typeof value === 'boolean' ? value : String(value)
    found.set(name, { value: path ?? given, source, where: `${file}, line ${line}, ${name}` })
  }
  return found
}

const nearest = (name: string): string =>
  `Did you mean ${suggestion(name, SETTINGS, one => [one])[0]}? threadkeep config show lists all settings.`

/** A path counts from the folder of its file. An archive may come from somebody else: its settings name no file outside its folder. */
function pathIn(
  file: string,
  { name, value, line }: { name: string; value: string; line: number },
  source: string,
): string {
  const path = resolve(dirname(file), value)
  if (source === 'user-file') return path
  if (name === 'db') throw wrongLine(file, line, 'the file beside an archive cannot name another archive', DB_ADVICE)
  if (/^\.\.|^([a-z]:)?[\\/]/i.test(relative(dirname(file), path)))
    throw wrongLine(file, line, `"${name}" names a file outside the folder of the archive`, PATH_ADVICE)
  return path
}

const DB_ADVICE = `Set it in the ${CONFIG_NAME} of your own folder, in THREADKEEP_DB, or with --db.`
const PATH_ADVICE = `Use a file in this folder, or set it in the ${CONFIG_NAME} of your own folder, or with a flag.`

/** The message does not repeat the value. */
function refuseSecret(name: string, value: unknown, file: string, line: number): void {
  if (!/pass(word|wd|phrase)|secret|token|nonce|api-?key/i.test(name) && !SECRET.test(String(value))) return
  throw wrongLine(file, line, 'a secret does not belong into a file of settings', SECRET_ADVICE)
}

const SECRET = /wordpress_(logged_in|sec)|^cookie:|^curl\s|=[^/]*;|\/\/[^/@\s]*:[^/@\s]*@/i

const SECRET_ADVICE =
  'Remove the line. threadkeep login stores a session in a file of its own; "cookies" takes the name of a file. If others could read this file, change the password.'
