import type { Command } from 'commander'
import { NOTICES } from '../../../export/exporter.js'
import type { ArchiveReader, Selection } from '../../../model/archive.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import type { Statistics, StatisticsRequest } from '../../../model/reports/statistics.js'
import { whole } from '../../options/durations.js'
import { type FilterOptions, filterOf } from '../../options/filters.js'
import { archiveFile, type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals, FilterOptions {
  words: string[]
  top: number
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Counts what the archive holds, or chosen groups and threads of it: posts,\n' +
        'people, depth, answers, months.\n' +
        'When the output is no terminal it is tab-separated: a key and its value, then\n' +
        'rows of months and people.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed')
    .optionsGroup('What to count:')
    .option('--after <date>', 'posts written at or after this date (UTC): 2024-05-01, today-2weeks')
    .option('--before <date>', 'posts written before this date (UTC)')
    .option('--types <names>', 'only threads that open with these item types, such as activity_update; all for all')
    .option('--top <people>', 'how many people to name', whole, 10)
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.stats/1)')
    .addHelpText('after', HELP)
    .action(async (words: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), words }, io)))
}

const HELP = `
What is counted:
  posts         Opening posts and replies; also those that are gone from the
                site by now, and how many these are. Membership notices are
                left out, unless --types names them.
  period        Posts whose date certainly lies in it. Where a site tells only
                an interval that reaches across a border, the post counts
                nowhere, and is told as unsure.
  people        Members who wrote one of these posts. Who only reads leaves no
                trace in an archive, and is not known.
  received      Replies of others to posts of this person.
  depth         0 for an opening post, 1 for an answer to it. A reply to a
                post that is not held has depth 1.
  thread size   Replies to threads that were begun in the period, with all
                their replies, later ones too. Unanswered: none by another
                person.
  first reply   Time from an opening post to the first reply by another
                person.
  each reply    Time from a post to a reply that another person gave to it.
                Both only where the dates are known to the second, and the
                answer is not dated before the question; how many were left
                out is told.
  median, p90   The middle value (the mean of the two middle ones); the least
                one that at least 90 % of the values do not exceed.
  Gini          Of the posts a person: 0 if all wrote the same number, towards
                1 if one wrote all. The most active tenth is rounded up.
  reciprocity   Of all pairs where A has answered B: those where B has
                answered A, too.
  months        UTC, from the first to the last with a post; those without any
                are there with 0. A post whose month is not known is in none.
${examples('stats', 'stats gardeners --after 2024-01-01 --before 2025-01-01', 'stats --top 50 --json > stats.json')}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { after, before, ...types } = filterOf(options, NOTICES, io)
  await withArchive('read', options, io, async ({ reader, statistics }) => {
    const selections = await chosen(options.words, types, reader)
    const period = { ...(after && { after }), ...(before && { before }) }
    const figures = statistics.of({ selections, ...period, top: options.top })
    const { closedLines, print } = await import('../../terminal/print.js')
    if (options.json) return print(io.stdout, [await jsonOf(figures, { selections, ...period }, options, io)])
    if (figures.counts.posts > 0) {
      await print(io.stdout, closedLines(await linesOf(figures, options, io)))
      if (types.withoutTypes && io.stdout.isTTY && !io.stdout.closed && !options.quiet) io.stderr.write(LEFT_OUT)
      return
    }
    if (!options.quiet) io.stderr.write(`${nothing(figures, reader)}\n`)
  })
  return EXIT.done
}

/** Else the figures would seem to contradict those of list and status. */
const LEFT_OUT = 'Membership notices are not counted; --types all counts them, too.\n'

/** A thread that is named alone is wanted whatever its type is. */
async function chosen(words: string[], types: Selection, reader: ArchiveReader): Promise<Selection[]> {
  if (words.length === 0) return [types]
  const { selectionsOf } = await import('../../options/selection.js')
  return selectionsOf(reader, { words, groups: [], threads: [] }, types)
}

async function linesOf(figures: Statistics, options: Options, io: Io): Promise<Iterable<string>> {
  if (!io.stdout.isTTY) return (await import('../../render/stats-rows.js')).statsRows(figures)
  const { statsLines } = await import('../../render/stats-lines.js')
  return statsLines(figures, io.stdout.width, await paintFor(io.stdout, io, options.color))
}

async function jsonOf(
  figures: Statistics,
  { selections, after, before }: Omit<StatisticsRequest, 'top'>,
  options: Options,
  io: Io,
): Promise<string> {
  const { terminalJson } = await import('../../text/terminal-text.js')
  const selection = {
    groups: selections.flatMap(({ groups = [] }) => groups),
    threads: selections.flatMap(({ threads = [] }) => threads),
    after: after ?? null,
    before: before ?? null,
    types: selections[0]?.types ?? null,
    withoutTypes: selections[0]?.withoutTypes ?? [],
  }
  return `${terminalJson({ schema: 'threadkeep.stats/1', archive: archiveFile(options, io), selection, ...figures })}\n`
}

/** No figures are no failure, but silence would look like one. */
function nothing({ dates }: Statistics, reader: ArchiveReader): string {
  for (const _ of reader.threadSummaries({}))
    return dates.unsure > 0
      ? 'No post was certainly written in this period; of some only an interval is known, which reaches across its border.'
      : 'No post is of this selection and period; see --types.'
  return 'The archive holds no discussions yet.'
}
