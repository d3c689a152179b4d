import { UsageError } from '../model/errors.js'
import type { Exporter, OptionSpec, OptionValue } from './exporter.js'

/**
 * A value for each option of the exporter: what is given, else its default. Words of the command line become the option's type.
 * @throws UsageError for an option that the exporter does not have, or a value that is none of it.
 */
export function exportOptions(
  { name: format, options = {} }: Exporter,
  given: Readonly<Record<string, OptionValue>>,
): Record<string, OptionValue> {
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(options, name)) continue
    throw new UsageError(`The format ${format} has no option "${name}".`, optionList(format, Object.keys(options)))
  }
  const values = Object.entries(options).map(([name, spec]) => [name, optionValue(name, spec, given[name])])
  return Object.fromEntries(values)
}

const optionList = (format: string, names: readonly string[]): string =>
  names.length > 0 ? `Its options are: ${names.join(', ')}.` : `Leave it out: ${format} has no options.`

function optionValue(name: string, spec: OptionSpec, given: OptionValue | undefined): OptionValue {
  if (given === undefined) return spec.default
  const value = typed(given, spec)
  const isChoice = !spec.choices || spec.choices.includes(String(value))
  if (value !== null && isChoice) return value
  const wanted = spec.choices?.join(', ') ?? { string: 'text', number: 'a number', boolean: 'yes or no' }[kindOf(spec)]
  throw new UsageError(`"${given}" is no value of the option "${name}".`, `It takes ${wanted}.`)
}

const kindOf = (spec: OptionSpec) => typeof spec.default as 'string' | 'number' | 'boolean'

const YES_OR_NO: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false }

/** Null: not of this type. */
function typed(given: OptionValue, spec: OptionSpec): OptionValue | null {
  const kind = kindOf(spec)
  if (typeof given === kind) return given
  if (typeof given !== 'string') return null
  if (kind === 'boolean') return YES_OR_NO[given.toLowerCase()] ?? null
  return given.trim() !== '' && Number.isFinite(Number(given)) ? Number(given) : null
}
