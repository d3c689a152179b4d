import { DEFAULT_NAME } from '../../export/destination.js'
import type { Exporter, OptionSpec, OptionValue } from '../../export/exporter.js'
import { listed } from '../../export/text.js'
import { page, reflow, type Terms, termLines } from './layout.js'

/** The topic `formats`, and a part of the help of `export`. All of it follows from the list of exporters. */
export async function text(width: number): Promise<string> {
  const { EXPORTERS } = await import('../../export/index.js')
  return page(
    reflow('Formats of threadkeep export -f, of package -f, and by the extension of -o:', width),
    ...formatSections(EXPORTERS, width),
    reflow(DOCS, width),
  )
}

const DOCS = `
The shapes of all of them: docs/formats.md. The columns of tables: threadkeep codebook`

export function formatSections(exporters: readonly Exporter[], width: number): string[] {
  const formats = exporters.map(({ name, summary }) => [name, summary] as const)
  const options = optionTerms(exporters)
  return [
    termLines(formats, width),
    ...(options.length > 0 ? [`Options of formats:\n${termLines(options, width, OPTION_COLUMN)}`] : []),
    reflow(unnamedOutput(exporters), width),
  ]
}

const OPTION_COLUMN = 20

/** Each option once, with the formats that have it. */
function optionTerms(exporters: readonly Exporter[]): Terms {
  const formats = new Map<string, { usage: string; meaning: string; names: string[] }>()
  for (const { name: format, options = {} } of exporters)
    for (const [name, spec] of Object.entries(options)) {
      const [usage, meaning] = [usageOf(name, spec), meaningOf(spec)]
      const one = formats.get(`${usage} ${meaning}`) ?? { usage, meaning, names: [] }
      one.names.push(format)
      formats.set(`${usage} ${meaning}`, one)
    }
  return [...formats.values()].map(({ usage, meaning, names }) => [usage, `${meaning}; of ${listed(names)}`])
}

/** A flag that leaves something out says so. */
const meaningOf = ({ summary, default: value, flag }: OptionSpec): string =>
  flag && value === true ? `without ${summary} (default: with it)` : `${summary} (default: ${shown(value)})`

function usageOf(name: string, { default: value, choices, flag }: OptionSpec): string {
  const values = choices?.join('|') ?? VALUE[kindOf(value)]
  if (!flag) return `-O ${name}=${values}`
  return typeof value === 'boolean' ? `--${flagName(name, value)}` : `--${name} ${values}`
}

/** What is done by default has a flag that leaves it out. */
export const flagName = (name: string, value: OptionValue): string => (value === true ? `no-${name}` : name)

const VALUE = { string: 'TEXT', number: 'NUMBER', boolean: 'yes|no' } as const

const kindOf = (value: OptionSpec['default']) => typeof value as keyof typeof VALUE

const shown = (value: OptionSpec['default']): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : value === '' ? 'none' : String(value)

/** What `-f NAME` does where there is no `-o`, by the places that formats go to. */
function unnamedOutput(exporters: readonly Exporter[]): string {
  const parts = PLACES.flatMap(([place, isMeant]) => {
    const names = exporters.filter(isMeant).map(({ name }) => name)
    return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? 'goes' : 'go'} ${place}`]
  })
  return `Without -o, ${parts.join('; ')}.`
}

const PLACES: readonly [string, (exporter: Exporter) => boolean][] = [
  ['to stdout', ({ delivery }) => delivery === 'stdout'],
  [
    `to stdout where one thread is chosen, and else into ${DEFAULT_NAME}/, one file a thread`,
    ({ delivery, scope }) => delivery === 'folder' && scope === 'thread',
  ],
  [`into the folder ${DEFAULT_NAME}/`, ({ delivery, scope }) => delivery === 'folder' && scope === 'archive'],
  [`into the file ${DEFAULT_NAME} with its extension`, ({ delivery }) => delivery === 'file'],
]
