import { type Command, Help, type HelpConfiguration, type Option } from 'commander'
import type { Exporter } from '../../../export/exporter.js'
import { TEMPLATE_FIELDS } from '../../../export/names.js'
import { formatSections } from '../../help/formats.js'
import { page, reflow, termLines } from '../../help/layout.js'

/** What follows the options of `export --help`. */
export function exportHelp(exporters: readonly Exporter[], width: number): string {
  const [formats, ...more] = formatSections(exporters, width)
  return page(`Formats:\n${formats}`, ...more, ...[SELECTION, SEVERAL, TEMPLATE].map(text => reflow(text, width)))
}

const SELECTION = `
A word of digits, or with /activity/ in it, is a thread; any other is a group.
The threads of all that is named are written, each once. A URL that no archive
holds is fetched for this export only, and nothing is left but the document.`

const SEVERAL =
  'Several formats go into one folder: files of a format with many in a folder of its name. A folder lists in .threadkeep.json what was ' +
  'written; the next export of the same selection touches only what has changed, and removes files whose thread is no longer in it or has ' +
  'another name.'

const TEMPLATE = `A template may hold ${TEMPLATE_FIELDS.map(({ name }) => `{${name}}`).join(' ')}; --fields shows their values.`

/** The help without the options that only an address needs which no archive holds: `fetchHelp` has them, at the end. */
export const withoutFetch = (isFetch: (option: Option) => boolean): HelpConfiguration => ({
  visibleOptions(this: Help, command) {
    return Help.prototype.visibleOptions.call(this, command).filter(option => !isFetch(option))
  },
})

/** The options that `withoutFetch` leaves out, in their groups. */
export function fetchHelp(command: Command, isFetch: (option: Option) => boolean, width: number): string {
  const helper = new Help()
  const groups = helper.groupItems([], command.options.filter(isFetch), option => option.helpGroupHeading ?? '')
  const lists = [...groups].map(([heading, options]) => {
    const terms = options.map(one => [helper.optionTerm(one), helper.optionDescription(one)] as const)
    return `${heading}\n${termLines(terms, width, COLUMN)}`
  })
  return page(reflow(ADDRESS, width), ...lists)
}

const ADDRESS = 'Options for an address that no archive holds, which is fetched for this export:'

/** Of the longest of these options. */
const COLUMN = 31

export const examples = [
  'export gardeners',
  'export 237 -o thread.md',
  'export https://community.example/activity/p/237/ -o thread.docx',
  'export -f jsonl --after today-2weeks > posts.jsonl',
  "export --filter 'from:anna has:link' -o links/",
  'export gardeners -f md,json -o out/',
  "export -o 'notes/{group}/{id}.{ext}'",
]
