import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { sameHost } from '../../../model/urls.js'
import { VERSION } from '../../../model/version.js'
import type { Login, LoginRequest } from '../../../run/run.js'
import { type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import type { Globals } from '../../options/globals.js'
import { type StoredSession, storedSessions, storeSession } from '../../session/session-store.js'
import type { Io } from '../../terminal/io.js'
import { runProgress } from '../../terminal/run-progress.js'
import { day } from '../../text/phrases.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'

export interface LoginOptions extends Globals, FetchFlags {
  user?: string
  applicationPassword?: boolean
  loginUrl?: string
  insecure?: boolean
  status?: boolean
  json?: boolean
}

/** Asks for what is missing, logs in and keeps the session; or shows what is kept. */
export async function logIn(site: string | undefined, options: LoginOptions, io: Io): Promise<ExitCode> {
  if (options.status) return showStatus(site, options, io)
  if (site === undefined)
    throw new UsageError('No community was named.', 'Give its address: threadkeep login https://…')
  const [url = site] = await io.parts.targetUrls([site])
  const how = await fetchOptions([url], { ...options, session: false }, io)
  const request = await requestOf(url, options, io)
  const reporter = await runProgress(io, options)
  const stopping = new AbortController()
  const unlisten = io.onInterrupt(() => stopping.abort())
  try {
    const login = await io.parts.logIn(request, how, { clock: io, signal: stopping.signal, version: VERSION, reporter })
    reporter.stop()
    const file = await storeSession(keptOf(login, request, io), io)
    io.stdout.write(`${doneWords(login)}\n`)
    if (options.verbose) io.stderr.write(`Kept in ${file}\n`)
    return EXIT.done
  } finally {
    unlisten()
    reporter.stop()
  }
}

async function requestOf(site: string, options: LoginOptions, io: Io): Promise<LoginRequest> {
  const common = {
    site,
    isApplication: options.applicationPassword === true,
    form: options.loginUrl ?? null,
    insecure: options.insecure === true,
  }
  if (options.cookies !== undefined) return { ...common, user: '', password: '' }
  const mayAsk = io.stdinIsTTY && options.input !== false
  const user = options.user ?? (mayAsk ? await io.ask('User name or mail address: ', false) : null)
  if (!user) throw new UsageError('No user name was given.', 'Name it with --user.')
  const password = mayAsk ? await io.ask(`Password of ${terminalLine(user)}: `, true) : await piped(options, io)
  if (!password) throw new UsageError('No password was given.', ON_STDIN)
  return { ...common, user, password }
}

const ON_STDIN = 'Give it on standard input: threadkeep login SITE --user NAME < FILE'

/** Its first line: editors put a line feed behind it. With --no-input at a terminal nobody would know what is waited for. */
const piped = async (options: LoginOptions, io: Io): Promise<string> =>
  io.stdinIsTTY && options.input === false ? '' : ((await io.readStdin()).split(/\r?\n/)[0] ?? '')

const keptOf = (
  { site, user, credentials, endsAt }: Login,
  { isApplication }: LoginRequest,
  io: Io,
): StoredSession => ({
  schema: 'threadkeep.session/1',
  site,
  user: user || null,
  kind: isApplication ? 'application-password' : 'session',
  savedAt: new Date(io.now()).toISOString(),
  endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
  credentials,
})

function doneWords({ site, user, endsAt }: Login): string {
  const until = endsAt === null ? '' : ` The session lasts until ${day(new Date(endsAt).toISOString())}.`
  return `Logged in to ${terminalLine(site)}${user ? ` as ${terminalLine(user)}` : ''}.${until}`
}

async function showStatus(site: string | undefined, options: LoginOptions, io: Io): Promise<ExitCode> {
  const urls = site === undefined ? [] : await io.parts.targetUrls([site])
  const sessions = storedSessions(io).filter(one => urls.every(url => sameHost(url, one.site)))
  if (options.json) {
    const logins = sessions.map(({ site, user, kind, savedAt, endsAt }) => ({ site, user, kind, savedAt, endsAt }))
    io.stdout.write(`${terminalJson({ schema: 'threadkeep.logins/1', logins })}\n`)
  } else for (const session of sessions) io.stdout.write(`${statusLine(session, io.now())}\n`)
  if (sessions.length === 0 && !options.json && !options.quiet) io.stderr.write('No login is kept.\n')
  return EXIT.done
}

function statusLine({ site, user, kind, endsAt }: StoredSession, now: number): string {
  const who = user === null ? "a browser's session" : terminalLine(user)
  const over = endsAt !== null && Date.parse(endsAt) <= now
  const until = endsAt === null ? '' : `, ${over ? 'ended' : 'until'} ${day(endsAt)}`
  return `${terminalLine(site)}  ${who}${kind === 'session' ? '' : ' (application password, REST only)'}${until}`
}
