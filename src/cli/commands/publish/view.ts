import { statSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Search } from '../../../archive/index.js'
import type { ReadableArchive } from '../../../archive/reading.js'
import type { ShownStatus } from '../../../export/exporter.js'
import type { LiveSite } from '../../../export/live/live-site.js'
import type { LiveArchive } from '../../../export/live/search-page.js'
import { STATUSES, shownBy } from '../../../export/shown.js'
import { EXIT, type ExitCode } from '../../../model/errors.js'
import { parseQuery } from '../../../model/query/parse-query.js'
import { errorMessage } from '../../../model/thrown.js'
import type { LocalAnswer, LocalRequest } from '../../../node/local-server.js'
import { notes } from '../../help/layout.js'
import { archiveFile, type Globals, readArchive } from '../../options/globals.js'
import { addPseudonymFlags, type PseudonymOptions, pseudonymsOf } from '../../options/pseudonym-flags.js'
import { refuseUnknownNames } from '../../options/resolve.js'
import { localeFlag, type TellingOptions, timezoneFlag } from '../../options/telling-flags.js'
import { interruptible } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { writeLines } from '../../terminal/print.js'
import { terminalLine } from '../../text/terminal-text.js'
import { ofStatus, orderOf, PER_PAGE, ShownArchive } from './view-pseudonyms.js'

export interface Options extends Globals, PseudonymOptions, TellingOptions {
  /** Absent: a free one. */
  port?: number
  status?: ShownStatus
}

export const examples = ['view', 'view --port 8080', 'view --status all --timezone Europe/Berlin']

export function add(command: Command): void {
  command
    .description(
      'Shows the archive in a browser: the pages of "export -f html", made of what\n' +
        'is held now, and a search in the language of "threadkeep search".\n' +
        'Prints an address to be opened in the browser, and serves it until Ctrl-C.',
    )
    .optionsGroup('View:')
    .option('--port <number>', 'the port on this machine (default: a free one)', portOf)
    .addOption(new Option('--status <which>', 'posts that are shown (default: live)').choices(STATUSES))
    .addOption(timezoneFlag('pages'))
    .addOption(localeFlag('pages'))
  addPseudonymFlags(command.optionsGroup('What to withhold (it does not anonymise):')).addHelpText('after', notes(HELP))
}

const HELP = `
Only this machine is served (127.0.0.1), and the archive is only read: runs may
write to it at the same time, and each page shows what is held by then. Nothing
on the pages is loaded from elsewhere.
With pseudonyms the pages have no files of posts, and the search finds what the
pages show, among the first thousand posts that hold its words.`

function portOf(word: string): number {
  const port = Number(word)
  if (/^\d+$/.test(word) && port <= 65_535) return port
  throw new InvalidArgumentError('It is a number up to 65535.')
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { html } = await import('../../../export/html.js')
  const { LiveSite } = await import('../../../export/live/live-site.js')
  const view = shownBy(options, html)
  const privacy = await pseudonymsOf(options, io)
  const shown = privacy.pseudonyms === undefined ? null : new ShownArchive(privacy, io)
  const liveArchive = async ({ reader, search }: ReadableArchive): Promise<LiveArchive> => {
    const state = stateOf(archiveFile(options, io))
    if (shown) return shown.of(reader, search, state, view.status)
    return { reader, state, search: searchOf(search, view.status, io) }
  }
  // An archive that cannot be opened is reported now, and not in the browser.
  await readArchive(options, io, liveArchive)
  const { serveLocally } = await import('../../../node/local-server.js')
  const site = new LiveSite(view, '')
  const failed = (error: unknown) => {
    io.stderr.write(`${terminalLine(errorMessage(error))}\n`)
  }
  // Each request reads one state of the archive, and keeps it open no longer than its answer takes.
  const handle = (request: LocalRequest, send: (answer: LocalAnswer) => Promise<void>) =>
    readArchive(options, io, async archive => send(answerOf(site, request, await liveArchive(archive))))
  const server = await serveLocally(options.port ?? 0, handle, failed)
  try {
    // From before the address is known, Ctrl-C ends it in this way.
    await interruptible(io, async signal => {
      io.stdout.write(`${server.url}\n`)
      if (!options.quiet)
        writeLines(
          ['Open this address in a browser. The archive is served to this machine only, until Ctrl-C.'],
          io.stderr,
        )
      await io.stdout.drained()
      await untilAborted(signal)
    })
    return EXIT.done
  } finally {
    await server.close()
  }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

function answerOf(site: LiveSite, { path, query }: LocalRequest, archive: LiveArchive): LocalAnswer {
  const page = site.page(path, query, archive)
  const type = 'text/html; charset=utf-8'
  if (page.kind === 'moved') return { status: 302, type, location: page.location, body: [] }
  if (page.kind === 'file') return { status: 200, ...page }
  if (page.kind === 'style') return { status: 200, type: 'text/css; charset=utf-8', body: page.body }
  return { status: page.status, type, policy: page.policy, body: page.body }
}

/** Sizes and times of the files of the archive, which change with each write. */
function stateOf(file: string): string {
  const parts = [file, `${file}-wal`].map(name => statSync(name, { throwIfNoEntry: false }))
  return parts.map(stat => (stat ? `${stat.size} ${stat.mtimeMs}` : '')).join(' ')
}

/** The search of the archive; posts that the pages do not show are not found. */
const searchOf =
  (search: Search, status: ShownStatus, io: Io): LiveArchive['search'] =>
  (words, page) => {
    const asked = parseQuery(words, io.now())
    refuseUnknownNames(asked, search)
    const query = ofStatus(asked, status)
    const hits = search.hits({ query, order: orderOf(query), limit: PER_PAGE, offset: (page - 1) * PER_PAGE })
    return { hits, total: search.count(query), perPage: PER_PAGE }
  }
