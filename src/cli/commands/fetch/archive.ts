import { type Command, Option } from 'commander'
import { type ExitCode, UsageError } from '../../../model/errors.js'
import type { RunReport } from '../../../model/reports/run.js'
import type { ArchiveOptions, RunDeps } from '../../../run/run.js'
import { readTextFile } from '../../files/text-file.js'
import {
  addFetchFlags,
  addReportFlags,
  addRoute,
  addRunFlags,
  DEFAULT_PAUSE,
  type FetchFlags,
  fetchOptions,
} from '../../options/fetch-flags.js'
import type { Globals } from '../../options/globals.js'
import { addMediaFlags, type MediaFlags, mediaOptions } from '../../options/media-flags.js'
import type { Io } from '../../terminal/io.js'
import { printReport, withRun } from './run-command.js'

export interface Options extends Globals, FetchFlags, MediaFlags {
  words: string[]
  batchFile?: string
  wayback?: boolean
  waybackApi?: string
  captures?: 'all' | 'newest'
}

export const examples = [
  'archive https://community.example/groups/gardeners/',
  'archive https://community.example/ --sleep-requests 2',
  'archive --wayback https://gone.example/groups/gardeners/',
  'archive --media --media-max 10mb https://community.example/groups/gardeners/',
  'archive --batch-file targets.txt --json > report.json',
]

export function add(command: Command): void {
  command
    .description(
      'Fetches the discussions of a community, a group or one thread into the archive.\n' +
        'To continue a run that was stopped, run the same command again.',
    )
    .argument('[target...]', 'the URL of a group, a thread, or a whole community')
  addFlags(command)
}

function addFlags(command: Command): void {
  command
    .optionsGroup('What to fetch:')
    .option(
      '-a, --batch-file <file>',
      'read targets from a file, one per line; # starts a comment; - is standard input',
    )
  addRoute(command)
  command
    .optionsGroup('From a web archive:')
    .option('--wayback', 'read what the Wayback Machine holds below the targets, and do not ask the community')
    .addOption(
      new Option('--captures <which>', 'with --wayback: all captures of each page, or only the newest')
        .choices(['all', 'newest'])
        .default('all'),
    )
    .option('--wayback-api <url>', 'the web archive, if it is another one', WAYBACK)
  addMediaFlags(command)
  addFetchFlags(command)
  addRunFlags(command)
  addReportFlags(command)
}

const AFTERWARDS = 'Leave out --media. If the files are still there, get them afterwards: threadkeep media fetch'

const WAYBACK = 'https://web.archive.org/'

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const batch = options.batchFile === undefined ? [] : await readBatch(options.batchFile, io)
  // Before the archive is opened: a mistyped target must not leave an empty file behind.
  const { targetOf } = await import('../../../run/run.js')
  const targets = [...new Set([...options.words, ...batch].map(word => targetOf(word)))]
  if (targets.length === 0) {
    throw new UsageError('No target was named.', 'Name the URL of a group, a thread or a community.')
  }
  const media = mediaOptions(options)
  if (media && options.wayback)
    throw new UsageError('--media fetches files from the community, which --wayback does not ask.', AFTERWARDS)
  const how = await fetchOptions(targets, { ...options, media: media ?? false }, io)
  const work = options.wayback ? await fromWayback(targets, how, options) : await fromSites(targets, how)
  const report = await withRun(options, io, work)
  await printReport(report, options, io)
  return report.exitCode
}

type Work = (deps: RunDeps) => Promise<RunReport>

async function fromSites(targets: readonly string[], how: ArchiveOptions): Promise<Work> {
  const { archiveTargets } = await import('../../../run/run.js')
  return deps => archiveTargets(targets, how, deps)
}

async function fromWayback(targets: readonly string[], how: ArchiveOptions, options: Options): Promise<Work> {
  const { apiOf, archiveFromWayback } = await import('../../../run/import/wayback.js')
  const request = { targets, api: apiOf(options.waybackApi ?? WAYBACK), newestOnly: options.captures === 'newest' }
  return deps => archiveFromWayback(request, { ...how, sleepSeconds: waybackPause(options) }, deps)
}

/** Web archives are slow, and ask programs to be so. */
const waybackPause = ({ sleepRequests }: Options) =>
  sleepRequests === DEFAULT_PAUSE ? ([1.5, 2.5] as const) : sleepRequests

/** One target per line. `#` starts a comment only at the start of a line or after a space, because a URL may have a fragment. */
export function targetsIn(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(line => line !== '')
}

/** Reads a batch file; `-` is standard input. */
export const readBatch = async (file: string, io: Io): Promise<string[]> =>
  targetsIn(await readTextFile(file, 'batch file', 'Give the path of a text file with one target a line.', io))
