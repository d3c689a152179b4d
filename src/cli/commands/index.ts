import type { Command } from 'commander'
import type { ExitCode } from '../../model/errors.js'
import type { Globals } from '../options/globals.js'
import type { Io } from '../terminal/io.js'

/**
 * The module of a command. `add` describes its arguments and flags. `run` gets the values of the flags, `words` (all arguments) and
 * `word` (the first one); without an exit code, it is done.
 */
interface CommandModule {
  add(command: Command): void | Promise<void>
  /** Command lines without `threadkeep`, at least two: the help shows them below its first sentence. */
  examples: readonly string[]
  run(options: Globals, io: Io): Promise<ExitCode> | Promise<void>
}

/** The groups of commands and their titles, in the order of the help. */
export const GROUPS = {
  read: 'Read a community',
  look: 'Look',
  write: 'Write out',
  care: 'Look after',
} as const

/** A command in the list of commands. Its code is loaded when it is named. */
export interface CommandEntry {
  name: string
  /** Its arguments, as the help writes them. */
  args: string
  /** What it does, in at most 66 characters: a line of the help. */
  summary: string
  group: keyof typeof GROUPS
  /** `threadkeep --help` only names it, so that all of its help fits on one screen. */
  rare?: boolean
  load(): Promise<CommandModule>
}

/** Within a group, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'archive',
    args: '[target...]',
    summary: 'fetch communities, groups or threads into the archive',
    group: 'read',
    load: () => import('./fetch/archive.js'),
  },
  {
    name: 'sync',
    args: '[target...]',
    summary: 'update everything that was archived',
    group: 'read',
    load: () => import('./fetch/sync.js'),
  },
  {
    name: 'media',
    args: '[action] [target...]',
    summary: 'fetch the pictures and files of posts; list what is missing',
    group: 'read',
    load: () => import('./fetch/media.js'),
  },
  {
    name: 'import',
    args: '<path...>',
    summary: 'read saved pages, MHTML, WARC and WACZ files, and copied texts',
    group: 'read',
    load: () => import('./fetch/import.js'),
  },
  {
    name: 'status',
    args: '',
    summary: 'show the state of each target, and what is missing',
    group: 'care',
    load: () => import('./read/status.js'),
  },
  {
    name: 'targets',
    args: '[action] [url...]',
    summary: 'list, remove and rename what sync updates',
    group: 'care',
    rare: true,
    load: () => import('./maintain/targets.js'),
  },
  {
    name: 'list',
    args: '[group...]',
    summary: 'list the groups and threads of the archive',
    group: 'look',
    load: () => import('./read/list.js'),
  },
  {
    name: 'show',
    args: '<thread>',
    summary: 'show one thread as a tree of replies',
    group: 'look',
    load: () => import('./read/show.js'),
  },
  {
    name: 'search',
    args: '<query...>',
    summary: 'find posts by words, author, group, date and more',
    group: 'look',
    load: () => import('./read/search.js'),
  },
  {
    name: 'read',
    args: '',
    summary: 'read the archive in the terminal: groups, threads, search',
    group: 'look',
    load: () => import('./read/read.js'),
  },
  {
    name: 'log',
    args: '<thread|post>',
    summary: 'show edits, deletions and renames of a thread or a post',
    group: 'look',
    load: () => import('./read/log.js'),
  },
  {
    name: 'diff',
    args: '<thread|post>',
    summary: 'show word by word what was edited',
    group: 'look',
    rare: true,
    load: () => import('./read/diff.js'),
  },
  {
    name: 'changes',
    args: '[selection...]',
    summary: 'list what is new, edited or gone since a date or the last run',
    group: 'look',
    load: () => import('./read/changes.js'),
  },
  {
    name: 'digest',
    args: '[group...]',
    summary: 'write what is new as a markdown newsletter',
    group: 'write',
    load: () => import('./publish/digest.js'),
  },
  {
    name: 'export',
    args: '[selection...]',
    summary: 'write threads as documents or data',
    group: 'write',
    load: () => import('./publish/export.js'),
  },
  {
    name: 'package',
    args: '[selection...]',
    summary: 'write a data set to deposit: formats, codebook, metadata, hashes',
    group: 'write',
    load: () => import('./publish/package.js'),
  },
  {
    name: 'view',
    args: '',
    summary: 'show the archive in a browser, on this machine only',
    group: 'look',
    load: () => import('./publish/view.js'),
  },
  {
    name: 'stats',
    args: '[selection...]',
    summary: 'count posts by person and month, and who replies to whom',
    group: 'look',
    load: () => import('./read/stats.js'),
  },
  {
    name: 'methods',
    args: '[selection...]',
    summary: 'write how the data were collected, for a methods section',
    group: 'write',
    load: () => import('./publish/methods.js'),
  },
  {
    name: 'agreement',
    args: '<file...>',
    summary: 'compare the codes that several coders gave posts',
    group: 'look',
    rare: true,
    load: () => import('./read/agreement.js'),
  },
  {
    name: 'cite',
    args: '[post...]',
    summary: 'cite threads, replies or the archive, in APA, BibTeX and more',
    group: 'write',
    load: () => import('./publish/cite.js'),
  },
  {
    name: 'metadata',
    args: '',
    summary: 'describe the archive to Datasette',
    group: 'write',
    rare: true,
    load: () => import('./publish/metadata.js'),
  },
  {
    name: 'codebook',
    args: '',
    summary: 'describe each column of the tables: meaning, source, values',
    group: 'write',
    rare: true,
    load: () => import('./publish/codebook.js'),
  },
  {
    name: 'verify',
    args: '[path]',
    summary: 'check the archive or a package, and repair the archive',
    group: 'care',
    load: () => import('./maintain/verify.js'),
  },
  {
    name: 'person',
    args: '<member>',
    summary: 'show everything that is held of and about a member',
    group: 'care',
    rare: true,
    load: () => import('./read/person.js'),
  },
  {
    name: 'forget',
    args: '<member>',
    summary: 'erase a member from the archive',
    group: 'care',
    load: () => import('./maintain/forget.js'),
  },
  {
    name: 'merge',
    args: '<archive...>',
    summary: 'merge the archives of several readers',
    group: 'care',
    load: () => import('./maintain/merge.js'),
  },
  {
    name: 'reparse',
    args: '',
    summary: 'build the posts again from the captures, with current parsers',
    group: 'care',
    rare: true,
    load: () => import('./maintain/reparse.js'),
  },
  {
    name: 'login',
    args: '[site]',
    summary: 'log in to a community, to read as a member',
    group: 'read',
    load: () => import('./fetch/login.js'),
  },
  {
    name: 'logout',
    args: '[site]',
    summary: 'forget a login',
    group: 'read',
    rare: true,
    load: () => import('./fetch/logout.js'),
  },
  {
    name: 'doctor',
    args: '<url>',
    summary: 'examine a site before archiving it',
    group: 'read',
    load: () => import('./fetch/doctor.js'),
  },
  {
    name: 'config',
    args: '[show]',
    summary: 'show the settings, and where each comes from',
    group: 'care',
    rare: true,
    load: () => import('./maintain/config.js'),
  },
  {
    name: 'demo',
    args: '',
    summary: 'try threadkeep on a small community that comes with it',
    group: 'read',
    rare: true,
    load: () => import('./fetch/demo.js'),
  },
]
