import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ArchiveOptions } from '../../run/run.js'
import type { ReaderFlags } from '../session/credentials.js'
import type { Io } from '../terminal/io.js'
import { above0, range, seconds, whole, wholeAbove0 } from './durations.js'

/** The flags of all commands that ask a site. */
export interface FetchFlags extends ReaderFlags {
  sleepRequests: readonly [number, number]
  retries: number
  timeout: number
  via?: ArchiveOptions['via']
  ignoreRobots?: boolean
  contact?: string
  maxRequests?: number
  timeLimit?: number
  hosts?: number
  failHard?: boolean
}

export function addFetchFlags(command: Command): void {
  addReaderFlags(command)
  command
    .optionsGroup('How to fetch:')
    .addOption(
      new Option('--sleep-requests <seconds>', 'the pause between two requests, such as 0.5 or 1-3')
        .argParser(range)
        .default([1, 1], '1'),
    )
    .option('--retries <number>', 'how often to try again after a failure', whole, 4)
    .option('--timeout <seconds>', 'how long to wait for an answer', above0, 60)
    .option('--contact <address>', 'tell the site how to reach you: a mail address or a page', contact)
    .option('--ignore-robots', 'read also what robots.txt asks programs not to read, and say what that was')
}

const addReaderFlags = (command: Command): void =>
  void command
    .optionsGroup('Who reads:')
    .option(
      '--cookies <file>',
      "read as a member: the browser's cookies.txt, or what it copies as cURL or as Cookie header; - is standard input",
    )
    .option('--no-session', 'read as a visitor, also where a login is kept')

/** The flags of runs that may take long. */
export const addRunFlags = (command: Command): void =>
  void command
    .optionsGroup('How long to go on:')
    .option('--max-requests <number>', 'end after so many requests; the same command goes on from there', wholeAbove0)
    .option('--time-limit <time>', 'end after so long, such as 90, 10m or 2h; the same command goes on', seconds)
    .option('--hosts <number>', 'ask so many hosts side by side, each at its own pace', wholeAbove0, 1)
    .option('--fail-hard', 'end with the first problem')

/** Reads the session, too: before the archive is opened, so that a wrong file leaves no empty archive behind. */
export const fetchOptions = async (
  targets: readonly string[],
  options: FetchFlags,
  io: Io,
): Promise<ArchiveOptions> => ({
  sleepSeconds: options.sleepRequests,
  retries: options.retries,
  timeoutSeconds: options.timeout,
  via: options.via ?? 'auto',
  ignoreRobots: options.ignoreRobots === true,
  credentials: await (await import('../session/credentials.js')).credentialsFor(targets, options, io),
  contact: options.contact ?? null,
  maxRequests: options.maxRequests ?? null,
  timeLimitSeconds: options.timeLimit ?? null,
  hosts: options.hosts ?? 1,
  failHard: options.failHard === true,
})

/** It goes into a header. */
function contact(text: string): string {
  if (/^[\x21-\x7e]{3,200}$/.test(text) && !/[();]/.test(text) && /@|^https?:\/\//.test(text)) return text
  throw new InvalidArgumentError('It must be a mail address, or the address of a page (https://…).')
}
