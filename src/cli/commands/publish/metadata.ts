import { existsSync, realpathSync } from 'node:fs'
import { parse, resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../../../model/errors.js'
import type { ArchiveMetadata } from '../../../model/reports/datasette.js'
import { notes } from '../../help/layout.js'
import { archiveFile, type Globals, readArchive } from '../../options/globals.js'
import type { Io } from '../../terminal/io.js'
import { escapeJson, terminalLine } from '../../text/terminal-text.js'
import { refuseOtherExtension, writeDocument } from './write-document.js'

export interface Options extends Globals {
  output?: string
}

export const examples = ['metadata -o metadata.json', 'metadata --db bees.db > metadata.json']

export function add(command: Command): void {
  command
    .description(
      'Prints metadata of the archive for Datasette: what each table and column means,\n' +
        'and which of them to search, sort and hide.\n' +
        'It contains no posts and no people; of the communities it contains the names.',
    )
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'write it to this file (default: stdout)')
    .addHelpText('after', notes(HELP))
}

const HELP = `
Then: datasette threadkeep.db --metadata metadata.json
Do not rename the archive afterwards: Datasette finds its tables by the name.`

export async function run(options: Options, io: Io): Promise<void> {
  const file = archiveFile(options, io)
  refuseOtherExtension(options.output, ['.json'], 'JSON')
  const output = options.output ?? '-'
  if (output !== '-' && isSameFile(resolve(io.cwd, output), file))
    throw new UsageError(`${resolve(io.cwd, output)} is the archive itself.`, 'Name another file with -o.')
  const text = await readArchive(options, io, async archive => documentOf(archive.metadata(), file))
  await writeDocument([text], options, io)
}

const isSameFile = (a: string, b: string): boolean =>
  existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b)

/** Datasette names a database after its file, without the extension. It escapes descriptions, which are plain text. */
function documentOf({ sites, tables, queries }: ArchiveMetadata, file: string): string {
  const document = {
    title: titleOf(sites),
    description:
      'Kept by threadkeep: every post and reply that the reader could see, with earlier texts and what is gone.',
    databases: { [parse(file).name]: { tables, queries } },
  }
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`
}

const MOST_NAMES = 3

function titleOf(sites: readonly string[]): string {
  if (sites.length === 0) return 'An archive of discussions'
  const names = sites.slice(0, MOST_NAMES).map(terminalLine).join(', ')
  return `Discussions of ${names}${sites.length > MOST_NAMES ? ` and ${sites.length - MOST_NAMES} more` : ''}`
}
