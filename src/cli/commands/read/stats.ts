import { type Command, Option } from 'commander'
import { NOTICES } from '../../../export/exporter.js'
import { tableOf } from '../../../export/table/column.js'
import type { ArchiveReader } from '../../../model/archive.js'
import { type Locale, localeOf } from '../../../model/locale/locale.js'
import type { Statistics, StatisticsRequest } from '../../../model/reports/statistics.js'
import { notes } from '../../help/layout.js'
import { type FilterOptions, filterOf } from '../../options/filters.js'
import { csvFlag, whole } from '../../options/flag-values.js'
import { archiveFile, type Globals, readArchive } from '../../options/globals.js'
import { EMPTY_ARCHIVE, isEmpty, selectionsOf } from '../../options/selection.js'
import { localeFlag } from '../../options/telling-flags.js'
import { statsLines, statsRows } from '../../render/stats.js'
import { definitionsOf } from '../../render/stats-definitions.js'
import { type Gaps, gapFigures, gapsOf, gapWords } from '../../render/stats-gaps.js'
import { STATS_COLUMNS, statsTableRows } from '../../render/table/stats.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, print, printForm } from '../../terminal/print.js'
import { tabRow } from '../../text/columns.js'
import { terminalJson } from '../../text/terminal-text.js'
import { wrapped } from '../../text/wrapped.js'

export interface Options extends Globals, FilterOptions {
  words: string[]
  top: number
  by?: 'group' | 'month'
  format?: 'csv' | 'json' | 'svg'
  locale?: string
}

export const examples = [
  'stats',
  'stats gardeners --after 2024-01-01 --before 2025-01-01',
  'stats --by group',
  'stats --top 50 --json > stats.json',
  'stats -f svg > stats.svg',
]

export function add(command: Command): void {
  command
    .description(
      'Counts what the archive, or a selection of its groups and threads, holds:\n' +
        'posts, people, depth, replies, months.\n' +
        'When the output is not a terminal, it is tab-separated: a key and its value,\n' +
        'then rows of months, people and more.',
    )
    .argument('[selection...]', 'groups (slug, name, id, URL) and threads (id or permalink), mixed')
    .optionsGroup('What to count:')
    .option('--after <date>', 'posts written at or after this date (UTC): 2024-05-01, today-2weeks')
    .option('--before <date>', 'posts written before this date (UTC)')
    .option(
      '--types <names>',
      'only threads whose opening post has one of these types, such as activity_update; all for every type (default: all but membership notices)',
    )
    .option('--top <people>', 'how many of the most active people to name', whole, 10)
    .addOption(
      new Option('--by <what>', 'the same figures for each group or month (default: of all together)').choices([
        'group',
        'month',
      ]),
    )
    .optionsGroup('Output:')
    .addOption(
      new Option(
        '-f, --format <name>',
        'csv and json as below; svg: charts of activity, depth and participation, with --by also of each group or month (default: text)',
      )
        .choices(['csv', 'json', 'svg'])
        .conflicts(['csv', 'json']),
    )
    .option('--json', 'print one JSON document (threadkeep.stats/1)')
    .addOption(csvFlag())
    .addOption(localeFlag('charts (-f svg)'))
    .addHelpText('after', notes(HELP))
}

const HELP = `
Cells of a line: key, value; then rows that begin with the name of their kind:
  depth         depth, posts
  month         month, posts, threads begun, people
  newcomers     month, newcomers
  wrote         from and to how many posts (to: empty if open), people, posts
  part          with --by: group (slug) or month, name, posts, threads begun,
                people, newcomers, share of unanswered threads, median of the
                first reply in seconds, Gini, reciprocity
  weekday       day, posts
  hour          hour (UTC), posts
  person        slug, name, posts, threads begun, replies, received, URL

What is counted:
  posts         Opening posts and replies, including those that are gone from
                the site; how many these are is a figure of its own. Membership
                notices are left out, unless --types names them.
  period        Posts whose date is certainly in the period. If only an interval
                is known and it crosses a border of the period, the post is not
                counted, except as unsure.
  people        Members who wrote one of these posts. Members who only read
                leave no trace in an archive, and are not known.
  received      Replies by others to posts of this person.
  depth         0 for an opening post, 1 for a reply to it. A reply to a post
                that is not in the archive has depth 1.
  thread size   Replies to threads that began in the period, with all their
                replies, also later ones. Unanswered: no reply by another
                person.
  first reply   Time from an opening post to the first reply by another
                person.
  each reply    Time from a post to each reply by another person. Both times
                only where the dates are known to the second and the reply is
                not dated before the post; how many were left out is a figure
                of its own.
  median, p90   The middle value (the mean of the two middle ones); the smallest
                value that at least 90 % of the values do not exceed.
  Gini          Inequality of posts per person: 0 if all wrote the same number,
                close to 1 if one wrote all. The most active tenth is rounded
                up.
  reciprocity   Of all pairs where A has replied to B: those where B has
                replied to A, too.
  newcomers     People whose first post in the selection, at any time, is
                certainly in the period or month. At the beginning of an
                archive all are new.
  unanswered    Also as a share of the threads begun.
  quartiles     The smallest value that at least a quarter (three quarters) of
                the values do not exceed.
  bounds        Nothing is estimated: no figure speaks of posts that are not
                held. Where dates are intervals, the figures are those of exact
                dates, and --json has the limits of the quartiles over all
                pairs, with all dates at the ends of their intervals; of a month
                the posts that it can have at most.
  gaps          Threads that are short or not known to be whole, closed groups,
                targets that were not read to the end: on top of the output.
  --by          The same for each group, or for the posts of each month. A
                thread is in the month in which it began; newcomers of a group
                are new in it.
  months        UTC, from the first to the last with a post; months without
                posts are included with 0. A post whose month is not known is
                counted in none.`

