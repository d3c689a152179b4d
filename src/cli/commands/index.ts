import type { Command } from 'commander'
import type { ExitCode } from '../../model/errors.js'
import type { Io } from '../terminal/io.js'

/** A command as the list of commands shows it. What it does is loaded when it is used. */
export interface CommandEntry {
  name: string
  /** Its arguments, as the help writes them. */
  args: string
  summary: string
  load(): Promise<{ add(command: Command, io: Io, done: (code: ExitCode) => void): void | Promise<void> }>
}

/** In the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'archive',
    args: '[target...]',
    summary: 'fetch communities, groups or threads, and keep them',
    load: () => import('./fetch/archive.js'),
  },
  {
    name: 'sync',
    args: '[target...]',
    summary: 'bring all that was archived up to date',
    load: () => import('./fetch/sync.js'),
  },
  {
    name: 'status',
    args: '',
    summary: 'show how far the archive has come, and what is missing',
    load: () => import('./read/status.js'),
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
    summary: 'write what is new as markdown, for a mail or a meeting',
    load: () => import('./publish/digest.js'),
  },
  {
    name: 'export',
    args: '[selection...]',
    summary: 'write threads as documents or data',
    load: () => import('./publish/export.js'),
  },
  {
    name: 'stats',
    args: '[selection...]',
    summary: 'count who wrote how much, when, and who answers whom',
    load: () => import('./read/stats.js'),
  },
  {
    name: 'metadata',
    args: '',
    summary: 'describe the archive to Datasette',
    load: () => import('./publish/metadata.js'),
  },
  {
    name: 'verify',
    args: '',
    summary: 'look whether the archive is sound, and mend it',
    load: () => import('./maintain/verify.js'),
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
    summary: 'put the archives of several readers together',
    load: () => import('./maintain/merge.js'),
  },
  {
    name: 'reparse',
    args: '',
    summary: 'build the posts anew from what was captured, with the parsers of today',
    load: () => import('./maintain/reparse.js'),
  },
  {
    name: 'login',
    args: '[site]',
    summary: 'log in to a community, for what only its members may read',
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
    summary: 'say what a site offers, before anything is archived',
    load: () => import('./fetch/doctor.js'),
  },
  {
    name: 'demo',
    args: '',
    summary: 'try it all on a small community that comes with threadkeep',
    load: () => import('./fetch/demo.js'),
  },
]
