import { type Command, Option } from 'commander'
import type { OtherIds } from '../../../export/coding/annotated-archive.js'
import type { CodedArchive } from '../../../export/coding/coded-archive.js'
import type { AnnotationFile } from '../../../export/coding/records.js'
import { type SamplePlan, type SampleRequest, STRATIFICATIONS } from '../../../export/coding/sample.js'
import type { Exporter, ShownStatus } from '../../../export/exporter.js'
import { shownThreads } from '../../../export/shown.js'
import { sampleWords } from '../../../export/words/collection.js'
import type { ArchiveReader, Selection, StoredThread } from '../../../model/archive.js'
import type { SampleFigures } from '../../../model/coding/sample.js'
import { readTextFile } from '../../files/text-file.js'
import { collect, wholeAbove0 } from '../../options/flag-values.js'
import type { Globals } from '../../options/globals.js'
import { union } from '../../options/selection.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine } from '../../text/terminal-text.js'

/** What researchers ask for: a random sample, and their own codes. */
export interface CodingOptions extends SampleRequest {
  annotations?: string[]
}

export function addCodingFlags(command: Command): void {
  addSampleFlags(command).option(
    '--annotations <file>',
    'codes and notes of coders on posts, for tables, jsonl, json and qdpx; may be given several times',
    collect,
  )
}

export const addSampleFlags = (command: Command): Command =>
  command
    .option('--sample <threads>', 'draw so many of the threads at random (default: all of them)', wholeAbove0)
    .option('--seed <words>', 'draw the same threads as with this seed before (default: one is made, and said)')
    .addOption(
      new Option(
        '--stratify <by>',
        'draw of each group, or month (UTC), in proportion (default: of all together)',
      ).choices(STRATIFICATIONS),
    )

export const readAnnotationFiles = (names: readonly string[], io: Io): Promise<AnnotationFile[]> =>
  Promise.all(names.map(async name => ({ name, text: await readTextFile(name, 'file of annotations', ADVICE, io) })))

const ADVICE = 'Name a CSV file with the columns id (or url), coder, code and note.'

/** How threads are drawn, null: no sample is; and what coders say of posts. */
export interface CodingWishes {
  plan: SamplePlan | null
  annotations: readonly AnnotationFile[]
}

interface SelectedFormat {
  exporter: Exporter
  selections: readonly Selection[]
}

/** All formats have the same threads, because a sample leaves the same types out of all. */
export async function codedOf(
  formats: readonly SelectedFormat[],
  { plan, annotations }: CodingWishes,
  status: ShownStatus | undefined,
  reader: ArchiveReader,
  otherIds: OtherIds = null,
): Promise<CodedArchive> {
  const { codedArchive } = await import('../../../export/coding/coded-archive.js')
  const selections = formats[0]?.selections ?? []
  const selected = (shown: ShownStatus) => threadsOf(selections, reader, shown)
  const exporters = formats.map(({ exporter }) => exporter)
  return codedArchive(reader, { annotations, status }, plan, selected, exporters, otherIds)
}

export function threadsOf(
  selections: readonly Selection[],
  reader: ArchiveReader,
  status: ShownStatus,
): Iterable<StoredThread> {
  const isNamed = selections.some(({ threads = [] }) => threads.length > 0)
  const threads = union<StoredThread>(selections, selection => reader.threads(selection))
  return shownThreads(threads, status, isNamed)
}

/** Also with `--quiet` if nobody has named the seed: it is needed to draw the same threads again. */
export function saySample({ sample }: CodedArchive, { quiet, seed }: Globals & SampleRequest, io: Io): void {
  if (sample && !(quiet && seed)) io.stderr.write(sampleLines(sample))
}

/** More strata than this are only in the list of exports. */
const MOST_STRATA = 12

/** What was drawn of what, in lines for stderr. */
function sampleLines(sample: SampleFigures): string {
  const strata = sample.strata.map(({ name, drawn, of }) => `${terminalLine(name) || 'none'} ${drawn} of ${of}`)
  const shown = strata.slice(0, MOST_STRATA).join(', ')
  const more = strata.length > MOST_STRATA ? `, and ${strata.length - MOST_STRATA} more` : ''
  return `Sample: ${terminalLine(sampleWords(sample))}.${strata.length > 0 ? ` ${shown}${more}.` : ''}\n`
}
