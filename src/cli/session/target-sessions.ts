import { KnownError } from '../../model/errors.js'
import { sameHost } from '../../model/urls.js'
import type { Io } from '../terminal/io.js'
import { terminalLine } from '../text/terminal-text.js'
import { type StoredSession, storedSessions } from './session-store.js'

/** A stored login for a target's host, without its credentials. */
export interface TargetSession {
  site: string
  kind: StoredSession['kind']
  /** Null: no end, or an unknown one. */
  endsAt: string | null
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
