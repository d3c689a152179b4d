import { licenceTable } from '../release/licences.js'
import { TABLES, VIEWS } from '../src/archive/schema/tables/index.js'
import { COMMANDS, GROUPS } from '../src/cli/commands/index.js'
import { EXIT_CODES } from '../src/cli/help/exit-codes.js'
import { COMMAND_TABLES } from '../src/cli/render/table/index.js'
import { exportTables } from '../src/export/codebook/codebook.js'
import { codebookMarkdown, columnTable } from '../src/export/codebook/markdown.js'
import { type Exporter, NOTICES } from '../src/export/exporter.js'
import { EDGE_COLUMNS, NODE_COLUMNS } from '../src/export/graph/columns.js'
import { EXPORTERS } from '../src/export/index.js'
import type { ColumnFacts } from '../src/export/table/column.js'
import { POST_COLUMNS } from '../src/export/table/post-columns.js'
import { LABEL_NAMES, labelSentence } from '../src/model/columns/post-labels.js'
import { shippedText } from '../src/node/shipped.js'
import { DOORS } from '../src/sources/files/index.js'
import { libraryExports } from './library/exports.js'
import { messagesMarkdown } from './messages/page.js'

/** The parts of the documentation that follow from the registries. They stand between `<!-- NAME -->` and `<!-- /NAME -->`. */
export const DERIVED: readonly { file: string; name: string; text: () => string }[] = [
  { file: 'README.md', name: 'commands', text: () => `\n\n${commandTable()}\n\n` },
  { file: 'README.md', name: 'formats', text: () => formatWords(EXPORTERS) },
  { file: 'docs/guide.md', name: 'formats', text: () => formatWords(EXPORTERS) },
  { file: 'docs/guide.md', name: 'exit-codes', text: () => `\n\n${exitTable()}\n\n` },
  { file: 'docs/formats.md', name: 'formats', text: () => `\n\n${formatTable(EXPORTERS)}\n\n` },
  { file: 'docs/formats.md', name: 'columns', text: () => `\n\n${columnTable(POST_COLUMNS)}\n\n` },
  { file: 'docs/formats.md', name: 'nodes', text: () => `\n\n${columnTable(NODE_COLUMNS)}\n\n` },
  { file: 'docs/formats.md', name: 'edges', text: () => `\n\n${columnTable(EDGE_COLUMNS)}\n\n` },
  { file: 'docs/formats.md', name: 'commands', text: () => `\n\n${commandTables()}\n\n` },
  {
    file: 'docs/codebook.md',
    name: 'codebook',
    text: () => `\n\n${codebookMarkdown([...exportTables(shippedText), ...COMMAND_TABLES], '')}\n`,
  },
  { file: 'docs/import.md', name: 'doors', text: () => `\n\n${doorTable()}\n\n` },
  { file: 'docs/third-party.md', name: 'licences', text: () => `\n\n${licenceTable()}\n\n` },
  { file: 'docs/database.md', name: 'tables', text: () => `\n\n${archiveTables()}\n\n` },
  { file: 'docs/errors.md', name: 'messages', text: () => `\n\n${messagesMarkdown()}\n\n` },
  { file: 'docs/library.md', name: 'types', text: () => `\n\n${typeList()}\n\n` },
]

/** docs/schema/post-1.json, with the labels of posts between `heading` and `status`. */
export function withLabels(schema: string): string {
  const keys = LABEL_NAMES.map(name => `        "${name}",\n`).join('')
  const properties = LABEL_NAMES.map(
    name => `        "${name}": {
          "type": ["string", "null"],
          "description": ${JSON.stringify(labelSentence(name, 'null'))}
        },
`,
  ).join('')
  return schema
    .replace(/(?<="heading",\n)[^:]*?(?= *"status",)/, () => keys)
    .replace(/(?<="heading": \{[^}]*\},\n)[\s\S]*?(?= *"status": \{)/, () => properties)
}

/** The document with its derived part as the registry has it now. */
export function withDerived(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [document.indexOf(start) + start.length, document.indexOf(end)]
  if (from < start.length || to < from) throw new Error(`No part "${name}" between ${start} and ${end}.`)
  return document.slice(0, from) + text + document.slice(to)
}

