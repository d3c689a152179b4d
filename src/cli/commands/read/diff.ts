import type { Command } from 'commander'
import type { ReadableArchive } from '../../../archive/reading.js'
import { parseDate } from '../../../model/dates.js'
import type { Instant } from '../../../model/discussion.js'
import { UsageError } from '../../../model/errors.js'
import { notes } from '../../help/layout.js'
import { wholeAbove0 } from '../../options/flag-values.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { type ResolvedPost, resolvePostOrThread } from '../../options/resolve.js'
import { diffJson, diffLines } from '../../render/diff.js'
import { allEdits, changesSince, type DiffChange, editBetween } from '../../render/diff-changes.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'

export interface Options extends Globals {
  word: string
  post?: boolean
  since?: string
  from?: number
  to?: number
}

export const examples = [
  'diff 237',
  'diff 237 --since yesterday',
  'diff 240 --from 1 --to 3',
  'diff 237 --json > diff.json',
]

export function add(command: Command): void {
  command
    .description(
      'Shows word by word what was edited in a thread or a post: [-removed-] and {+added+}.\n' +
        'Without options, each edit since the first text is shown, one after the other.',
    )
    .argument('<thread|post>', 'id or permalink; a thread means all its posts, a reply only itself')
    .optionsGroup('What to compare:')
    .option('--post', 'only the opening post of a thread')
    .option(
      '--since <date>',
      'what changed since this date (UTC): all edits of a post as one, new posts, posts that are gone or back (default: each edit, one after the other)',
    )
    .option('--from <number>', 'one post: from this text (default: 1, the first)', wholeAbove0)
    .option('--to <number>', 'one post: to this text (default: the present one)', wholeAbove0)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.diff/1)')
    .addHelpText('after', notes(HELP))
}

const HELP = `
With --from or --to, a thread means its opening post.`

export async function run(options: Options, io: Io): Promise<void> {
  const since = sinceOf(options, io)
  await readArchive(options, io, async archive => {
    const named = resolvePostOrThread(options.word, archive, options.post === true || isOfTexts(options))
    let found = 0
    const changes = counted(changesFor(named, archive, options, since), () => found++)
    const lines: Forms['lines'] = (width, paint) => diffLines(changes, width, paint)
    await printForm({ json: diffJson(named, since, changes), lines }, options, io)
    if (found === 0 && !options.quiet) io.stderr.write(`${unchangedWords(named, options, since)}\n`)
  })
}

const isOfTexts = ({ from, to }: Options): boolean => from !== undefined || to !== undefined

function sinceOf(options: Options, io: Io): Instant | null {
  if (options.since === undefined) return null
  if (isOfTexts(options))
    throw new UsageError(
      '--since cannot be used together with --from or --to.',
      'Name either a date or the numbers of two texts.',
    )
  return parseDate(options.since, io.now())
}

function changesFor(
  named: ResolvedPost,
  archive: ReadableArchive,
  options: Options,
  since: Instant | null,
): Iterable<DiffChange> {
  if (since !== null) return changesSince(named, archive, since)
  return isOfTexts(options) ? editBetween(named, archive, options.from, options.to) : allEdits(named, archive)
}

/** The same changes; `count` is called for each. */
function* counted(changes: Iterable<DiffChange>, count: () => void): Generator<DiffChange> {
  for (const change of changes) {
    count()
    yield change
  }
}

/** No change is not a failure, but no output at all would look like one. */
function unchangedWords({ place, alone }: ResolvedPost, options: Options, since: Instant | null): string {
  const what = alone ? `post ${place.id}` : `thread ${place.thread}`
  if (since !== null) return `Nothing has changed in ${what} since ${since}, as far as the archive has seen.`
  if (isOfTexts(options)) return `The two texts of ${what} are the same.`
  return `No text of ${what} was edited, as far as the archive has seen.`
}
