import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Credentials } from '../../model/credentials.js'
import { KnownError, UsageError } from '../../model/errors.js'
import { sameHost, siteKey } from '../../model/urls.js'
import { makeFolder, writeAtomically } from '../../node/atomic-write.js'
import { configFolder } from '../files/config-file.js'
import type { Io } from '../terminal/io.js'
import { terminalLine } from '../text/terminal-text.js'

/** A login as it is stored in the user's home folder: one file per community, readable by its owner only. */
export interface StoredSession {
  schema: 'threadkeep.session/1'
  /** Base URL of the community. */
  site: string
  /** Null: from cookies of a browser, which do not name the user. */
  user: string | null
  kind: 'session' | 'application-password'
  savedAt: string
  /** Null: no end, or an unknown one. */
  endsAt: string | null
  credentials: Credentials
}

/** A login and its file. */
export interface KeptSession extends StoredSession {
  file: string
}

/** Null: the user has no folder for settings. @throws UsageError if THREADKEEP_CONFIG names a file. */
export function sessionFolder(io: Pick<Io, 'env' | 'home' | 'platform'>): string | null {
  const folder = configFolder(io)
  return folder && join(folder, 'sessions')
}

/** Returns the path of the file. @throws UsageError if there is no folder for it; KnownError if it can't be written. */
export async function storeSession(session: StoredSession, io: Io): Promise<string> {
  const folder = sessionFolder(io)
  if (!folder)
    throw new UsageError(
      'You have no home folder in which the login can be kept.',
      'Name a folder in THREADKEEP_CONFIG.',
    )
  makeFolder(folder, 0o700)
  const file = join(folder, fileName(session.site))
  await writeAtomically(file, [`${JSON.stringify(session, null, 1)}\n`], async () => {}, 0o600)
  // Independent of the umask, and for a file that existed before.
  chmodSync(file, 0o600)
  for (const other of filesOf(session.site, io)) if (other !== file) rmSync(other)
  return file
}

/** @throws UsageError if a file in the folder is not a login of threadkeep. */
export function storedSessions(io: Io): KeptSession[] {
  const folder = sessionFolder(io)
  return folder ? names(folder).map(name => readSession(join(folder, name))) : []
}

/** True if there was one. */
export function forgetSession(site: string, io: Io): boolean {
  const files = filesOf(site, io)
  for (const file of files) rmSync(file)
  return files.length > 0
}

/** Earlier versions gave the files other names. */
function filesOf(site: string, io: Io): string[] {
  const folder = sessionFolder(io)
  const files = folder ? names(folder).map(name => join(folder, name)) : []
  return files.filter(file => siteKeyIn(file) === siteKey(site))
}

function siteKeyIn(file: string): string | null {
  try {
    return siteKey(readSession(file).site)
  } catch {
    return null
  }
}

/** Each site has a name of its own, also on file systems that ignore case: `/` becomes `_`, and other characters their codes. */
const fileName = (site: string): string =>
  `${siteKey(site).replace(/[^a-z0-9.-]/g, letter => (letter === '/' ? '_' : codeOf(letter)))}.json`

const codeOf = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => name.endsWith('.json') && !name.startsWith('.'))
  } catch {
    return []
  }
}

/** Call it only for logins that this run uses. @throws UsageError if others can read the file. */
export function refuseOpen({ file }: KeptSession, io: Io): void {
  if (io.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new UsageError(`Other users can read ${file}, which holds a login.`, `Protect it: chmod 600 '${file}'`)
  }
}

function readSession(file: string): KeptSession {
  try {
    const session = JSON.parse(readFileSync(file, 'utf8')) as StoredSession
    if (session.schema === 'threadkeep.session/1') return { ...session, file }
  } catch {
    // Reported below, without the content of the file.
  }
  throw new UsageError(`${file} is not a login that threadkeep has stored.`, 'Remove the file, and log in again.')
}

/** A stored login for a target's host, without its credentials. */
export interface TargetSession extends Pick<StoredSession, 'site' | 'kind' | 'endsAt'> {
  ended: boolean
}

/** The stored logins for each of these URLs. Warns of a folder of logins that can't be read, and goes on without it. */
export async function sessionsOfTargets(urls: readonly string[], io: Io): Promise<Map<string, TargetSession[]>> {
  const sessions = readable(io)
  const logins = new Map<string, TargetSession[]>()
  for (const url of urls) {
    const own = sessions.filter(({ site }) => URL.canParse(url) && URL.canParse(site) && sameHost(site, url))
    logins.set(url, await Promise.all(own.map(session => loginOf(session, url, io))))
  }
  return logins
}

async function loginOf(session: StoredSession, url: string, io: Io): Promise<TargetSession> {
  const endsAt = session.endsAt ?? (session.kind === 'session' ? await endOf(session, url) : null)
  return { site: session.site, kind: session.kind, endsAt, ended: endsAt !== null && Date.parse(endsAt) <= io.now() }
}

async function endOf({ credentials }: StoredSession, url: string): Promise<string | null> {
  const { sessionEnds } = await import('../../run/run.js')
  const ends = sessionEnds(credentials, url)
  return ends === null ? null : new Date(ends).toISOString()
}

function readable(io: Io): StoredSession[] {
  try {
    return storedSessions(io)
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    io.stderr.write(`Warning: ${terminalLine(error.message)}\n`)
    return []
  }
}