/** docs/formats.md with a section for each format: those that are missing are begun at its end. */
export function withSections(document: string): string {
  const missing = EXPORTERS.filter(({ name }) => !sectionOf(name).test(document))
  return document + missing.map(({ name, summary }) => `\n## ${name}: ${summary}\n`).join('')
}

export const sectionOf = (format: string): RegExp => new RegExp(`^#+ .*\\b${format}\\b`, 'm')

/** Every command by its group: one row a group, because the README is short. */
function commandTable(): string {
  const rows = Object.entries(GROUPS).map(([group, title]) => {
    const own = COMMANDS.filter(command => command.group === group)
    const lines = own.map(({ name, summary }) => `[\`${name}\`](docs/cli.md#threadkeep-${name}) ${summary}`)
    return [`**${title}**`, lines.join('<br>')]
  })
  return table([['to', '`threadkeep …`'], ...rows])
}

const exitTable = (): string => table([['exit', 'means'], ...EXIT_CODES])

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** `md`, `json` or `jsonl`. */
function formatWords(exporters: readonly Exporter[]): string {
  const names = exporters.map(({ name }) => `\`${name}\``)
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function formatTable(exporters: readonly Exporter[]): string {
  const rows = exporters.map(one => [`\`${one.name}\``, one.summary, unnamedOutput(one), leftOut(one), options(one)])
  const head = ['format', 'what it is', 'without `-o`', 'left out unless `--types` names it', 'options']
  return table([head, ...rows])
}

function unnamedOutput({ delivery, scope, extension }: Exporter): string {
  if (delivery === 'stdout') return 'stdout'
  if (delivery === 'file') return `\`threadkeep-export.${extension}\``
  const folder = '`threadkeep-export/`'
  return scope === 'archive' ? folder : `one file a thread in ${folder}; one thread alone: stdout`
}

function leftOut({ leavesOut = [] }: Exporter): string {
  if (leavesOut.length === 0) return 'nothing'
  return leavesOut === NOTICES ? 'membership notices' : leavesOut.map(type => `\`${type}\``).join(', ')
}

const options = ({ options: specs = {} }: Exporter): string =>
  Object.entries(specs)
    .map(([name, { summary }]) => `\`-O ${name}=…\`: ${summary}`)
    .join('; ') || 'none'

/** The columns of `--csv`, command by command. A column of a table of posts with the same meaning is only named. */
function commandTables(): string {
  const parts: string[] = []
  for (const { summary, columns } of COMMAND_TABLES) {
    const own = columns.filter(column => !isKnown(column))
    const names = columns.map(({ name }) => `\`${name}\``).join(', ')
    const [command = ''] = summary.split(':')
    parts.push(`**${command}**: ${names}. Its own:\n\n${columnTable(own)}`)
  }
  return parts.join('\n\n')
}

const isKnown = ({ name, meaning }: ColumnFacts): boolean =>
  POST_COLUMNS.some(known => known.name === name && known.meaning === meaning)

function doorTable(): string {
  const rows = DOORS.map(({ name, summary }) => [`\`${name}\``, summary])
  return table([['kind', 'what it is'], ...rows])
}

/** The types of the library, file by file. */
function typeList(): string {
  const files = new Map<string, string[]>()
  for (const { name, file, isType } of libraryExports())
    if (isType) files.set(file, [...(files.get(file) ?? []), `\`${name}\``])
  return [...files].map(([file, names]) => `- ${file}: ${names.sort().join(', ')}`).join('\n')
}

/** Every table and view of an archive, column by column. */
const archiveTables = (): string =>
  [...VIEWS, ...TABLES]
    .map(({ name, about, columns }) => {
      const rows = Object.entries(columns).map(([column, { type, optional, about: meaning, refersTo, since }]) => {
        const added = since > 1 ? ` Since schema ${since}.` : ''
        const to = refersTo ? ` A row of \`${refersTo}\`.` : ''
        return [
          `\`${column}\``,
          `${type}${optional ? ', may be empty' : ''}`,
          `${meaning}${to}${added}`.replaceAll('|', '\\|'),
        ]
      })
      const head = ['column', 'type', 'meaning']
      const lines = [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
      return `### ${name}\n\n${about}\n\n${lines.join('\n')}`
    })
    .join('\n\n')
