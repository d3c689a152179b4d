import { type Command, Option } from 'commander'
import type { Exporter, OptionSpec, OptionValue } from '../../export/exporter.js'
import { collect } from './flag-values.js'

/** The options of formats: all by `-O NAME=VALUE`, some by a flag of their own. */
export function addFormatFlags(command: Command, exporters: readonly Exporter[]): void {
  for (const [name, spec] of flagSpecs(exporters)) command.addOption(flagOf(name, spec))
  if (exporters.some(({ options }) => options))
    command.option('-O, --format-option <name=value>', 'an option of the format, see below', collect)
}

/** What is given of the options of formats. A flag wins over `-O`. */
export function givenFormatOptions(
  flags: object & { formatOption?: readonly string[] },
  exporters: readonly Exporter[],
): Record<string, OptionValue> {
  const own = flagSpecs(exporters)
  const named = Object.entries(flags).filter(([name]) => own.has(name))
  return Object.fromEntries([...(flags.formatOption ?? []).map(assigned), ...named])
}

function flagSpecs(exporters: readonly Exporter[]): Map<string, OptionSpec> {
  const all = exporters.flatMap(({ options = {} }) => Object.entries(options))
  return new Map(all.filter(([, { flag }]) => flag))
}

function flagOf(name: string, { summary, default: value, choices }: OptionSpec): Option {
  const flag = new Option(typeof value === 'boolean' ? `--${name}` : `--${name} <value>`, summary)
  return choices ? flag.choices(choices) : flag
}

/** `name=value`. A name alone means yes. */
function assigned(word: string): [string, string] {
  const at = word.indexOf('=')
  return at < 0 ? [word, 'yes'] : [word.slice(0, at), word.slice(at + 1)]
}
