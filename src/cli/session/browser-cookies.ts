import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserCookies } from '../../archive/index.js'
import type { Credentials } from '../../model/credentials.js'
import { UsageError } from '../../model/errors.js'
import { errorMessage } from '../../model/thrown.js'
import type { Io } from '../terminal/io.js'

/** The folder of profiles of each browser: below the home folder on Linux and macOS, below a folder of settings on Windows. */
const FOLDERS: Record<string, { linux: string[]; darwin: string[]; win32: [variable: string, folder: string] }> = {
  firefox: {
    linux: [
      '.mozilla/firefox',
      'snap/firefox/common/.mozilla/firefox',
      '.var/app/org.mozilla.firefox/.mozilla/firefox',
    ],
    darwin: ['Library/Application Support/Firefox/Profiles'],
    win32: ['APPDATA', 'Mozilla/Firefox/Profiles'],
  },
  chromium: ofChromium('chromium', 'Chromium', 'Chromium/User Data'),
  chrome: ofChromium('google-chrome', 'Google/Chrome', 'Google/Chrome/User Data'),
  brave: ofChromium(
    'BraveSoftware/Brave-Browser',
    'BraveSoftware/Brave-Browser',
    'BraveSoftware/Brave-Browser/User Data',
  ),
  edge: ofChromium('microsoft-edge', 'Microsoft Edge', 'Microsoft/Edge/User Data'),
}

function ofChromium(linux: string, darwin: string, win32: string): (typeof FOLDERS)[string] {
  return {
    linux: [`.config/${linux}`, `snap/${linux}/common/${linux}`],
    darwin: [`Library/Application Support/${darwin}`],
    win32: ['LOCALAPPDATA', win32],
  }
}

/** Where a profile has its cookies. */
const DATABASES = ['cookies.sqlite', 'Network/Cookies', 'Cookies']

const INSTEAD = 'Export a cookies.txt file with a browser add-on and name it with --cookies, or use threadkeep login.'

/**
 * The cookies for the hosts of these targets in a browser. `name`: the browser, and after a colon the name or the path of a profile;
 * without one, the profile that was used last.
 * @throws UsageError if the browser is not known, has no cookies for the hosts, or has encrypted them.
 */
export async function cookiesOfBrowser(name: string, targets: readonly string[], io: Io): Promise<Credentials> {
  const { cookies, encrypted } = await readCopy(databaseOf(name, io), name)
  const hosts = targets.map(target => new URL(target).hostname)
  const isFor = (domain: string) => hosts.some(host => isWithin(host, domain.replace(/^\./, '')))
  const own = cookies.filter(({ domain }) => isFor(domain))
  if (own.length > 0) return (await import('../../run/run.js')).credentialsOfBrowser(own)
  if (encrypted.some(isFor)) throw new UsageError(`${name} has encrypted its cookies, which only it can read.`, INSTEAD)
  throw new UsageError(
    `${name} keeps no cookie for ${hosts.join(', ')}.`,
    `Log in there with "Remember me": a browser does not store the cookies of one session. ${INSTEAD}`,
  )
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

/** The database that was changed last. */
function databaseOf(name: string, io: Io): string {
  const [browser = '', ...profile] = name.split(':')
  const wanted = profile.join(':')
  const roots = rootsOf(browser.toLowerCase(), io)
  const folders =
    wanted.includes('/') || wanted.includes('\\') ? [wanted] : roots.flatMap(profilesIn).filter(isNamed(wanted))
  const found = folders.flatMap(folder => DATABASES.map(file => join(folder, file))).filter(file => existsSync(file))
  const [newest] = found.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
  if (newest) return newest
  throw new UsageError(
    `No cookies of ${browser} were found${wanted === '' ? '' : ` in its profile ${wanted}`}.`,
    `Name the folder of the profile: --cookies-from-browser ${browser}:/path/to/profile. ${INSTEAD}`,
  )
}

/** Firefox's folders have a random name before the name of the profile: `ab12.default-release`. */
const isNamed = (wanted: string) => (folder: string) =>
  wanted === '' || folder.endsWith(`/${wanted}`) || folder.endsWith(`\\${wanted}`) || folder.endsWith(`.${wanted}`)

function rootsOf(browser: string, { home, env, platform }: Io): string[] {
  const known = FOLDERS[browser]
  if (!known)
    throw new UsageError(
      `"${browser}" is not a browser whose cookies can be read.`,
      `Known: ${Object.keys(FOLDERS).join(', ')}.`,
    )
  const [variable, folder] = known.win32
  if (platform === 'win32') return [join(env[variable] ?? '', folder)]
  return home === null ? [] : known[platform === 'darwin' ? 'darwin' : 'linux'].map(path => join(home, path))
}

function profilesIn(root: string): string[] {
  try {
    return [root, ...readdirSync(root).map(name => join(root, name))]
  } catch {
    return []
  }
}

/** Reads a copy, which only the user can read: a browser that runs has locked its file. */
async function readCopy(file: string, name: string): Promise<BrowserCookies> {
  const { readCookieDatabase } = await import('../../archive/index.js')
  const folder = mkdtempSync(join(tmpdir(), 'threadkeep-'))
  try {
    for (const suffix of ['', '-wal'])
      if (existsSync(file + suffix)) copyFileSync(file + suffix, join(folder, `cookies${suffix}`))
    return readCookieDatabase(join(folder, 'cookies'))
  } catch (error) {
    throw new UsageError(`The cookies of ${name} cannot be read (${errorMessage(error)}).`, INSTEAD)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
