import { type Command, InvalidArgumentError, Option } from 'commander'
import { formatOf, isCalled, nearestFormat } from '../../../export/destination.js'
import type { Exporter, OptionSpec, OptionValue } from '../../../export/exporter.js'
import { exportOptions } from '../../../export/options.js'
import { UsageError } from '../../../model/errors.js'
import { flagName } from '../../help/formats.js'
import { collect } from '../../options/flag-values.js'

/** The formats that a user names, and their options: all by `-O NAME=VALUE`, some by a flag of their own. */
export interface FormatOptions {
  format?: string
  output?: string
  /** `name=value`, as given. */
  formatOption?: string[]
}

export function addFormatFlags(command: Command, exporters: readonly Exporter[]): void {
  for (const [name, spec] of flagSpecs(exporters)) command.addOption(flagOf(name, spec).hideHelp())
  if (exporters.some(({ options }) => options))
    command.option('-O, --format-option <name=value>', 'an option of a format, see below', collect)
}

function flagSpecs(exporters: readonly Exporter[]): Map<string, OptionSpec> {
  const all = exporters.flatMap(({ options = {} }) => Object.entries(options))
  return new Map(all.filter(([, { flag }]) => flag))
}

const flagOf = (name: string, { summary, default: value }: OptionSpec): Option =>
  new Option(typeof value !== 'boolean' ? `--${name} <value>` : `--${flagName(name, value)}`, summary)

export function formatFlag(exporters: readonly Exporter[]): Option {
  const format = new Option(
    '-f, --format <names>',
    'the format, or several: md,json (default: by the extension of -o, else md)',
  )
  const names = exporters.map(({ name }) => name)
  // `choices` makes the help; other words for a format are taken, too, and several of them.
  return format.choices(names).argParser((words: string) => {
    const isKnown = (word: string) => exporters.some(exporter => isCalled(exporter, word))
    if (wordsOf(words).length > 0 && wordsOf(words).every(isKnown)) return words
    const meant = wordsOf(words).flatMap(word => (isKnown(word) ? [] : (nearestFormat(word) ?? [])))
    if (meant.length === 0)
      throw new InvalidArgumentError(`Allowed choices are ${names.join(', ')}; separate several with commas.`)
    throw new InvalidArgumentError(
      `The nearest is ${[...new Set(meant)].join()}. Allowed choices are ${names.join(', ')}.`,
    )
  })
}

const wordsOf = (text: string): string[] =>
  text
    .split(',')
    .map(word => word.trim())
    .filter(Boolean)

/** A format, with a value for each of its options. */
export interface ChosenFormat {
  exporter: Exporter
  options: Record<string, OptionValue>
}

/**
 * The formats that are named, each once; else the one by the extension of the output.
 * @throws UsageError for an option that none of them has, or a value that is none of an option.
 */
export function chosenFormats(options: FormatOptions, all: readonly Exporter[]): ChosenFormat[] {
  const words = options.format === undefined ? [undefined] : wordsOf(options.format)
  const exporters = [...new Set(words.map(word => formatOf(word, options.output, all)))]
  const given = givenOptions(options, all)
  const [only, ...others] = exporters
  if (only && others.length === 0) return [{ exporter: only, options: exportOptions(only, given) }]
  for (const name of Object.keys(given)) {
    if (exporters.some(exporter => hasOption(exporter, name))) continue
    throw new UsageError(
      `None of these formats has an option "${name}".`,
      'See which have it: threadkeep export --help',
    )
  }
  return exporters.map(exporter => {
    const own = Object.entries(given).filter(([name]) => hasOption(exporter, name))
    return { exporter, options: exportOptions(exporter, Object.fromEntries(own)) }
  })
}

const hasOption = ({ options = {} }: Exporter, name: string): boolean => Object.hasOwn(options, name)

/** By flags, and by `-O`, which wins. */
function givenOptions(options: FormatOptions, all: readonly Exporter[]): Record<string, OptionValue> {
  const specs = flagSpecs(all)
  const values = new Map<string, unknown>(Object.entries(options))
  const flags = [...specs].flatMap(([name, spec]): [string, OptionValue][] => {
    const value = values.get(flagKey(name))
    // Commander gives `true` where `--no-NAME` was not given.
    const isGiven = value !== undefined && !(value === true && spec.default === true)
    return !isGiven ? [] : [[name, value === true ? 'yes' : String(value)]]
  })
  return Object.fromEntries([...flags, ...(options.formatOption ?? []).map(assigned)])
}

/** The name under which commander gives the value of `--front-matter`: `frontMatter`. */
const flagKey = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

/** `name=value`. A name alone means yes. */
function assigned(word: string): [string, string] {
  const at = word.indexOf('=')
  return at < 0 ? [word, 'yes'] : [word.slice(0, at), word.slice(at + 1)]
}
