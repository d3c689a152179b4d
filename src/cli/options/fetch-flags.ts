import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ArchiveOptions, RunDeps } from '../../run/run.js'
import type { RunOptions } from '../../run/session/run-options.js'
import type { ReaderFlags } from '../session/credentials.js'
import type { Io } from '../terminal/io.js'
import { above0, durationSeconds, range, waitLock, whole, wholeAbove0 } from './flag-values.js'

/** The flags of all commands that make requests to a site. */
export interface FetchFlags extends ReaderFlags, Omit<RunOptions, 'pace' | 'credentials' | 'media' | keyof RunDeps> {
  sleepRequests: readonly [number, number]
}

/** The same object, unless the command line names a pause. */
export const DEFAULT_PAUSE: readonly [number, number] = [1, 1]

export function addFetchFlags(command: Command): void {
  command
    .optionsGroup('Who reads:')
    .option(
      '--cookies <file>',
      "read as a member: a file with the browser's cookies.txt, a copied request (cURL, fetch, PowerShell) or a Cookie header; - is standard input (default: the login that is kept, if any)",
    )
    .option(
      '--cookies-from-browser <name>',
      'read as a member: with the cookies that firefox, chromium, chrome, brave or edge keeps, if they are not encrypted; NAME:FOLDER names the profile',
    )
    .option('--no-session', 'read as a visitor, even if a login is kept')
    .optionsGroup('How to fetch:')
    .addOption(
      new Option('--sleep-requests <seconds>', 'the pause between two requests, such as 0.5 or 1-3')
        .argParser(range)
        .default(DEFAULT_PAUSE, '1'),
    )
    .option('--retries <number>', 'how often to repeat a request that failed', whole, 4)
    .option('--timeout <seconds>', 'how long to wait for a response', above0, 60)
    .option(
      '--contact <address>',
      'a mail address or web page under which the site can reach you (default: none)',
      contact,
    )
    .option('--proxy <url>', 'use this proxy for all requests (default: those that the environment names)')
    .option(
      '--user-agent <text>',
      "for sites that refuse threadkeep's own name, which is the default; the report says so",
      agent,
    )
    .option('--ignore-robots', 'also read what robots.txt disallows, and report what that was')
}

/** How a site is read that was not read before. */
export const addRoute = (command: Command): Command =>
  command.addOption(
    new Option('--via <route>', 'how to read the site: its REST interface, the AJAX calls of its pages, or the pages')
      .choices(['auto', 'rest', 'ajax', 'page'])
      .default('auto'),
  )

/** The flags of `archive` and `sync`: their limits, the lock, and their report. */
export const addRunFlags = (command: Command): void =>
  void command
    .optionsGroup('When to stop:')
    .option(
      '--max-requests <number>',
      'stop after this many requests; run the same command again to continue (default: no limit)',
      wholeAbove0,
    )
    .option(
      '--time-limit <time>',
      'stop after this time, such as 90, 10m or 2h; run the same command again to continue (default: no limit)',
      durationSeconds,
    )
    .option('--hosts <number>', 'read this many hosts in parallel, each at its own pace', wholeAbove0, 1)
    .option('--fail-hard', 'stop at the first problem')
    .addOption(waitLock())

/** The flags of all commands whose report is that of a run. */
export const addReportFlags = (command: Command): void =>
  void command
    .optionsGroup('Output:')
    .option('--json', 'print the report of the run as one JSON document (threadkeep.run/1)')
    .option('--newline', 'print progress as lines, one in ten seconds, also into a log')
    .option('--log-json <file>', 'append each response, wait and warning to a file, one JSON object per line')

/** Also reads the session. Call it before the archive is opened: a wrong file must not leave an empty archive behind. */
export async function fetchOptions(
  targets: readonly string[],
  flags: FetchFlags & Pick<RunOptions, 'media'>,
  io: Io,
): Promise<ArchiveOptions> {
  const { credentialsFor } = await import('../session/credentials.js')
  const credentials = await credentialsFor(targets, flags, io)
  const { archiveOptionsOf } = await import('../../run/run.js')
  return archiveOptionsOf({ ...flags, pace: flags.sleepRequests }, credentials)
}

/** A header is one line of ASCII. */
function agent(text: string): string {
  if (/^[\x20-\x7e]{1,300}$/.test(text.trim())) return text.trim()
  throw new InvalidArgumentError('It must be one line of up to 300 ASCII characters.')
}

/** Becomes part of the User-Agent header. */
function contact(text: string): string {
  if (/^[\x21-\x7e]{3,200}$/.test(text) && !/[();]/.test(text) && /@|^https?:\/\//.test(text)) return text
  throw new InvalidArgumentError('It must be a mail address, or the URL of a page (https://…).')
}
