import type { ArchiveReader, KeptCapture, PostStatus, StoredThread } from '../model/archive.js'
import type { SampleFigures } from '../model/coding/sample.js'
import type { Converter } from '../model/conversion.js'
import type { ColumnFacts } from './table/column.js'
import type { DocumentPart } from './words/pieces.js'

export { NOTICES } from '../model/columns/notices.js'

/** A part of an export: text, which is written as UTF-8, or bytes. */
export type Chunk = string | Uint8Array

/** What is rendered while it is walked; asynchronous where a format needs a library that is, such as zip. */
export type Chunks = Iterable<Chunk> | AsyncIterable<Chunk>

export type OptionValue = string | number | boolean

/** An option of one format: `-O NAME=VALUE` on the command line. Its default tells its type. */
export interface OptionSpec {
  /** One line for the help. */
  summary: string
  default: OptionValue
  /** All values that there are, where they can be listed. */
  choices?: readonly string[]
  /** True: the command line also takes it as a flag of its own, `--NAME VALUE`. */
  flag?: true
}

/** What an exporter may know besides the threads. No clock: the same archive gives the same bytes. */
export interface ExportContext {
  /** The archive that the threads come from: its groups, targets and last runs. */
  archive: ArchiveReader
  /** The selected threads once more: for a format that says something of all of them before the first. */
  again(): Iterable<StoredThread>
  /** The captures that the selected threads were read from; without a selection, all. They are read while they are walked. */
  captures(): Iterable<KeptCapture>
  /** A value for each option of the exporter, by name. */
  options: Readonly<Record<string, OptionValue>>
  /** How the threads were drawn from all that were selected; absent: all of them are there. */
  sample?: SampleFigures | undefined
  /** True: posts may have `annotations`, for which tables have columns. */
  isAnnotated?: boolean
  /** Posts that are shown. The place of any other post stays where replies need it, without its words (`shownPosts`). */
  status: ShownStatus
  /** IANA name of the time zone of documents; null: that of the site where it is known, else UTC. Data is always in UTC. */
  timezone: string | null
  /** BCP 47 tag of the locale of dates and numbers in documents; absent: `en`. Data never depends on it. */
  locale?: string
  /**
   * The local copy of a file by the URL of an attachment or avatar; null: there is none. Its path leads there from the document that is
   * rendered; for the files of a folder (`files`), from the folder itself: see `besideDocument`. Absent: no files are linked.
   */
  media?: MediaLookup
  /** Which of several documents is rendered; absent: there is one. */
  part?: DocumentPart | undefined
  /** Runs programs of others, for formats that need one. */
  converter: Converter
}

/** `use`: what the document does with the file. A document that holds its pictures shows them, and has no link to any file. */
export type MediaLookup = (url: string, use?: 'link') => LocalFile | null

/** A file of a post that the archive has. */
export interface LocalFile {
  /** Where it is, as a link from the document: relative, with `/`, percent-encoded. */
  path: string
  /** Path of the file on this machine, for programs that read it. */
  file: string
  /** Media type, judged by the content. */
  type: string
  /** Bytes. */
  size: number
  /** Name under which it was uploaded: text of a stranger. Null: not known. */
  name: string | null
  /** A picture that may be shown in the text. Anything else, SVG too, is only linked. */
  isImage: boolean
  /** The bytes, piece by piece. */
  read(): Iterable<Uint8Array>
}

/** What an export does with the files that posts show. `link`: leads to those beside the archive. `copy`: takes them along. `none`: nothing. */
export type MediaMode = 'link' | 'copy' | 'none'

/** `live`: posts that are on the site; `gone`: those that are no longer there; `all`: both. */
export type ShownStatus = PostStatus | 'all'

/** One file of an export into a folder. */
export interface ExportFile {
  /** Path below the output folder, with `/` between folders. With `/` at its end: a folder, which may stay empty. */
  name: string
  body: Chunks
  /** The thread that the file is of (`threadKey`); absent: it is of several, or of none. */
  thread?: string
  /** Which of several documents it is, where one would be too large; absent: it is alone. */
  part?: DocumentPart
}

/** What one of several documents is rendered of. */
export interface PartRendering {
  threads: Iterable<StoredThread>
  about: ExportContext
}

/** A table that a format writes. */
export interface ExportedTable {
  /** The file of a folder; empty: the one document. */
  file: string
  columns: readonly ColumnFacts[]
  /** Columns that together identify a row; absent: none do. */
  key?: readonly string[]
}

/** One output format: renders, and never opens a file. Threads and their posts are read while they are walked, so that memory stays flat. */
export interface Exporter {
  /** What `-f` takes. */
  name: string
  /** Other words for it that `-f` takes. */
  aliases?: readonly string[]
  /** One line for help and docs. */
  summary: string
  /** File name extension, without the dot. */
  extension: string
  /** `thread`: a document makes sense for each thread alone. `archive`: one document, or one set of files, of all. */
  scope: 'thread' | 'archive'
  /** Where `-f NAME` writes without `-o`. With `folder` and the scope `thread`, one thread alone goes to stdout. */
  delivery: 'stdout' | 'file' | 'folder'
  /** What it renders: threads (default), or captures, for which the types of items mean nothing. */
  content?: 'captures'
  /** Made to be published: takes private groups only if the user says so. */
  forPublic?: true
  /** True: it shows the annotations of posts. */
  annotations?: true
  /** It holds posts one by one, so that `posts: 'matching'` can leave out others; absent: it shows whole threads. */
  isFlat?: true
  /** Item types of opening posts that this format leaves out unless `--types` names them. */
  leavesOut?: readonly string[]
  /** Posts that it shows unless `--status` names others. Default: all. */
  shows?: ShownStatus
  /** True: it tells dates and numbers to people, in the forms of a locale; absent: it is data, which is the same in each. */
  tells?: true
  /** True: its documents hold the pictures of posts, so that no file is linked or copied beside them. */
  embeds?: true
  options?: Readonly<Record<string, OptionSpec>>
  /** Whether what it needs is here, asked for before anything is read. @throws KnownError (2) that says what is missing. Absent: it needs nothing. */
  ready?(converter: Converter, options: Readonly<Record<string, OptionValue>>): Promise<void>
  /** The tables that it writes with these options, for codebooks and packages; absent: none. */
  tables?(about: Pick<ExportContext, 'options' | 'isAnnotated'>): readonly ExportedTable[]
  /** Why its files cannot be in a package, as a sentence; absent: they can. */
  outsidePackages?: string
  /** The documents of these threads, where one would be too large for the program that makes it; absent: there is always one. */
  parts?(threads: Iterable<StoredThread>, about: ExportContext): readonly PartRendering[]
  /** One file, or one stream, of these threads; also the file of one thread where each has its own. */
  render(threads: Iterable<StoredThread>, about: ExportContext): Chunks
  /** The files of a folder; absent or null: one file a thread (scope `thread`), or what `render` gives as one file. */
  files?(threads: Iterable<StoredThread>, about: ExportContext): Iterable<ExportFile> | null
}

/** Identifies a thread among those of all sites. */
export const threadKey = ({ site, id }: Pick<StoredThread, 'site' | 'id'>): string => `${site} ${id}`

/** A stream of threads, each rendered by itself: `open`, then threads with `between`, then `close`. */
export function* joined(
  threads: Iterable<StoredThread>,
  renderOne: (thread: StoredThread) => Iterable<string>,
  { open = '', between = '', close = '' } = {},
): Generator<string> {
  yield open
  let first = true
  for (const thread of threads) {
    if (!first) yield between
    first = false
    yield* renderOne(thread)
  }
  yield close
}
