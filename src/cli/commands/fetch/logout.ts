import type { Command } from 'commander'
import { UsageError } from '../../../model/errors.js'
import { siteKey } from '../../../model/urls.js'
import type { Globals } from '../../options/globals.js'
import { forgetSession, storedSessions } from '../../session/session-store.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine } from '../../text/terminal-text.js'

interface Options extends Globals {
  word: string | undefined
  all?: boolean
}

export const examples = ['logout https://community.example/', 'logout --all']

export function add(command: Command): void {
  command
    .description('Removes the stored login for a community. The session on the site itself ends when it expires.')
    .argument('[site]', 'the URL of the community')
    .option('--all', 'remove all stored logins')
}

export async function run(options: Options, io: Io): Promise<void> {
  const { word } = options
  if ((word === undefined) !== (options.all === true))
    throw new UsageError(
      'Name one community, or use --all.',
      'Run threadkeep login --status to see which logins are kept.',
    )
  const stored = storedSessions(io).map(({ site }) => site)
  const { targetOf } = await import('../../../run/run.js')
  const sites = word === undefined ? stored : innermost(targetOf(word), stored)
  if (sites.length === 0) io.stderr.write('No login is kept for this community: there is nothing to remove.\n')
  for (const site of sites) {
    forgetSession(site, io)
    if (!options.quiet) io.stdout.write(`Removed the login to ${terminalLine(site)}.\n`)
  }
}

/** The site that contains the URL; a host may have several, in folders of their own. */
const innermost = (url: string, sites: string[]): string[] =>
  sites
    .filter(site => siteKey(url).startsWith(siteKey(site)))
    .sort((a, b) => b.length - a.length)
    .slice(0, 1)
