import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { PrivacyRequest } from '../../../export/pseudonyms/request.js'
import type { ArchiveReader } from '../../../model/archive.js'
import { localeOf } from '../../../model/locale/locale.js'
import type { Digest } from '../../../model/reports/digest.js'
import { keepHeapSmall } from '../../../run/parsing/heap.js'
import { notes } from '../../help/layout.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { addPeriod, type PeriodOptions, periodOf } from '../../options/period.js'
import { addPseudonymFlags, coveredBy, type PseudonymOptions, pseudonymsOf } from '../../options/pseudonym-flags.js'
import { selectionsOf } from '../../options/selection.js'
import { localeFlag } from '../../options/telling-flags.js'
import type { Io } from '../../terminal/io.js'
import { refuseOtherExtension, writeDocument } from './write-document.js'

export interface Options extends Globals, PeriodOptions, PseudonymOptions {
  words: string[]
  locale?: string
}

export const examples = [
  'digest',
  'digest gardeners --since today-1week -o news.md',
  'sync; threadkeep digest | pandoc -f gfm -t html',
]

export function add(command: Command): void {
  command
    .description(
      'Writes what is new in the groups as one markdown document: new threads, new\n' +
        'replies by thread, edits, posts that are gone, new names.\n' +
        'The same archive and dates give the same bytes.',
    )
    .argument('[group...]', 'only these groups: slug, name, id or URL')
    .optionsGroup('What to include:')
  addPeriod(command)
  command
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'write to this file, completely or not at all (default: stdout)')
    .addOption(localeFlag('the document'))
  addPseudonymFlags(command.optionsGroup('What to withhold (it does not anonymise):')).addHelpText('after', notes(HELP))
}

const HELP = `
A post is new if it was first read in this period and was written after the
previous run read its group. Older posts (approved late, for example) have a
section of their own, and posts from a group's first archive run are only
counted. "last" is the newest finished run of archive or sync, together with the
interrupted runs that it continued.
For programs: threadkeep changes --json has all that a digest is made of.
With pseudonyms, new names of members are left out.`

export async function run(options: Options, io: Io): Promise<void> {
  refuseOtherExtension(options.output, ['.md'], 'a digest in markdown')
  keepHeapSmall()
  const locale = localeOf(options.locale)
  const { NOTICES, renderDigest } = await import('../../../export/index.js')
  const privacy = await pseudonymsOf(options, io)
  await readArchive(options, io, async archive => {
    const period = periodOf(options, archive.changes, io)
    const selections = selectionsOf(archive.reader, { group: options.words })
    const digest = archive.digest({ since: period.since, until: period.until, selections }, NOTICES)
    const until = options.until === undefined ? digest.until : period.until
    const real = { ...digest, since: period.shownFrom, until }
    const shown = privacy.pseudonyms === undefined ? real : await covered(real, privacy, archive.reader, options, io)
    await writeDocument(renderDigest(shown, locale), options, io)
  })
}

async function covered(
  digest: Digest,
  privacy: PrivacyRequest,
  reader: ArchiveReader,
  { output }: Options,
  io: Io,
): Promise<Digest> {
  const outputs = output === undefined || output === '-' ? [] : [resolve(io.cwd, output)]
  const { coveredDigest } = await import('../../../export/pseudonyms/covered-digest.js')
  return coveredDigest(digest, (await coveredBy(privacy, outputs, reader, io)).cover)
}
