import { resolve } from 'node:path'
import type { Command } from 'commander'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import type { MergeInput, MergeReport } from '../../../model/reports/merge.js'
import { VERSION } from '../../../model/version.js'
import { seconds } from '../../options/durations.js'
import { commandLine, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'
import { count } from '../../text/phrases.js'

export interface Options extends Globals {
  files: string[]
  output?: string
  into?: string
  label?: string[]
  force?: boolean
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Puts archives together: every post once, by its site and id, with all its\n' +
        'texts and who has seen it.\n' +
        'The files that are named are only read. The order does not matter, and merging\n' +
        'the same again changes nothing.',
    )
    .argument('<archive...>', 'files of archives')
  addFlags(command)
  command
    .addHelpText('after', HELP)
    .action(async (files: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), files }, io)))
}

function addFlags(command: Command): void {
  command
    .optionsGroup('Where it goes:')
    .option('-o, --output <file>', 'a new archive, complete or absent')
    .option('--force', 'with -o: also in the place of a file that is there')
    .option('--into <file>', 'an archive that is there: it takes the others over')
    .option('--wait-lock <time>', 'wait so long for another run that holds the archive, such as 10m', seconds)
    .optionsGroup('Who saw what:')
    .option('--label <name>', 'what the readers of an archive are called by; of several: FILE=NAME', collect)
    .optionsGroup('Output:')
    .option('--json', 'print the report as one JSON document')
}

const collect = (value: string, before: string[] = []) => [...before, value]

const HELP = `
The later reading tells text, names and place of a post; other texts stay as
its earlier ones. A post is gone where somebody who could see it missed it
after all sightings. "visitor" is the same reader everywhere; a member is
called by the name of the file, such as session@anna. Whatever still waited to
be fetched is asked anew by the next run.
${examples('merge anna.db ben.db -o all.db', 'merge ben.db --into anna.db', 'merge anna.db b.db --label b.db=ben -o all.db')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const [{ inputsOf, intoFile }, { withNewArchive }] = await Promise.all([
    import('../../options/merge-inputs.js'),
    import('../../files/atomic-archive.js'),
  ])
  if (options.db !== undefined) throw new UsageError('merge does not take --db.', 'Write --into FILE, or -o FILE.')
  if ((options.output === undefined) === (options.into === undefined)) throw nowhere(options)
  const place = resolve(io.cwd, options.output ?? options.into ?? '')
  const inputs = inputsOf(options.files, options.label ?? [], place, io.cwd)
  const work = (file: string) => merged(file, inputs, options, io)
  const report =
    options.into === undefined ? await withNewArchive(place, options.force === true, work) : await work(intoFile(place))
  await tell(report, place, options, io)
  return EXIT.done
}

const nowhere = ({ output, files }: Options): UsageError =>
  output === undefined
    ? new UsageError(
        'Where is the result to go?',
        `Name a new file with -o, or one of these archives: --into ${files[0]}`,
      )
    : new UsageError('-o and --into exclude each other.', 'Name one of them.')

const merged = (db: string, inputs: MergeInput[], options: Options, io: Io): Promise<MergeReport> =>
  withArchive('write', { ...options, db }, io, async archive => {
    const { merger, forgetting } = archive
    const report = merger.merge(inputs, { command: commandLine(io), version: VERSION, now: io.now })
    if (merger.erasedMembers > 0)
      io.stderr.write(
        `${count(merger.erasedMembers, 'member')} whom one of the archives had forgotten: forgotten here, too.\n`,
      )
    forgetting.wipeRest()
    return report
  })

async function tell(report: MergeReport, output: string, options: Options, io: Io): Promise<void> {
  const [{ mergeLines, totalLine }, { terminalJson }] = await Promise.all([
    import('../../render/merge-lines.js'),
    import('../../text/terminal-text.js'),
  ])
  if (options.json) io.stdout.write(`${terminalJson({ schema: 'threadkeep.merge/1', output, ...report })}\n`)
  else if (!options.quiet) for (const line of mergeLines(report)) io.stdout.write(`${line}\n`)
  if (!options.quiet) io.stderr.write(`${totalLine(report, output)}\n`)
}
