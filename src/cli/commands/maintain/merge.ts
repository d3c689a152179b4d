import { resolve } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../../../model/errors.js'
import type { MergeInput, MergeReport } from '../../../model/reports/merge.js'
import type { Step } from '../../../model/steps.js'
import { VERSION } from '../../../model/version.js'
import { withNewArchive } from '../../files/atomic-archive.js'
import { notes } from '../../help/layout.js'
import { collect, waitLock } from '../../options/flag-values.js'
import { commandLine, type Globals, withArchive } from '../../options/globals.js'
import { existingArchive, inputsOf } from '../../options/merge-inputs.js'
import { mergeLines, totalLine } from '../../render/merge-lines.js'
import type { Io } from '../../terminal/io.js'
import { printLines } from '../../terminal/print.js'
import { withSteps } from '../../terminal/steps.js'
import { count } from '../../text/phrases.js'
import { terminalJson } from '../../text/terminal-text.js'

export interface Options extends Globals {
  words: string[]
  output?: string
  into?: string
  label?: string[]
  force?: boolean
}

export const examples = [
  'merge anna.db ben.db -o all.db',
  'merge ben.db --into anna.db',
  'merge anna.db b.db --label b.db=ben -o all.db',
]

export function add(command: Command): void {
  command
    .description(
      'Merges archives: every post once, by its site and id, with all its texts and\n' +
        'the readers who have seen it.\n' +
        'The named files are not changed. Their order does not matter, and merging the\n' +
        'same files again changes nothing.',
    )
    .argument('<archive...>', 'files of archives')
  addFlags(command)
  command.addHelpText('after', notes(HELP))
}

function addFlags(command: Command): void {
  command
    .optionsGroup('Result:')
    .option('-o, --output <file>', 'write a new archive; it is written completely or not at all')
    .option('--force', 'with -o: replace a file that exists')
    .option('--into <file>', 'merge the others into this existing archive')
    .addOption(waitLock())
    .optionsGroup('Readers:')
    .option(
      '--label <name>',
      'the name for the readers of an archive; with several archives: FILE=NAME (default: the name of the file)',
      collect,
    )
    .optionsGroup('Output:')
    .option('--json', 'print the report as one JSON document (threadkeep.merge/1)')
}

const HELP = `
The newest reading decides text, names and position of a post; other texts are
kept as earlier ones. A post is gone if a reader who could see it missed it
after all sightings. "visitor" is the same reader in every archive; a member is
named after the file, such as session@anna. Requests that were still to be made
are made by the next run.`

export async function run(options: Options, io: Io): Promise<void> {
  refuseUnclearResult(options)
  const result = resolve(io.cwd, options.output ?? options.into ?? '')
  const inputs = inputsOf(options.words, options.label ?? [], result, io.cwd)
  const work = (file: string) => merged(file, inputs, options, io)
  const report =
    options.into === undefined
      ? await withNewArchive(result, options.force === true, work)
      : await work(existingArchive(result))
  const files = await broughtFiles(result, inputs, options, io)
  await printReport({ ...report, ...files }, result, options, io)
}

/** Copies the files of the other archives into the folder of the result, once it has its name. Running it again copies what is missing. */
const broughtFiles = (db: string, inputs: readonly MergeInput[], options: Options, io: Io) =>
  withArchive('read', { ...options, db }, io, async ({ media }) => {
    const files = media.bring(inputs.map(({ file }) => file))
    return media.counts().kept > 0 ? { files } : {}
  })

function refuseUnclearResult({ db, output, into, words }: Options): void {
  if (db !== undefined) throw new UsageError('merge does not take --db.', 'Write --into FILE, or -o FILE.')
  if (output !== undefined && into !== undefined)
    throw new UsageError('-o and --into cannot be used together.', 'Name one of them.')
  if (output === undefined && into === undefined)
    throw new UsageError(
      'No file is named for the result.',
      `Name a new file with -o, or one of these archives: --into ${words[0]}`,
    )
}

const merged = (db: string, inputs: MergeInput[], options: Options, io: Io): Promise<MergeReport> =>
  withArchive('write', { ...options, db }, io, async archive => {
    const { merger, forgetting } = archive
    const how = { command: commandLine(io), version: VERSION, now: io.now }
    const report = await orDamaged(inputs, () => withSteps(options, io, merger.steps(inputs, how), kept(options)))
    if (merger.erasedMembers > 0)
      io.stderr.write(
        `${count(merger.erasedMembers, 'member')} erased in one of the archives: erased from the result, too.\n`,
      )
    forgetting.wipeRest()
    return report
  })

/** What a stopped merge leaves, in words. */
const kept =
  ({ into }: Options) =>
  ({ done, total }: Step): string =>
    into === undefined
      ? 'nothing was written.'
      : `${done} of ${count(total, 'archive')} merged, the others not at all. Run the same command again to merge them.`

/** @throws ArchiveError that names the input whose damage has made the merge fail. */
async function orDamaged<Result>(inputs: readonly MergeInput[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const { failureOf } = await import('../../../archive/index.js')
    throw inputs.map(({ file }) => failureOf(error, file)).find(failure => failure !== error) ?? error
  }
}

async function printReport(report: MergeReport, output: string, options: Options, io: Io): Promise<void> {
  if (options.json) io.stdout.write(`${terminalJson({ schema: 'threadkeep.merge/1', output, ...report })}\n`)
  else if (!options.quiet) await printLines(io.stdout, mergeLines(report))
  if (!options.quiet) io.stderr.write(`${totalLine(report, output)}\n`)
}
