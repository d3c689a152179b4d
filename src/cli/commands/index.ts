import type { Command } from 'commander'
import type { ExitCode } from '../../model/errors.js'
import type { Globals } from '../options/globals.js'
import type { Io } from '../terminal/io.js'

/**
 * The module of a command. `add` describes its arguments and flags. `run` gets the values of the flags, `words` (all arguments) and
 * `word` (the first one); without an exit code, it is done. `program` makes the program with every command loaded.
 */
interface CommandModule {
  add(command: Command): void | Promise<void>
  run(options: Globals, io: Io, program: () => Promise<Command>): Promise<ExitCode> | Promise<void>
}

/** A command in the list of commands. Its code is loaded when it is named. */
export interface CommandEntry {
  name: string
  /** Its arguments, as the help writes them. */
  args: string
  summary: string
  load(): Promise<CommandModule>
}

/** In the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'archive',
    args: '[target...]',
    summary: 'fetch communities, groups or threads into the archive',
    load: () => import('./fetch/archive.js'),
  },
  {
    name: 'sync',
    args: '[target...]',
    summary: 'update everything that was archived',
    load: () => import('./fetch/sync.js'),
  },
  {
    name: 'media',
    args: '[action] [target...]',
    summary: 'fetch the pictures and files that posts show; list what is kept and what is missing',
    load: () => import('./fetch/media.js'),
  },
  {
    name: 'import',
    args: '<path...>',
    summary: 'read saved pages, MHTML, WARC and WACZ files and text copies into the archive',
    load: () => import('./fetch/import.js'),
  },
  {
    name: 'status',
    args: '',
    summary: 'show the state of each target, and what is missing',
    load: () => import('./read/status.js'),
  },
  {
    name: 'targets',
    args: '[action] [url...]',
    summary: 'list what sync updates; remove targets, rename a community that has moved',
    load: () => import('./maintain/targets.js'),
  },
  {
    name: 'list',
    args: '[group...]',
    summary: 'list the groups and threads of the archive',
    load: () => import('./read/list.js'),
  },
  {
    name: 'show',
    args: '<thread>',
    summary: 'show one thread as a tree of replies',
    load: () => import('./read/show.js'),
  },
  {
    name: 'search',
    args: '<query...>',
    summary: 'find posts by words, author, group, date and more',
    load: () => import('./read/search.js'),
  },
  {
    name: 'log',
    args: '<thread|post>',
    summary: 'show what happened to a thread or a post: edits, deletions, renames',
    load: () => import('./read/log.js'),
  },
  {
    name: 'diff',
    args: '<thread|post>',
    summary: 'show word by word what was edited',
    load: () => import('./read/diff.js'),
  },
  {
    name: 'changes',
    args: '[selection...]',
    summary: 'list what was new, edited, gone or renamed since a date or the last run',
    load: () => import('./read/changes.js'),
  },
  {
    name: 'digest',
    args: '[group...]',
    summary: 'write what is new as a markdown newsletter',
    load: () => import('./publish/digest.js'),
  },
  {
    name: 'export',
    args: '[selection...]',
    summary: 'write threads as documents or data',
    load: () => import('./publish/export.js'),
  },
  {
    name: 'package',
    args: '[selection...]',
    summary: 'write a data set to be deposited: formats, codebook, metadata, all checked by hashes',
    load: () => import('./publish/package.js'),
  },
  {
    name: 'view',
    args: '',
    summary: 'show the archive in a browser, on this machine only',
    load: () => import('./publish/view.js'),
  },
  {
    name: 'stats',
    args: '[selection...]',
    summary: 'count posts by person and month, and who replies to whom',
    load: () => import('./read/stats.js'),
  },
  {
    name: 'methods',
    args: '[selection...]',
    summary: 'write how the data were collected, for a methods section',
    load: () => import('./publish/methods.js'),
  },
  {
    name: 'agreement',
    args: '<file...>',
    summary: 'compare the codes that several coders gave posts',
    load: () => import('./read/agreement.js'),
  },
  {
    name: 'cite',
    args: '[post...]',
    summary: 'cite threads, replies or the archive: APA, MLA, Chicago, BibTeX, RIS, CSL-JSON',
    load: () => import('./publish/cite.js'),
  },
  {
    name: 'metadata',
    args: '',
    summary: 'describe the archive to Datasette',
    load: () => import('./publish/metadata.js'),
  },
  {
    name: 'codebook',
    args: '',
    summary: 'describe each column of the tables: meaning, source, certainty, values',
    load: () => import('./publish/codebook.js'),
  },
  {
    name: 'verify',
    args: '[path]',
    summary: 'check the archive, and repair what can be repaired; or check a package',
    load: () => import('./maintain/verify.js'),
  },
  {
    name: 'person',
    args: '<member>',
    summary: 'show everything that is held of and about a member',
    load: () => import('./read/person.js'),
  },
  {
    name: 'forget',
    args: '<member>',
    summary: 'erase a member from the archive',
    load: () => import('./maintain/forget.js'),
  },
  {
    name: 'merge',
    args: '<archive...>',
    summary: 'merge the archives of several readers',
    load: () => import('./maintain/merge.js'),
  },
  {
    name: 'reparse',
    args: '',
    summary: 'build the posts again from the captures, with the current parsers',
    load: () => import('./maintain/reparse.js'),
  },
  {
    name: 'login',
    args: '[site]',
    summary: 'log in to a community, to read as a member',
    load: () => import('./fetch/login.js'),
  },
  {
    name: 'logout',
    args: '[site]',
    summary: 'forget a login',
    load: () => import('./fetch/logout.js'),
  },
  {
    name: 'doctor',
    args: '<url>',
    summary: 'examine a site before archiving it',
    load: () => import('./fetch/doctor.js'),
  },
  {
    name: 'config',
    args: '[show]',
    summary: 'show the settings, and where each comes from',
    load: () => import('./maintain/config.js'),
  },
  {
    name: 'completion',
    args: '[shell]',
    summary: 'print the completions of a shell: bash, zsh, fish, powershell',
    load: () => import('./maintain/completion.js'),
  },
  {
    name: 'man',
    args: '[command]',
    summary: 'show the manual page of the program or of a command',
    load: () => import('./maintain/man.js'),
  },
  {
    name: 'demo',
    args: '',
    summary: 'try threadkeep on a small community that comes with it',
    load: () => import('./fetch/demo.js'),
  },
]
