import { type Credentials, mergeCredentials, NO_CREDENTIALS } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { isAddress, sameHost } from '../../model/urls.js'
import { readTextFile } from '../files/text-file.js'
import type { Io } from '../terminal/io.js'
import { day } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { refuseOpen, storedSessions } from './session-store.js'

/** The flags that say as whom to read. */
export interface ReaderFlags {
  cookies?: string
  /** False: as a visitor, whatever is kept. */
  session?: boolean
}

const COOKIES = 'Give the path of a cookies.txt in Netscape format, exported from a browser that is logged in.'

const PASTE = 'Put them into a file that only you may read, or give --cookies - and paste them (then Ctrl-D).'

const DAY = 86_400_000

/** What the reader has to show to these targets: given on the command line, else kept by `login`. */
export async function credentialsFor(all: readonly string[], options: ReaderFlags, io: Io): Promise<Credentials> {
  const targets = all.filter(isAddress)
  if (options.cookies === undefined && options.session === false) return NO_CREDENTIALS
  const credentials = options.cookies === undefined ? kept(targets, io) : await given(options.cookies, targets, io)
  if (credentials !== NO_CREDENTIALS)
    for (const url of new Set(targets.map(originOf))) await warnOfEnd(credentials, url, io)
  return credentials
}

const originOf = (url: string): string => `${new URL(url).origin}/`

async function given(file: string, targets: readonly string[], io: Io): Promise<Credentials> {
  // A value in place of a path: an error that names the path would show it, and the history of the shell does already.
  if (/^curl\s|=[^/]*;|wordpress_\w+=/i.test(file))
    throw new UsageError('--cookies takes a file, not the cookies themselves.', PASTE)
  const text = await readTextFile(file, 'file of cookies', COOKIES, io)
  const [first, ...others] = targets
  const site = first !== undefined && others.every(url => sameHost(url, first)) ? first : null
  return (await import('../../run/run.js')).credentialsIn(text, site)
}

function kept(targets: readonly string[], io: Io): Credentials {
  const own = storedSessions(io).filter(({ site }) => targets.some(url => sameHost(site, url)))
  for (const session of own) refuseOpen(session, io)
  return own.length === 0 ? NO_CREDENTIALS : mergeCredentials(own.map(({ credentials }) => credentials))
}

/** A job that nobody watches is told some days before. That it has ended, the site itself will say. */
async function warnOfEnd(credentials: Credentials, url: string, io: Io): Promise<void> {
  const { sessionEnds } = await import('../../run/run.js')
  const ends = sessionEnds(credentials, url)
  if (ends === null || ends - io.now() > 3 * DAY) return
  const when = `${ends <= io.now() ? 'ended' : 'ends'} on ${day(new Date(ends).toISOString())}`
  io.stderr.write(`Warning: the session for ${terminalLine(new URL(url).origin)} ${when}. Log in again soon.\n`)
}
