import { type Command, Option } from 'commander'
import type { Search } from '../../../archive/index.js'
import { tableOf } from '../../../export/table/column.js'
import { parseQuery } from '../../../model/query/parse-query.js'
import { type Query, wordsIn } from '../../../model/query/query.js'
import type { Hit } from '../../../model/reports/search.js'
import { notes, page, reflow } from '../../help/layout.js'
import { text as queryText } from '../../help/query.js'
import { csvFlag, wholeAbove0 } from '../../options/flag-values.js'
import { type Globals, readArchive } from '../../options/globals.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { EMPTY_ARCHIVE } from '../../options/selection.js'
import { hitLines, hitRows, searchJson } from '../../render/search.js'
import { HIT_COLUMNS } from '../../render/table/search.js'
import type { Io } from '../../terminal/io.js'
import { type Forms, printForm } from '../../terminal/print.js'
import { figure } from '../../text/phrases.js'

export interface Options extends Globals {
  words: string[]
  limit: number
  page: number
  all?: boolean
  sort?: 'rank' | 'date'
}

export const examples = [
  'search bee hive from:anna',
  `search 'from:anna "bee hive" -wasps'`,
  'search -- -from:anna has:image after:today-1month',
  `search 'is:gone in:gardeners' --sort date --all`,
  'search bees --json > bees.json',
]

export function add(command: Command): void {
  command
    .description(
      'Finds posts in the archive, including those that are gone from the site. Earlier texts of edited posts are not searched.\n' +
        'When the output is not a terminal, it is tab-separated: one post a line.',
    )
    .argument('<query...>', 'what to search for: see below')
    .optionsGroup('Which hits:')
    .option('--limit <number>', 'hits per page', wholeAbove0, 20)
    .option('--page <number>', 'the number of the page', wholeAbove0, 1)
    .addOption(new Option('--all', 'all hits on one page').conflicts(['limit', 'page']))
    .addOption(
      new Option(
        '--sort <order>',
        'rank: best match first; date: newest first (default: rank if the query has words, else date)',
      ).choices(['rank', 'date']),
    )
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.search/1)')
    .addOption(csvFlag())
    .addHelpText(
      'after',
      notes(width => page(reflow(CELLS, width), queryText(width))),
    )
}

const CELLS = 'Cells of a line: id, date, group, author, status, thread, title, words, URL.'

export async function run(options: Options, io: Io): Promise<void> {
  const query = parseQuery(options.words.join(' '), io.now())
  await readArchive(options, io, async ({ search }) => {
    refuseUnknownNames(query, search)
    const page = new Page(search, query, options)
    const request = { query: options.words.join(' ').trim(), sort: page.sort, page: options.page, limit: page.limit }
    const json = searchJson(request, page.hits(), () => page.total())
    const lines: Forms['lines'] = (width, paint) => hitLines(page.hits(), width, paint)
    await printForm({ json, csv: tableOf(HIT_COLUMNS, page.hits()), rows: hitRows(page.hits()), lines }, options, io)
    if (!options.quiet && !io.stdout.closed) io.stderr.write(`${countLine(page, search)}\n`)
  })
}

/** The hits of one page, and how many there are in all. */
class Page {
  readonly sort: 'rank' | 'date'
  readonly limit: number | null
  readonly offset: number
  shown = 0
  private counted: number | null = null

  constructor(
    private readonly search: Search,
    readonly query: Query,
    { sort, all, limit, page }: Options,
  ) {
    this.sort = sort ?? (wordsIn(query).length > 0 ? 'rank' : 'date')
    this.limit = all ? null : limit
    this.offset = all ? 0 : (page - 1) * limit
  }

  *hits(): Generator<Hit> {
    const { query, sort: order, limit, offset } = this
    for (const hit of this.search.hits({ query, order, limit, offset })) {
      this.shown++
      yield hit
    }
  }

  /** All hits. On the last page their number is known without a query. */
  total(): number {
    const isLast = this.limit === null || (this.shown < this.limit && (this.shown > 0 || this.offset === 0))
    this.counted ??= isLast ? this.offset + this.shown : this.search.count(this.query)
    return this.counted
  }
}

function countLine(page: Page, search: Search): string {
  const total = page.total()
  const found = `${figure(total)} ${total === 1 ? 'post matches' : 'posts match'}`
  if (total === 0) return search.isEmpty() ? EMPTY_ARCHIVE : `No post matches.${wholeWordHint(page.query)}`
  if (page.limit === null || (page.offset === 0 && page.shown === total)) return `${found}.`
  const pages = Math.ceil(total / page.limit)
  if (page.shown === 0) return `${found}: the last page is ${pages}.`
  const at = page.offset / page.limit + 1
  const next = at < pages ? `; --page ${at + 1} shows the next` : ''
  return `${found}: these are ${page.offset + 1} to ${page.offset + page.shown}${next}.`
}

/** Who half remembers a word knows its beginning. */
function wholeWordHint(query: Query): string {
  const word = wordsIn(query).find(({ text, isStart }) => !isStart && /^\p{L}{4}/u.test(text))
  return word ? ` Words are searched whole: ${[...word.text].slice(0, 4).join('')}* finds all that begin so.` : ''
}
