import type { Command } from 'commander'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import { sameHost } from '../../../model/urls.js'
import type { Login, LoginRequest } from '../../../run/run.js'
import { addFetchFlags, type FetchFlags, fetchOptions } from '../../options/fetch-flags.js'
import type { Globals } from '../../options/globals.js'
import { type StoredSession, storedSessions, storeSession } from '../../session/session-store.js'
import type { Io } from '../../terminal/io.js'
import { day } from '../../text/phrases.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'
import { withProgress } from './run-command.js'

interface Options extends Globals, FetchFlags {
  word: string | undefined
  user?: string
  applicationPassword?: boolean
  loginUrl?: string
  insecure?: boolean
  status?: boolean
}

export const examples = [
  'login https://community.example/ --user maeve',
  'login https://community.example/ --user maeve < password.txt',
  'login https://community.example/ --user maeve --application-password',
  'login https://community.example/ --cookies cookies.txt',
  'login --status',
]

export function add(command: Command): void {
  command
    .description(
      'Logs in with the login form of the site, and keeps the session in your home\n' +
        'folder, in a file that only you can read. archive, sync and doctor then read as\n' +
        'this member. The password is asked for, or read from standard input; it is not\n' +
        'kept. THREADKEEP_CONFIG sets another folder for settings.',
    )
    .argument('[site]', 'the URL of the community')
    .optionsGroup('How to log in:')
    .option('-u, --user <name>', 'the user name or mail address on the site (default: it is asked for)')
    .option(
      '--application-password',
      'the password is an application password from your profile: it is kept, and opens REST only',
    )
    .option('--login-url <url>', 'the URL of the login form (default: wp-login.php of the site)')
    .option('--insecure', 'allow http, where others on the network can read the password')
    .option('--status', 'only show which logins are kept, and when they end')
    .option('--json', 'with --status: print one JSON document (threadkeep.logins/1)')
  addFetchFlags(command)
}

export async function run(options: Options, io: Io): Promise<ExitCode> {
  const { logIn, targetOf } = await import('../../../run/run.js')
  const url = options.word === undefined ? null : targetOf(options.word)
  if (options.status) return showStatus(url, options, io)
  if (options.json) throw new UsageError('--json goes with --status only.', 'Run threadkeep login --status --json.')
  if (url === null) throw new UsageError('No community was named.', 'Name its URL: threadkeep login https://…')
  const how = await fetchOptions([url], { ...options, session: false }, io)
  const request = await requestOf(url, options, io)
  const login = await withProgress(options, io, deps => logIn(request, how, deps))
  const file = await storeSession(sessionOf(login, request, io), io)
  io.stdout.write(`${doneWords(login)}\n`)
  if (options.verbose) io.stderr.write(`The session is kept in ${file}\n`)
  return EXIT.done
}

/** Asks for the user name and the password if they are missing and a person is at the terminal. */
async function requestOf(site: string, options: Options, io: Io): Promise<LoginRequest> {
  const common = {
    site,
    isApplication: options.applicationPassword === true,
    form: options.loginUrl ?? null,
    insecure: options.insecure === true,
  }
  if ((options.cookies ?? options.cookiesFromBrowser) !== undefined) return { ...common, user: '', password: '' }
  const mayAsk = io.stdinIsTTY && options.input !== false
  const user = options.user ?? (mayAsk ? await io.ask('User name or mail address: ') : null)
  if (!user) throw new UsageError('No user name was given.', 'Name it with --user.')
  const password = mayAsk ? await io.askHidden(`Password of ${terminalLine(user)}: `) : await pipedPassword(options, io)
  if (!password) throw new UsageError('No password was given.', ON_STDIN)
  return { ...common, user, password }
}

const ON_STDIN = 'Give it on standard input: threadkeep login SITE --user NAME < FILE'

/** The first line of standard input. Not read with --no-input at a terminal: nobody would know that input is expected. */
const pipedPassword = async (options: Options, io: Io): Promise<string> =>
  io.stdinIsTTY && options.input === false ? '' : ((await io.readStdin()).split(/\r?\n/)[0] ?? '')

const sessionOf = (
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

function showStatus(url: string | null, options: Options, io: Io): ExitCode {
  const sessions = storedSessions(io).filter(({ site }) => url === null || sameHost(url, site))
  if (options.json) {
    const logins = sessions.map(({ site, user, kind, savedAt, endsAt }) => ({ site, user, kind, savedAt, endsAt }))
    io.stdout.write(`${terminalJson({ schema: 'threadkeep.logins/1', logins })}\n`)
  } else for (const session of sessions) io.stdout.write(`${statusLine(session, io.now())}\n`)
  if (sessions.length === 0 && !options.json && !options.quiet) io.stderr.write('No login is kept.\n')
  return EXIT.done
}

function statusLine({ site, user, kind, endsAt }: StoredSession, now: number): string {
  const who = user === null ? "a browser's session" : terminalLine(user)
  const isOver = endsAt !== null && Date.parse(endsAt) <= now
  const until = endsAt === null ? '' : `, ${isOver ? 'ended' : 'until'} ${day(endsAt)}`
  return `${terminalLine(site)}  ${who}${kind === 'session' ? '' : ' (application password, REST only)'}${until}`
}
