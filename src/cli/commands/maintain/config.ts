import { Command } from 'commander'
import { UsageError } from '../../../model/errors.js'
import { notes } from '../../help/layout.js'
import { addFetchFlags, addReportFlags, addRunFlags } from '../../options/fetch-flags.js'
import { addGlobals, DEFAULT_ARCHIVE, type Globals } from '../../options/globals.js'
import { addMediaFlags } from '../../options/media-flags.js'
import {
  type AppliedSettings,
  applySettings,
  optionNamed,
  SETTINGS,
  type SettingSource,
} from '../../options/settings.js'
import { localeFlag, timezoneFlag } from '../../options/telling-flags.js'
import type { Io } from '../../terminal/io.js'
import { printForm } from '../../terminal/print.js'
import { cell, tabRow } from '../../text/columns.js'
import type { Paint } from '../../text/paint.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'
import { addHowMuchFlags } from '../fetch/sync.js'
import { addAgeFlags } from '../read/status.js'

interface Options extends Globals {
  words: string[]
}

/** A setting as `threadkeep.config/1` has it. */
interface Setting {
  name: string
  /** As it is written; the default is in words. Null: none. */
  value: unknown
  source: SettingSource
  /** The variable, or the file and line; null: a flag or the default. */
  where: string | null
}

export const examples = ['config show', 'config show --db /srv/archive.db --json']

export function add(command: Command): void {
  command
    .description(
      'Shows each setting with its value, and where the value comes from: a flag, a\n' +
        'variable of the environment, a file, or the default, in this order.',
    )
    .argument('[show]', 'show the settings')
    .allowExcessArguments()
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.config/1)')
    .addHelpText('after', notes(HELP))
}

const HELP = `
A file of settings is called threadkeep.yaml. One is beside the archive; another
is in your own folder for settings (THREADKEEP_CONFIG, else
~/.config/threadkeep), and has less weight. Each line is a setting, named like
the long form of a flag:
  time-limit: 2h
  sleep-requests: 2-4
  session: false
In the environment, the same settings are THREADKEEP_TIME_LIMIT and so on. A
command takes those that it has as flags. Passwords and cookies do not belong
there: threadkeep login stores a session.`

/** Commander takes more words than there are, because most of them want to set something. @throws UsageError */
function refuseOtherWords([word = 'show', ...others]: readonly string[]): void {
  if (word === 'show' && others.length === 0) return
  const name = others.find(other => SETTINGS.includes(other)) ?? 'NAME'
  throw new UsageError(
    'threadkeep config shows all settings, and changes none.',
    `To set one, write a line into threadkeep.yaml beside the archive: "${name}: VALUE"\nTo see all: threadkeep config show`,
  )
}

export async function run(options: Options, io: Io): Promise<void> {
  refuseOtherWords(options.words)
  const flags = options.settings?.flags ?? new Map<string, unknown>()
  const command = withAllFlags(flags.get('db'))
  const { given, files } = await applySettings(command, io)
  const settings = SETTINGS.map(name => settingOf(name, { command, flags, given }))
  await printForm(
    {
      json: [`${terminalJson({ schema: 'threadkeep.config/1', files, settings })}\n`],
      rows: settings.map(({ name, value, source, where }) => tabRow([name, wordsOf(value), source, where])),
      lines: (_, paint) => lines(settings, files, paint),
    },
    options,
    io,
  )
}

/** A command that has every flag that can be set, so that values are checked as the commands themselves check them. */
function withAllFlags(db: unknown): Command {
  const command = new Command('config')
  const all = [addGlobals, addHowMuchFlags, addMediaFlags, addFetchFlags, addRunFlags, addReportFlags, addAgeFlags]
  for (const addTo of all) addTo(command)
  command.addOption(timezoneFlag('documents')).addOption(localeFlag('documents'))
  if (db !== undefined) command.setOptionValueWithSource('db', db, 'cli')
  return command
}

interface Sources extends Pick<AppliedSettings, 'flags' | 'given'> {
  command: Command
}

function settingOf(name: string, { command, flags, given }: Sources): Setting {
  const one = given.get(name)
  if (one) return { name, value: one.value, source: one.source, where: one.where }
  const source = flags.has(name) ? 'flag' : 'default'
  return { name, value: flags.get(name) ?? defaultOf(name, command), source, where: null }
}

function defaultOf(name: string, command: Command): unknown {
  if (name === 'db') return DEFAULT_ARCHIVE
  const { option } = optionNamed(name, command) ?? {}
  return (
    option?.defaultValueDescription ??
    option?.defaultValue ??
    (option?.negate ? true : option?.isBoolean() ? false : null)
  )
}

const wordsOf = (value: unknown): string => String(value ?? '')

function* lines(settings: readonly Setting[], files: AppliedSettings['files'], paint: Paint): Generator<string> {
  for (const { name, value, source, where } of settings)
    if (paint.spoken) yield `${name}: ${wordsOf(value) || 'not set'}; ${terminalLine(where ?? source)}`
    else yield `${cell(name, 16)}${cell(wordsOf(value), 24)}  ${terminalLine(where ?? source)}`
  for (const { file, found } of files) yield `${found ? 'read   ' : 'no file'}  ${terminalLine(file)}`
}
