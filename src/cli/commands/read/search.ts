import { type Command, Option } from 'commander'
import type { Search } from '../../../archive/index.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { type Query, wordsIn } from '../../../model/query/query.js'
import type { Hit } from '../../../model/reports/search.js'
import { wholeAbove0 } from '../../options/durations.js'
import { type Globals, withArchive } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import { paintFor } from '../../terminal/colour.js'
import type { Io } from '../../terminal/io.js'

export interface Options extends Globals {
  words: string[]
  limit: number
  page: number
  all?: boolean
  sort?: 'rank' | 'date'
  json?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Finds posts in the archive, also those that are gone from the site by now. Earlier texts of edited posts are not searched.\n' +
        'When the output is no terminal it is tab-separated: one post a line.',
    )
    .argument('<query...>', 'what to look for, see below')
    .optionsGroup('Which hits:')
    .option('--limit <number>', 'so many hits a page', wholeAbove0, 20)
    .option('--page <number>', 'which page', wholeAbove0, 1)
    .addOption(new Option('--all', 'all hits at once').conflicts(['limit', 'page']))
    .addOption(
      new Option(
        '--sort <order>',
        'rank: what fits best; date: newest first (default: rank where words are asked for)',
      ).choices(['rank', 'date']),
    )
    .optionsGroup('Output:')
    .option('--json', 'print one JSON document (threadkeep.search/1)')
    .addHelpText('after', HELP)
    .action(async (words: string[], _own, self: Command) => done(await run({ ...self.optsWithGlobals(), words }, io)))
}

const HELP = `
The query:
  bees honey            posts that hold both words; words in titles count more
  "bee hive"            words that stand one after another
  bee*                  the start of a word
  -wasps                not this; also before "words", filters and (parentheses)
  bees OR wasps         one of both; OR binds less than words side by side
  from:anna             written by a member: slug, id or name; from:"Anna Berg"
  in:gardeners          posted in a group: slug, id, name or URL
  after:2024-05-01 before:today-2weeks on:yesterday
                        posted then (UTC); with a date that is known as an
                        interval only: may have been posted then
  has:link              also image, video, audio, document, embed, attachment,
                        replies
  is:gone               also live, edited, thread (opens one), reply

Upper and lower case are one, and so are Latin letters with and without accents:
naive finds naïve. But ß, ø, æ and đ are letters of their own. Words of
Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese are found within a
text, letter by letter; where these alone are asked for, the newest come
first. A shell takes quotes away: put the whole query into single ones, or
give its words as they are. A first word that begins with - comes behind a --.
${examples(
  'search bee hive from:anna',
  `search 'from:anna "bee hive" -wasps'`,
  'search -- -from:anna has:image after:today-1month',
  `search 'is:gone in:gardeners' --sort date --all`,
  'search bees --json > bees.json',
)}`

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { parseQuery } = await import('../../../model/query/parse-query.js')
  const query = parseQuery(options.words.join(' '), io.now())
  await withArchive('read', options, io, async ({ search }) => {
    const { refuseUnknownNames } = await import('../../options/check-names.js')
    refuseUnknownNames(query, search)
    const page = new Page(search, query, options)
    const { closedLines, print } = await import('../../terminal/print.js')
    if (options.json) await print(io.stdout, await jsonOf(page, options))
    else await print(io.stdout, closedLines(await linesOf(page, options, io)))
    if (!options.quiet && !io.stdout.closed) io.stderr.write(`${tally(page, search)}\n`)
  })
  return EXIT.done
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
    private readonly query: Query,
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

  /** Known without counting where the page is the last one. */
  total(): number {
    const isLast = this.limit === null || (this.shown < this.limit && (this.shown > 0 || this.offset === 0))
    this.counted ??= isLast ? this.offset + this.shown : this.search.count(this.query)
    return this.counted
  }
}

async function jsonOf(page: Page, { words, page: number }: Options): Promise<Iterable<string>> {
  const { searchJson } = await import('../../render/search-json.js')
  const asked = { query: words.join(' ').trim(), sort: page.sort, page: number, limit: page.limit }
  return searchJson(asked, page.hits(), () => page.total())
}

async function linesOf(page: Page, options: Options, io: Io): Promise<Iterable<string>> {
  const { hitLines, hitRow } = await import('../../render/search-lines.js')
  const { isTTY, width } = io.stdout
  const paint = await paintFor(io.stdout, io, options.color)
  return (function* () {
    for (const hit of page.hits()) {
      if (isTTY) yield* hitLines(hit, width, paint)
      else yield hitRow(hit)
    }
  })()
}

function tally(page: Page, search: Search): string {
  const total = page.total()
  const found = `${total.toLocaleString('en-US')} ${total === 1 ? 'post matches' : 'posts match'}`
  if (total === 0) return search.isEmpty() ? 'The archive holds no discussions yet.' : 'No post matches.'
  if (page.limit === null || (page.offset === 0 && page.shown === total)) return `${found}.`
  const pages = Math.ceil(total / page.limit)
  if (page.shown === 0) return `${found}: the last page is ${pages}.`
  const at = page.offset / page.limit + 1
  const next = at < pages ? `; --page ${at + 1} shows the next` : ''
  return `${found}: these are ${page.offset + 1} to ${page.offset + page.shown}${next}.`
}
