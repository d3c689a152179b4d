import { type Command, Option } from 'commander'
import type { ExitCode } from '../../../model/errors.js'
import type { RunOptions, SyncRunOptions } from '../../../run/session/run-options.js'
import { notes } from '../../help/layout.js'
import {
  addFetchFlags,
  addReportFlags,
  addRunFlags,
  DEFAULT_PAUSE,
  type FetchFlags,
  fetchOptions,
} from '../../options/fetch-flags.js'
import { durationSeconds, wholeAbove0 } from '../../options/flag-values.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { addMediaFlags, type MediaFlags, mediaOptions } from '../../options/media-flags.js'
import type { Io } from '../../terminal/io.js'
import { printReport, withRun } from './run-command.js'

export interface Options extends Globals, FetchFlags, MediaFlags, Omit<SyncRunOptions, keyof RunOptions> {
  words: string[]
}

export const examples = [
  'sync',
  'sync https://community.example/groups/gardeners/',
  'sync --look-back 90d --audit 1000',
  'sync --full --explain',
  'sync --media',
  'sync --moved',
  'sync --db /srv/archive.db --time-limit 2h --wait-lock 10m --json > report.json',
]

export function add(command: Command): void {
  command
    .description(
      'Updates everything that was archived, or only the named targets: new posts, new\n' +
        'replies in old threads, edits, deletions, new names. Each target is read in the\n' +
        'same way as before (route, pause). Nothing is lost: earlier texts become\n' +
        'revisions, and posts that are gone from the site keep their text.',
    )
    .argument('[target...]', 'only these targets: the URLs under which they were archived')
  addHowMuchFlags(command)
  addMediaFlags(command)
  addFetchFlags(command)
  addRunFlags(command)
  addReportFlags(command)
  command.addHelpText('after', notes(HELP))
}

export const addHowMuchFlags = (command: Command): void =>
  void command
    .optionsGroup('How much to read:')
    .addOption(
      new Option('--look-back <time>', 'in large targets, read threads again that are younger than this')
        .argParser(durationSeconds)
        .default(30 * 86_400, '30d'),
    )
    .option(
      '--audit <threads>',
      'also read this many other threads again, the ones read longest ago first (default: of large targets 500 by REST, 100 by other routes)',
      wholeAbove0,
    )
    .option('--full', 'read everything again')
    .option('--moved', 'if a community has moved, rename it in the archive and read it at its new address')
    .option('--explain', 'say why each thread was read or not, and why each request was made')
    .addOption(
      new Option('--via <route>', 'how to read the site (default: as before)').choices([
        'auto',
        'rest',
        'ajax',
        'page',
      ]),
    )

const HELP = `
Targets with up to 500 threads are read completely. In larger ones, sync reads
the threads within the look-back, all replies since the last sync (if the site's
REST interface lists them), and in each run some of the other threads, the ones
read longest ago first.

A community has moved if its pages redirect for good (301) to the same pages at
one other address. Without --moved, sync reads nothing there, and says which
"threadkeep targets rename" does it.`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { syncRequestOf, syncTargets, targetOf } = await import('../../../run/run.js')
  const ownPace = namesPause(options)
  const targets =
    options.words.length > 0 ? options.words.map(word => targetOf(word)) : await registeredTargets(options, io)
  const sleepRequests = options.sleepRequests === DEFAULT_PAUSE ? ([0, 0] as const) : options.sleepRequests
  const media = mediaOptions(options) ?? false
  const how = await fetchOptions(targets, { ...options, sleepRequests, media }, io)
  const request = syncRequestOf({ ...options, media, ...(ownPace && { pace: options.sleepRequests }) }, targets)
  const report = await withRun(options, io, deps => syncTargets(request, how, deps))
  await printReport(report, options, io)
  return report.exitCode
}

/** A pause of a file is a wish for all sites: it never makes the pause of a target shorter. */
const namesPause = ({ sleepRequests, settings }: Options): boolean =>
  sleepRequests !== DEFAULT_PAUSE && !settings?.given.get('sleep-requests')?.source.endsWith('file')

const registeredTargets = (options: Options, io: Io): Promise<string[]> =>
  readArchive(options, io, async ({ reader }) => reader.status().targets.map(({ url }) => url))
