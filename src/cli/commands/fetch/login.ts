import type { Command } from 'commander'
import type { ExitCode } from '../../../model/errors.js'
import { addFetchFlags } from '../../options/fetch-flags.js'
import { examples } from '../../options/help.js'
import type { Io } from '../../terminal/io.js'

export function add(command: Command, io: Io, done: (code: ExitCode) => void): void {
  command
    .description(
      'Logs in with the form of the site, and keeps the session in your own folder,\n' +
        'readable by you alone. archive, sync and doctor then read as this member. The\n' +
        'password is asked for, or read from standard input; it is not kept.\n' +
        'THREADKEEP_CONFIG names another folder than the usual one for settings.',
    )
    .argument('[site]', 'the URL of the community')
    .optionsGroup('How to log in:')
    .option('-u, --user <name>', 'the user name or mail address on the site')
    .option(
      '--application-password',
      'the password is an application password, made in the profile: it is kept, for REST',
    )
    .option('--login-url <url>', 'where the login form is, if not at wp-login.php')
    .option('--insecure', 'also over http, where everybody on the way can read the password')
    .option('--status', 'only show which logins are kept, and how long they last')
    .option('--json', 'with --status: as one JSON document')
  addFetchFlags(command)
  command.addHelpText('after', HELP).action(async (site: string | undefined, _own, self: Command) => {
    const { logIn } = await import('./login-run.js')
    done(await logIn(site, self.optsWithGlobals(), io))
  })
}

const HELP = examples(
  'login https://community.example/ --user maeve',
  'login https://community.example/ --user maeve < password.txt',
  'login https://community.example/ --user maeve --application-password',
  'login https://community.example/ --cookies cookies.txt',
  'login --status',
)
