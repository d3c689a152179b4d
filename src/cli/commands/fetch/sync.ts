import { type Command, Option } from 'commander'
import type { ExitCode } from '../../../model/errors.js'
import { seconds, wholeAbove0 } from '../../options/durations.js'
import { addFetchFlags, addRunFlags, type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'
import { printReport, withRun } from './run-command.js'

export interface Options extends Globals, FetchFlags {
  targets: string[]
  lookBack: number
  audit?: number
  full?: boolean
  explain?: boolean
  json?: boolean
  /** The pause was given, not taken from the default. */
  ownPace?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Brings all that was archived up to date, or the targets that are named: new\n' +
        'posts, new replies on old threads, edits, deletions, new names. Each target is\n' +
        'read as it was archived first (route, pause). Nothing is lost: earlier texts\n' +
        'become revisions, and what is gone from the site keeps its text.',
    )
    .argument('[target...]', 'only these: URLs as they were archived')
  addFlags(command)
  command
    .addHelpText('after', HELP)
    .action(async (targets: string[], _own, self: Command) =>
      done(await run({ ...self.optsWithGlobals(), targets, ownPace: isGiven(self, 'sleepRequests') }, io)),
    )
}

const isGiven = (command: Command, option: string): boolean => command.getOptionValueSource(option) === 'cli'

function addFlags(command: Command): void {
  command
    .optionsGroup('How much to read:')
    .addOption(
      new Option('--look-back <time>', 'of large targets: read threads again that are younger than this')
        .argParser(seconds)
        .default(30 * 86_400, '30d'),
    )
    .option(
      '--audit <threads>',
      'read so many other threads again, those first that were read longest ago',
      wholeAbove0,
    )
    .option('--full', 'read all again, however much that is')
    .option('--explain', 'say why each thread was read or left, and why each request was made')
    .addOption(
      new Option('--via <route>', 'how to read the site (default: as at first)').choices([
        'auto',
        'rest',
        'ajax',
        'page',
      ]),
    )
  addFetchFlags(command)
  addRunFlags(command)
  command
    .option('--wait-lock <time>', 'wait so long for another run that holds the archive, such as 10m', seconds)
    .optionsGroup('Output:')
    .option('--json', 'print the report of the run as one JSON document')
    .option('--log-json <file>', 'add each answer, wait and warning to a file, one JSON object a line')
}

const HELP = `
Targets of up to 500 threads are read whole. Of larger ones are read: the
threads within the look-back, all replies since the last sync where the site's
REST interface lists them, and by turns the threads that were read longest
ago.
${examples('sync', 'sync https://community.example/groups/gardeners/', 'sync --look-back 90d --audit 1000', 'sync --full --explain')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { targets, full, explain, audit, lookBack, via, ownPace } = options
  const { syncTargets, targetOf } = await import('../../../run/run.js')
  const wanted = targets.length > 0 ? targets.map(word => targetOf(word)) : await registered(options, io)
  const given = { ...options, sleepRequests: ownPace ? options.sleepRequests : ([0, 0] as const) }
  const how = await fetchOptions(wanted, given, io)
  const much = { full: full === true, explain: explain === true, audit: audit ?? null, lookBackSeconds: lookBack }
  const request = { targets: wanted, ...much, via: via ?? null, ownPace: ownPace === true }
  const report = await withRun(options, io, deps => syncTargets(request, how, deps))
  await printReport(report, options, io)
  return report.exitCode
}

const registered = (options: Options, io: Io): Promise<string[]> =>
  withArchive('read', options, io, async ({ reader }) => reader.status().targets.map(({ url }) => url))
