import type { Command } from 'commander'
import type { Archive } from '../../../archive/index.js'
import { parseDate } from '../../../model/dates.js'
import type { Instant } from '../../../model/discussion.js'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { wholeAbove0 } from '../../options/durations.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { ResolvedPost } from '../../options/resolve-post.js'
import type { DiffChange } from '../../render/diff-changes.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals {
  name: string
  post?: boolean
  since?: string
  from?: number
  to?: number
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Shows word by word what was edited in a thread or a post: [-removed-] and {+added+}.\n' +
        'Without options each edit since the first text is shown, one after the other.',
    )
    .argument('<thread|post>', 'id or permalink; a thread is taken with all its posts, a reply alone')
    .optionsGroup('What to compare:')
    .option('--post', 'of a thread its opening post alone')
    .option(
      '--since <date>',
      'what changed from this date on (UTC): edits as one, new posts, posts that are gone or back',
    )
    .option('--from <number>', 'one post: from this text (default: 1, the first)', wholeAbove0)
    .option('--to <number>', 'one post: to this text (default: the present one)', wholeAbove0)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.diff/1)')
    .addHelpText('after', HELP)
    .action(async (name: string, _own, self: Command) => done(await run({ ...self.optsWithGlobals(), name }, io)))
}

const HELP = `
With --from or --to a thread stands for its opening post.
${examples('diff 237', 'diff 237 --since yesterday', 'diff 240 --from 1 --to 3', 'diff 237 --json > diff.json')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const since = sinceOf(options, io)
  await withArchive('read', options, io, async archive => {
    const [{ resolvePost }, { closedLines, print }] = await Promise.all([
      import('../../options/resolve-post.js'),
      import('../../terminal/print.js'),
    ])
    const named = resolvePost(options.name, archive, options.post === true || isOfTexts(options))
    const changes = await changesFor(named, archive, options, since)
    if (options.json) {
      const { diffJson } = await import('../../render/diff-json.js')
      await print(io.stdout, diffJson(named, since, changes))
    } else {
      const { diffLines } = await import('../../render/diff-lines.js')
      const paint = await paintFor(io.stdout, io, options.color)
      await print(io.stdout, closedLines(diffLines(changes, io.stdout.width, paint)))
    }
    if (changes.length === 0 && !options.quiet) io.stderr.write(`${nothing(named, options, since)}\n`)
  })
  return EXIT.done
}

const isOfTexts = ({ from, to }: Options): boolean => from !== undefined || to !== undefined

function sinceOf(options: Options, io: Io): Instant | null {
  if (options.since === undefined) return null
  if (isOfTexts(options))
    throw new UsageError('--since and --from or --to exclude each other.', 'Name a date, or numbers of texts.')
  return parseDate(options.since, io.now())
}

async function changesFor(
  named: ResolvedPost,
  archive: Archive,
  options: Options,
  since: Instant | null,
): Promise<DiffChange[]> {
  const { allEdits, changesSince, editBetween } = await import('../../render/diff-changes.js')
  if (since !== null) return [...changesSince(named, archive, since)]
  return isOfTexts(options) ? editBetween(named, archive, options.from, options.to) : [...allEdits(named, archive)]
}

/** No change is no failure, but silence would look like one. */
function nothing({ place, alone }: ResolvedPost, options: Options, since: Instant | null): string {
  const what = alone ? `post ${place.id}` : `thread ${place.thread}`
  if (since !== null) return `Nothing has changed in ${what} since ${since}, as far as the archive has seen.`
  if (isOfTexts(options)) return `These are the same text of ${what}.`
  return `No text of ${what} was edited, as far as the archive has seen.`
}
