import type { Command } from 'commander'
import { EXIT, type ExitCode, UsageError } from '../../../model/errors.js'
import type { Globals } from '../../options/globals.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'

interface Options extends Globals {
  all?: boolean
}

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description('Removes what login has kept for a community. The session on the site itself ends when it expires.')
    .argument('[site]', 'the URL of the community')
    .option('--all', 'forget all logins')
    .addHelpText('after', examples('logout https://community.example/', 'logout --all'))
    .action(async (site: string | undefined, _own, self: Command) => done(await run(site, self.optsWithGlobals(), io)))
}

async function run(word: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  if ((word === undefined) !== (options.all === true))
    throw new UsageError('Name one community, or give --all.', 'threadkeep login --status shows which logins are kept.')
  const [{ forgetSession, storedSessions }, { terminalLine }, { siteKey }, { targetOf }] = await Promise.all([
    import('../../session/session-store.js'),
    import('../../text/terminal-text.js'),
    import('../../../model/urls.js'),
    import('../../../run/run.js'),
  ])
  const urls = word === undefined ? [] : [targetOf(word)]
  // The community that the address lies in: on one host there may be several, each in a folder of its own.
  const kept = storedSessions(io).map(({ site }) => site)
  const around = (url: string) => kept.filter(site => siteKey(url).startsWith(siteKey(site)))
  const nearest = (url: string) =>
    around(url)
      .sort((a, b) => b.length - a.length)
      .slice(0, 1)
  const sites = options.all ? kept : urls.flatMap(nearest)
  if (sites.length === 0) io.stderr.write('No login is kept for it: there is nothing to forget.\n')
  for (const site of sites) {
    forgetSession(site, io)
    if (!options.quiet) io.stdout.write(`Forgot the login to ${terminalLine(site)}.\n`)
  }
  return EXIT.done
}
