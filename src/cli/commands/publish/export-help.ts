import { type Command, Help, type HelpConfiguration, type Option } from 'commander'
import { DEFAULT_NAME } from '../../../export/destination.js'
import type { Exporter, OptionSpec } from '../../../export/exporter.js'
import { TEMPLATE_FIELDS } from '../../../export/names.js'
import { listed } from '../../../export/text.js'
import { examples } from '../../options/help.js'
import { wrapped } from '../../text/wrapped.js'
import { flagName } from './export-formats.js'

/** What follows the options of `export --help`. All that it says of formats follows from their list. */
export const exportHelp = (exporters: readonly Exporter[]): string => `
Formats:
${formatLines(exporters).join('\n')}

A word of digits, or with /activity/ in it, is a thread; any other is a group.
The threads of all that is named are written, each once. A URL that no archive
holds is fetched for this export only, and nothing is left but the document.

${wrapped(`${unnamedOutput(exporters)} ${SEVERAL}`, 80).join('\n')}
${wrapped(`A template may hold ${TEMPLATE_FIELDS.map(({ name }) => `{${name}}`).join(' ')}; --fields shows their values.`, 80).join('\n')}
${examples('export gardeners', 'export 237 -o thread.md', 'export https://community.example/activity/p/237/ -o thread.docx', 'export -f jsonl --after today-2weeks > posts.jsonl', "export --filter 'from:anna has:link' -o links/", 'export gardeners -f md,json -o out/', "export -o 'notes/{group}/{id}.{ext}'")}`

const SEVERAL =
  'Several formats go into one folder: files of a format with many in a folder of its name. A folder lists in .threadkeep.json what was ' +
  'written; the next export of the same selection touches only what has changed, and removes files whose thread is no longer in it or has ' +
  'another name.'

function formatLines(exporters: readonly Exporter[]): string[] {
  const width = Math.max(...exporters.map(({ name }) => name.length), 0)
  return [
    ...exporters.flatMap(({ name, summary }) => hanging(`  ${name.padEnd(width)}  `, summary)),
    ...optionLines(exporters),
  ]
}

/** Each option once, with the formats that have it. */
function optionLines(exporters: readonly Exporter[]): string[] {
  const formats = new Map<string, string[]>()
  for (const { name: format, options = {} } of exporters)
    for (const [name, spec] of Object.entries(options)) {
      const line = optionLine(name, spec)
      formats.set(line, [...(formats.get(line) ?? []), format])
    }
  const lines = [...formats].flatMap(([line, names]) => indented(`${line}; of ${listed(names)}`))
  return lines.length > 0 ? ['', 'Options of formats:', ...lines] : []
}

/** Lines of the help: rows after the first are further in. */
const indented = (text: string): string[] => wrapped(text, 74).map((row, at) => `${at === 0 ? '  ' : '      '}${row}`)

/** Lines of the help: the text beside what is before it. */
const hanging = (before: string, text: string): string[] =>
  wrapped(text, 80 - before.length).map((row, at) => `${at === 0 ? before : ' '.repeat(before.length)}${row}`)

function optionLine(name: string, { summary, default: value, choices, flag }: OptionSpec): string {
  const values = choices?.join('|') ?? VALUE[kindOf(value)]
  const usage = !flag
    ? `-O ${name}=${values}`
    : typeof value === 'boolean'
      ? `--${flagName(name, value)}`
      : `--${name} ${values}`
  return `${usage}  ${summary} (default: ${shown(value)})`
}

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

/** The help without the options that only an address needs which no archive holds: `fetchHelp` has them, at the end. */
export const withoutFetch = (isFetch: (option: Option) => boolean): HelpConfiguration => ({
  formatHelp(command: Command, helper: Help) {
    const shown: Help = Object.create(helper)
    shown.visibleOptions = one => helper.visibleOptions(one).filter(option => !isFetch(option))
    return new Help().formatHelp(command, shown)
  },
})

/** The options that `withoutFetch` leaves out, in their groups. */
export function fetchHelp(command: Command, isFetch: (option: Option) => boolean): string {
  const helper = command.createHelp()
  helper.prepareContext({})
  const groups = helper.groupItems([], command.options.filter(isFetch), option => option.helpGroupHeading ?? '')
  const width = helper.padWidth(command, helper)
  const lines = [...groups].flatMap(([heading, options]) => [
    '',
    heading,
    ...options.map(one => helper.formatItem(helper.optionTerm(one), width, helper.optionDescription(one), helper)),
  ])
  return `\n\nOptions for an address that no archive holds, which is fetched for this export:\n${lines.join('\n')}`
}
