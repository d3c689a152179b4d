import { type Command, InvalidArgumentError } from 'commander'
import type { ArchiveOptions } from '../run.js'
import type { Io } from './io.js'
import { readTextFile } from './text-file.js'

/** The flags of all commands that ask a site. */
export interface FetchFlags {
  sleepRequests: number
  retries: number
  timeout: number
  via?: ArchiveOptions['via']
  ignoreRobots?: boolean
  cookies?: string
}

export function addFetchFlags(command: Command): void {
  command
    .optionsGroup('How to fetch:')
    .option('--sleep-requests <seconds>', 'the pause between two requests, such as 0.5', atLeast(0), 1)
    .option('--retries <number>', 'how often to try again after a failure', whole, 4)
    .option('--timeout <seconds>', 'how long to wait for an answer', atLeast(0.001), 60)
    .option('--cookies <file>', "read as a member: the browser's cookies.txt (Netscape format); - is standard input")
    .option('--ignore-robots', 'read also what robots.txt asks programs not to read')
}

const COOKIES = 'Give the path of a cookies.txt in Netscape format, exported from a browser that is logged in.'

/** Before the archive is opened: a wrong file must not leave an empty archive behind. */
const cookiesIn = async (file: string, io: Io): Promise<string> =>
  io.parts.cookies(await readTextFile(file, 'file of cookies', COOKIES, io))

/** Reads the file of cookies, too. */
export const fetchOptions = async (options: FetchFlags, io: Io): Promise<ArchiveOptions> => ({
  sleepSeconds: options.sleepRequests,
  retries: options.retries,
  timeoutSeconds: options.timeout,
  via: options.via ?? 'auto',
  ignoreRobots: options.ignoreRobots === true,
  cookies: options.cookies === undefined ? null : await cookiesIn(options.cookies, io),
})

function atLeast(least: number) {
  return (text: string): number => {
    const number = Number(text)
    if (/^\d*\.?\d+$/.test(text) && number >= least) return number
    throw new InvalidArgumentError(least === 0 ? 'It must be a number, 0 or more.' : 'It must be a number above 0.')
  }
}

function whole(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number, 0 or more.')
}