export async function run(options: Options, io: Io): Promise<void> {
  const { after, before, ...types } = filterOf(options, NOTICES, io)
  const locale = localeOf(options.locale)
  await readArchive(options, io, async ({ reader, statistics }) => {
    const selections = selectionsOf(reader, { words: options.words }, types)
    const period = { ...(after && { after }), ...(before && { before }) }
    const figures = statistics.of({ selections, ...period, top: options.top, ...(options.by && { by: options.by }) })
    const gaps = gapsOf(reader, selections)
    const isEmptyResult = figures.counts.posts === 0
    const form = { json: options.json || options.format === 'json', csv: options.csv || options.format === 'csv' }
    const isData = form.json || form.csv || options.format === 'svg'
    if (options.settings?.flags.has('locale') && options.format !== 'svg' && !options.quiet)
      io.stderr.write('--locale changes charts only (-f svg).\n')
    if (options.format === 'svg') await printPicture(figures, gaps, locale, io)
    else if (!isEmptyResult || isData) {
      const json = [jsonOf(figures, gaps, { selections, ...period }, options, io)]
      const csv = tableOf(STATS_COLUMNS, statsTableRows(figures, gaps))
      const rows = [...gapFigures(gaps).map(tabRow), ...statsRows(figures)]
      await printForm({ json, csv, rows, lines: linesOf(figures, gaps) }, { ...options, ...form }, io)
    }
    if (isData || options.quiet) return
    if (isEmptyResult) io.stderr.write(`${emptyWords(figures, reader)}\n`)
    else if (types.withoutTypes && io.stdout.isTTY && !io.stdout.closed) io.stderr.write(LEFT_OUT)
  })
}

async function printPicture(figures: Statistics, gaps: Gaps, locale: Locale, io: Io): Promise<void> {
  const { statsSvg } = await import('../../../export/html/stats-svg.js')
  await print(io.stdout, [statsSvg(figures, gapWords(gaps), locale)])
}

/** What is missing comes first: all figures below are of what is held. */
const linesOf = (figures: Statistics, gaps: Gaps): Forms['lines'] =>
  function* (width, paint) {
    const words = gapWords(gaps)
    if (words !== '') yield* wrapped(words, Math.max(20, width))
    yield* statsLines(figures, width, paint)
  }

/** Without this note the figures would seem to contradict those of list and status. */
const LEFT_OUT = 'Membership notices are not counted; use --types all to count them, too.\n'

function jsonOf(
  figures: Statistics,
  gaps: Gaps,
  { selections, after, before }: Omit<StatisticsRequest, 'top'>,
  options: Options,
  io: Io,
): string {
  const selection = {
    groups: selections.flatMap(({ groups = [] }) => groups),
    threads: selections.flatMap(({ threads = [] }) => threads),
    after: after ?? null,
    before: before ?? null,
    types: selections[0]?.types ?? null,
    withoutTypes: selections[0]?.withoutTypes ?? [],
  }
  const { parts, ...whole } = figures
  const by = parts ? { by: options.by, parts } : {}
  const head = { schema: 'threadkeep.stats/1', archive: archiveFile(options, io), selection, gaps }
  return `${terminalJson({ ...head, ...whole, ...by, definitions: definitionsOf(figures) })}\n`
}

/** Nothing to count is not a failure, but no output at all would look like one. */
function emptyWords({ dates }: Statistics, reader: ArchiveReader): string {
  if (isEmpty(reader)) return EMPTY_ARCHIVE
  return dates.unsure > 0
    ? 'No post was certainly written in this period. The dates of some posts are only known as intervals that overlap it.'
    : 'No post belongs to this selection and period. --types all also counts membership notices.'
}
