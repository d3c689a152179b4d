import { type Credentials, mergeCredentials, NO_CREDENTIALS, SESSION_MARGIN } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { isAddress, sameHost, siteKey } from '../../model/urls.js'
import { readTextFile } from '../files/text-file.js'
import type { Io } from '../terminal/io.js'
import { day } from '../text/phrases.js'
import { terminalLine } from '../text/terminal-text.js'
import { type KeptSession, refuseOpen, storedSessions } from './session-store.js'

/** The flags that choose the reader. */
export interface ReaderFlags {
  cookies?: string
  /** Name of a browser, and after a colon its profile. */
  cookiesFromBrowser?: string
  /** False: as a visitor, even if a login is kept. */
  session?: boolean
}

const COOKIES = 'Name a cookies.txt in Netscape format, exported from a browser that is logged in.'

const PASTE = 'Put them into a file that only you can read, or use --cookies - and paste them (then Ctrl-D).'

/**
 * The credentials for these targets: from --cookies, else from the logins that are kept. Targets that are no web addresses need none.
 * @throws UsageError if a file can't be read, is not a login, or others can read it.
 */
export async function credentialsFor(all: readonly string[], options: ReaderFlags, io: Io): Promise<Credentials> {
  const targets = all.filter(isAddress)
  const credentials = await chosenCredentials(targets, options, io)
  if (credentials !== NO_CREDENTIALS)
    for (const url of oneOfEachHost(targets)) await warnOfEnd(credentials, url, again(url, options, io), io)
  return credentials
}

async function chosenCredentials(targets: readonly string[], options: ReaderFlags, io: Io): Promise<Credentials> {
  const { cookies, cookiesFromBrowser: browser, session } = options
  if (cookies !== undefined && browser !== undefined)
    throw new UsageError('--cookies and --cookies-from-browser cannot be used together.', 'Name one of them.')
  if (browser !== undefined) return (await import('./browser-cookies.js')).cookiesOfBrowser(browser, targets, io)
  if (cookies !== undefined) return readCookies(cookies, targets, io)
  return session === false ? NO_CREDENTIALS : storedCredentials(targets, io)
}

/** How to get a new session, by the source of this one. It names the site of the login: not each target is a site. */
function again(url: string, { cookies, cookiesFromBrowser: browser }: ReaderFlags, io: Io): string {
  if (cookies !== undefined) return 'Log in with the browser, and save its cookies again.'
  if (browser !== undefined) return 'Log in with the browser.'
  const [own] = sessionsFor(url, storedSessions(io))
  return `Log in again: threadkeep login ${terminalLine(own?.site ?? url)}`
}

const oneOfEachHost = (targets: readonly string[]): Iterable<string> =>
  new Map(targets.toReversed().map(url => [new URL(url).origin, url])).values()

async function readCookies(file: string, targets: readonly string[], io: Io): Promise<Credentials> {
  // The cookies themselves in place of a path: an error that names the path would show them on the screen.
  if (/^curl\s|=[^/]*;|wordpress_\w+=/i.test(file))
    throw new UsageError('--cookies takes the name of a file, not the cookies themselves.', PASTE)
  const text = await readTextFile(file, 'file of cookies', COOKIES, io)
  const [first, ...others] = targets
  const site = first !== undefined && others.every(url => sameHost(url, first)) ? first : null
  const { credentialsIn } = await import('../../run/run.js')
  return credentialsIn(text, site, message => io.stderr.write(`Warning: ${terminalLine(message)}\n`))
}

function storedCredentials(targets: readonly string[], io: Io): Credentials {
  const stored = storedSessions(io)
  const own = [...new Set(targets.flatMap(url => sessionsFor(url, stored)))]
  for (const session of own) refuseOpen(session, io)
  return own.length === 0 ? NO_CREDENTIALS : mergeCredentials(own.map(({ credentials }) => credentials))
}

/** Communities in several folders of one host may have cookies of the same name, so the login of the target's own folder comes first. */
function sessionsFor(url: string, stored: readonly KeptSession[]): readonly KeptSession[] {
  const onHost = stored.filter(({ site }) => sameHost(site, url))
  const own = onHost.filter(({ site }) => siteKey(url).startsWith(siteKey(site)))
  const deepest = Math.max(...own.map(({ site }) => siteKey(site).length))
  return own.length > 0 ? own.filter(({ site }) => siteKey(site).length === deepest) : onHost
}

/** Warns before the session ends, for jobs that nobody watches. */
async function warnOfEnd(credentials: Credentials, url: string, advice: string, io: Io): Promise<void> {
  const { sessionEnds } = await import('../../run/run.js')
  const ends = sessionEnds(credentials, url)
  if (ends === null || ends - io.now() > SESSION_MARGIN) return
  const when = `${ends <= io.now() ? 'ended' : 'ends'} on ${day(new Date(ends).toISOString())}`
  io.stderr.write(`Warning: the session for ${terminalLine(new URL(url).origin)} ${when}. ${advice}\n`)
}
