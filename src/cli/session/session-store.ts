import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Credentials } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { siteKey } from '../../model/urls.js'
import { writeAtomically } from '../../node/atomic-write.js'
import type { Io } from '../terminal/io.js'

/** A login as it lies in the user's own folder: one file a community, readable by its owner alone. */
export interface StoredSession {
  schema: 'threadkeep.session/1'
  /** Base URL of the community. */
  site: string
  /** Null: out of a browser's cookies, which do not say it. */
  user: string | null
  kind: 'session' | 'application-password'
  savedAt: string
  /** Null: it does not end, or does not say when. */
  endsAt: string | null
  credentials: Credentials
}

/** `THREADKEEP_CONFIG`, else where the system keeps the settings of programs. */
export function sessionFolder({ env, home, platform }: Pick<Io, 'env' | 'home' | 'platform'>): string {
  if (env['THREADKEEP_CONFIG']) return join(env['THREADKEEP_CONFIG'], 'sessions')
  const base = platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME']
  return join(base || join(home, '.config'), 'threadkeep', 'sessions')
}

export async function storeSession(session: StoredSession, io: Io): Promise<string> {
  const folder = sessionFolder(io)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, fileName(session.site))
  await writeAtomically(file, [`${JSON.stringify(session, null, 1)}\n`], async () => {}, 0o600)
  // Whatever the umask, and also where the file was there before.
  chmodSync(file, 0o600)
  return file
}

/** @throws UsageError if a file of the folder is none of ours. */
export function storedSessions(io: Io): StoredSession[] {
  const folder = sessionFolder(io)
  return names(folder).map(name => readSession(join(folder, name)))
}

/** True if there was one. */
export function forgetSession(site: string, io: Io): boolean {
  const folder = sessionFolder(io)
  const name = fileName(site)
  if (!names(folder).includes(name)) return false
  rmSync(join(folder, name))
  return true
}

/** A community in a folder of its own is one of its own. */
const fileName = (site: string): string => `${siteKey(site).replace(/[^a-z0-9.-]+/gi, '_')}.json`

function names(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => name.endsWith('.json') && !name.startsWith('.'))
  } catch {
    return []
  }
}

/**
 * Before it is shown to a site; a login to another one is none of this run's affairs.
 * @throws UsageError if others may read the file.
 */
export function refuseOpen({ site }: StoredSession, io: Io): void {
  const file = join(sessionFolder(io), fileName(site))
  if (io.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new UsageError(`Others may read ${file}, which holds a login.`, `Close it to them: chmod 600 '${file}'`)
  }
}

function readSession(file: string): StoredSession {
  try {
    const session = JSON.parse(readFileSync(file, 'utf8')) as StoredSession
    if (session.schema === 'threadkeep.session/1') return session
  } catch {
    // Said below, without a word of what is in it.
  }
  throw new UsageError(`${file} is no login that threadkeep has kept.`, 'Remove it, and log in again.')
}
