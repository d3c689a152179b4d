import type { StoredThread } from '../../model/archive.js'
import type { ConversionFile, Converter, FoundProgram } from '../../model/conversion.js'
import type { Chunk, Chunks, ExportContext } from '../exporter.js'
import { OPTIONS } from '../markdown/style.js'
import { markdown } from '../markdown.js'
import { exportOptions } from '../options.js'
import { Dated } from './dated.js'
import { FILTER } from './filter.js'
import { OFFICE_DOCUMENT } from './parts.js'
import { isPlainPicture, Pictures, withPictures } from './pictures.js'

/** One of pandoc's writers, and what it needs besides the document. */
interface Writer {
  /** As `-t` takes it. */
  name: string
  args: readonly string[]
  files: readonly ConversionFile[]
}

/**
 * Our markdown as another document, by pandoc. Its reader knows no raw HTML, and `--sandbox` is of no use: it makes pandoc of Debian and Ubuntu
 * unable to read its own parts, while our filter leaves nothing that a writer would fetch.
 */
export async function* byPandoc(
  writer: Writer,
  threads: Iterable<StoredThread>,
  about: ExportContext,
): AsyncGenerator<Uint8Array> {
  const program: FoundProgram = await about.converter.find(['pandoc'])
  const dated = new Dated(threads)
  const options = exportOptions(markdown, { depth: about.options['depth'] ?? OPTIONS.depth.default })
  const pictures = new Pictures(about.media, isPlainPicture)
  const body = markdown.render(dated.threads(), { ...about, options, media: pictures.lookup })
  yield* about.converter.convert({
    program,
    args: () => [...BOUND, ...READER, '-t', writer.name, ...writer.args, '-o', 'output', 'document.md'],
    files: withPictures(
      [
        { name: 'document.md', body: streamSafe(body), most: { bytes: MOST_BYTES, failure: TOO_LARGE } },
        { name: 'document.lua', body: [FILTER] },
        ...writer.files,
      ],
      pictures,
    ),
    output: 'output',
    failures: { 251: TOO_LARGE },
    epoch: () => dated.epoch,
  })
}

/**
 * Unicode's Stream-Safe Text Format (UAX 15): an invisible joiner after thirty marks on one letter. Pandoc takes quadratic time for a run of
 * marks, minutes for 10,000 of them.
 */
export async function* streamSafe(body: Chunks): AsyncGenerator<Chunk> {
  for await (const piece of body) yield typeof piece === 'string' ? piece.replace(MARKS, '$&\u034f') : piece
}

const MARKS = /\p{M}{30}(?=\p{M})/gu

/** What the documents that pandoc makes have in common; their option is that of the markdown. */
export const OF_PANDOC = {
  ...OFFICE_DOCUMENT,
  options: { depth: OPTIONS.depth },
  ready: async (converter: Converter) => void (await converter.find(['pandoc'])),
}

/** Pandoc holds a document as a whole, some 80 kB a post. Beyond the bound it ends with 251, after minutes. */
const BOUND = ['+RTS', '-M2g', '-A2m', '-RTS']

/** Markdown for which that is never enough: pandoc holds about 300 bytes for each. Only a stream gets so much, which has no room for parts (`parts.ts`). */
const MOST_BYTES = 8_000_000

const TOO_LARGE = [
  'Pandoc needs more than 2 GB of memory for this document, and no document was written.',
  'Name a file (-o NAME.docx), which is written in parts, or export fewer threads at a time. Another format takes threads of any length: -f html, which a browser also prints, or -f md.',
] as const

/** What members cannot have meant: our markdown names its links, and has no emoji words, notes and check boxes. */
const WITHOUT = ['raw_html', 'emoji', 'footnotes', 'task_lists', 'autolink_bare_uris']

const READER = ['-f', ['gfm', ...WITHOUT].join('-'), '--standalone', '--lua-filter=document.lua', '--data-dir=.']
