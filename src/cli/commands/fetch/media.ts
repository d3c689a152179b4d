import { type Command, Option } from 'commander'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { notes } from '../../help/layout.js'
import { addFetchFlags, addRunFlags, DEFAULT_PAUSE, type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import { archiveFile, type Globals, readArchive, withArchive } from '../../options/globals.js'
import { addFileFlags, fileOptions, type MediaFlags } from '../../options/media-flags.js'
import { mediaJson, mediaLines, mediaRows } from '../../render/media.js'
import type { Io } from '../../terminal/io.js'
import { printForm } from '../../terminal/print.js'
import { printReport, withRun } from './run-command.js'

export interface Options extends Globals, FetchFlags, MediaFlags {
  words: string[]
  missing?: boolean
  kept?: boolean
  again?: boolean
}

export const examples = [
  'media',
  'media list --missing --json',
  'media fetch',
  'media fetch https://community.example/groups/gardeners/ --media-types image,document',
  'media fetch --again --media-max 500mb',
]

export function add(command: Command): void {
  command
    .description(
      'Lists the files that posts show: which are kept in the folder NAME.media beside\n' +
        'the archive, which are missing, and why. "fetch" fetches those that are not kept\n' +
        'yet, as archive --media and sync --media do after reading posts.',
    )
    .argument('[action]', 'list (default) or fetch')
    .argument('[target...]', 'fetch: only files of these groups, threads, members or communities (URLs)')
  command
    .optionsGroup('What to list:')
    .option('--kept', 'only files that are kept')
    .addOption(new Option('--missing', 'only files that are not kept').conflicts('kept'))
  addFileFlags(command)
  command.option('--again', 'fetch: also request what earlier runs could not get, before its time')
  addFetchFlags(command)
  addRunFlags(command)
  command
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document: list threadkeep.media/1, fetch threadkeep.run/1')
    .option('--newline', 'print progress as lines, one in ten seconds, also into a log')
    .option('--log-json <file>', 'append each response, wait and warning to a file, one JSON object per line')
    .addHelpText('after', notes(HELP))
}

const HELP = `
A file that its host does not have is requested again after a week, then after
two, four, and so on. A file on another host than the community is requested
without your login, if its robots.txt allows it, and never from a private
network. The kind of a file is judged by its content.`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const [action = 'list', ...words] = options.words
  if (action === 'fetch') return fetch(words, options, io)
  if (action !== 'list')
    throw new UsageError(
      `"${action}" is nothing that media can do.`,
      'Use list or fetch, or nothing to list the files.',
    )
  if (words.length > 0) throw new UsageError('list takes no targets.', 'Use --missing or --kept, or fetch TARGET.')
  await list(options, io)
  return EXIT.done
}

const list = (options: Options, io: Io): Promise<void> =>
  withArchive('read', options, io, async ({ media }) => {
    const items = () => media.items(options.kept ? 'kept' : options.missing ? 'missing' : 'all')
    const counts = media.counts()
    const form = {
      json: mediaJson(archiveFile(options, io), media.folder.path, counts, items()),
      rows: mediaRows(items()),
      lines: (_width: number, paint: Parameters<typeof mediaLines>[2]) => mediaLines(items(), counts, paint),
    }
    await printForm(form, options, io)
  })

async function fetch(words: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const { fetchMedia, mediaLimitsOf, targetOf } = await import('../../../run/run.js')
  const targets = words.length > 0 ? words.map(word => targetOf(word)) : null
  const limits = mediaLimitsOf(fileOptions(options))
  const sites = targets ?? (await sitesOf(options, io))
  const how = await fetchOptions(sites, { ...options, media: false }, io)
  // A pause that the command line names replaces those of the targets.
  const ownPace = options.sleepRequests !== DEFAULT_PAUSE
  const request = { targets, limits, again: options.again === true, ownPace }
  const report = await withRun(options, io, deps => fetchMedia(request, how, deps))
  await printReport(report, options, io)
  return report.exitCode
}

/** Opening the archive to write would make a missing one. */
const sitesOf = (options: Options, io: Io): Promise<string[]> =>
  readArchive(options, io, async ({ reader }) => reader.status().targets.map(({ url }) => url))
