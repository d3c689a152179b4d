import { copyName } from '../../archive/database/migration-copy.js'
import { mediaFolderOf } from '../../archive/media/media-folder.js'
import { journalName } from '../../node/journal.js'
import { MANIFEST } from '../../node/manifest.js'
import { CONFIG_NAME, configFolder } from '../files/config-file.js'
import { DEFAULT_ARCHIVE } from '../options/globals.js'
import { sessionFolder } from '../session/session-store.js'
import { page, reflow, type Terms, termLines } from './layout.js'

/** An outside in which only these variables are set. */
const outside = (env: Record<string, string>, home: string | null, platform: 'linux' | 'win32' = 'linux') =>
  ({ env, home, platform }) as const

/** The names are those that the code itself gives. */
const ARCHIVE: Terms = [
  [DEFAULT_ARCHIVE, 'the archive, in the folder in which the command runs; --db or THREADKEEP_DB name another'],
  [`${DEFAULT_ARCHIVE}-wal, -shm`, 'parts of it while it is open: never copy or delete one of them alone'],
  [
    `${mediaFolderOf(DEFAULT_ARCHIVE)}/`,
    'pictures and files of posts (archive --media): copy and move it with the archive',
  ],
  [copyName(DEFAULT_ARCHIVE, 'N'), 'the archive as an older version left it; delete it when all is well'],
  [CONFIG_NAME, 'settings for this archive'],
]

const own = (): Terms => [
  [`${configFolder(outside({}, '~'))}/`, 'on Linux and macOS; $XDG_CONFIG_HOME/threadkeep/, if that is set'],
  [`${configFolder(outside({ APPDATA: '%APPDATA%' }, null, 'win32'))}/`.replaceAll('/', '\\'), 'on Windows'],
  ['$THREADKEEP_CONFIG', 'another place for it'],
]

const inside = (): Terms => [
  [CONFIG_NAME, 'settings for all archives: threadkeep config show'],
  [within(sessionFolder), 'a file for each login, which only you can read: threadkeep login --status'],
]

/** The path below the folder of settings. */
const within = (folder: typeof sessionFolder): string =>
  `${folder(outside({ THREADKEEP_CONFIG: '.' }, null))?.replaceAll('\\', '/')}/`

const EXPORTS: Terms = [
  [MANIFEST, 'in a folder of an export: what was written, so that the next export replaces it'],
  [journalName('N'), 'the same while an export runs, or after one was killed'],
  ['*.part', 'a file that is being written: it gets its name when it is whole'],
]

const COLUMN = 23

const TEMPORARY = `
Files that are needed for as long as a command runs are in a private folder
named threadkeep-… of the system's folder for temporary files (TMPDIR, TEMP).
Nothing is written anywhere else. Nothing is sent anywhere but to the sites that
you name, and with --media to the hosts of their files.`

/** The topic `files`. */
export const text = (width: number): string =>
  page(
    `The archive:\n${termLines(ARCHIVE, width, COLUMN)}`,
    `Your folder of settings:\n${termLines(own(), width, COLUMN)}`,
    `In it:\n${termLines(inside(), width, COLUMN)}`,
    `Exports:\n${termLines(EXPORTS, width, COLUMN)}`,
    reflow(TEMPORARY, width),
  )
