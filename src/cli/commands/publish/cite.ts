import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import type { ReadableArchive } from '../../../archive/reading.js'
import type { Citation, CitationStyle } from '../../../export/cite/index.js'
import type { StoredThread } from '../../../model/archive.js'
import { UsageError } from '../../../model/errors.js'
import type { PostContext } from '../../../model/reports/history.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { resolvePost } from '../../options/resolve.js'
import type { Io } from '../../terminal/io.js'
import { escapeJson, terminalJson } from '../../text/terminal-text.js'
import { refuseOtherExtension, writeDocument } from './write-document.js'

export interface Options extends Globals {
  words: string[]
  style?: string
  all?: boolean
  output?: string
}

export const examples = [
  'cite 237',
  'cite https://community.example/activity/p/237/#acomment-240 --style mla',
  'cite 237 240 -s bibtex -o posts.bib',
  'cite archive --all',
]

export async function add(command: Command): Promise<void> {
  const { CITATION_STYLES } = await import('../../../export/cite/index.js')
  command
    .description(
      'Cites threads and replies, or the archive as a data set, with the day on which\n' +
        'the copy was read, and with hashes by which the copy can be recognised.',
    )
    .argument('[post...]', 'ids or permalinks of threads and replies; "archive", or nothing: the archive')
    .optionsGroup('Output:')
    .addOption(
      new Option('-s, --style <name>', 'the style (default: by .bib, .ris or .json of -o, else apa)').choices(
        CITATION_STYLES.map(({ name }) => name),
      ),
    )
    .option('--all', 'all styles, one below the other')
    .option('-o, --output <file>', 'write to this file, completely or not at all (default: stdout)')
    .option('--json', 'print one JSON document (threadkeep.citations/1): the facts, and every style')
    .addHelpText('after', notes(HELP))
}

const HELP = `
Citations name people, and nothing replaces their names: cite members who have
agreed, or who know that they write for the public. For pseudonyms see
"threadkeep export --help".
Names are cited as the site shows them, never inverted. Where only an interval
is known of a date, it is cited as far as its ends agree: 2021, or ca. 2021.
A reply without a title is cited by its first words.`

export async function run(options: Options, io: Io): Promise<void> {
  if (options.all && options.style !== undefined)
    throw new UsageError('--all and --style cannot be used together.', 'Name one of them.')
  const { CITATION_STYLES: styles } = await import('../../../export/cite/index.js')
  const style = styleOf(options)
  refuseOtherExtension(
    options.output,
    extensionsOf(options.json ? 'csl-json' : style),
    'citations as text, .bib, .ris or .json',
  )
  keepHeapSmall()
  await readArchive(options, io, async archive => {
    const words = options.words.length === 0 ? [ARCHIVE] : options.words
    const citations: Citation[] = []
    for (const word of words) citations.push(await citationOf(word, archive))
    const pieces = options.json ? [jsonOf(citations, styles)] : textOf(citations, styles, style, options.all)
    await writeDocument(pieces, options, io)
  })
}

/** The style that is named; else the one whose files end as the output does. */
function styleOf({ style, all, json, output }: Options): string | undefined {
  if (style !== undefined || all || json) return style
  const extension = extname(output ?? '').toLowerCase()
  return Object.keys(FILES).find(name => FILES[name] === extension)
}

/** Of the styles for people: text, which is markdown, too. */
const extensionsOf = (style = ''): string[] => (FILES[style] === undefined ? ['.txt', '.md'] : [FILES[style]])

const FILES: Readonly<Record<string, string>> = { bibtex: '.bib', ris: '.ris', 'csl-json': '.json' }

const ARCHIVE = 'archive'

async function citationOf(word: string, archive: ReadableArchive): Promise<Citation> {
  const { citeArchive, citeReply, citeThread } = await import('../../../export/cite/index.js')
  const { reader } = archive
  if (word === ARCHIVE) return citeArchive(reader)
  const place = resolvePost(word, archive)
  const thread = threadOf(place, archive)
  if (place.row === place.threadRow) return citeThread(thread, reader)
  for (const { post } of thread.posts) if (post.id === place.id) return citeReply(post, thread, reader)
  throw new Error(`The archive lists the post ${place.id}, but can't read it.`)
}

function threadOf({ site, thread: id }: PostContext, { reader }: ReadableArchive): StoredThread {
  for (const thread of reader.threads({ threads: [id] })) if (thread.site === site && thread.id === id) return thread
  throw new Error(`The archive lists the thread ${id}, but can't read it.`)
}

function textOf(
  citations: readonly Citation[],
  styles: readonly CitationStyle[],
  style: string | undefined,
  all = false,
): string[] {
  if (all) return styles.map(({ title, write }, at) => `${at === 0 ? '' : '\n'}${title}\n\n${write(citations)}`)
  const chosen = styles.find(({ name }) => name === style) ?? styles[0]
  const text = chosen?.write(citations) ?? ''
  return [chosen?.name === 'csl-json' ? escapeJson(text) : text]
}

function jsonOf(citations: readonly Citation[], styles: readonly CitationStyle[]): string {
  const written = (one: Citation) => styles.map(({ name, write }) => [name, write([one]).trimEnd()])
  const records = citations.map(one => ({ ...one, styles: Object.fromEntries(written(one)) }))
  return `${terminalJson({ schema: 'threadkeep.citations/1', citations: records })}\n`
}
