import type { Command } from 'commander'
import type { ExitCode } from '../../model/errors.js'
import type { Io } from '../io.js'

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
    load: () => import('./archive.js'),
  },
  {
    name: 'sync',
    args: '[target...]',
    summary: 'bring all that was archived up to date',
    load: () => import('./sync.js'),
  },
  {
    name: 'status',
    args: '',
    summary: 'show how far the archive has come, and what is missing',
    load: () => import('./status.js'),
  },
  {
    name: 'list',
    args: '[group...]',
    summary: 'list the groups and threads of the archive',
    load: () => import('./list.js'),
  },
  {
    name: 'show',
    args: '<thread>',
    summary: 'show one thread as a tree of replies',
    load: () => import('./show.js'),
  },
  {
    name: 'search',
    args: '<query...>',
    summary: 'find posts by words, author, group, date and more',
    load: () => import('./search.js'),
  },
  {
    name: 'log',
    args: '<thread|post>',
    summary: 'show what happened to a thread or a post: edits, deletions, renames',
    load: () => import('./log.js'),
  },
  {
    name: 'diff',
    args: '<thread|post>',
    summary: 'show word by word what was edited',
    load: () => import('./diff.js'),
  },
  {
    name: 'changes',
    args: '[selection...]',
    summary: 'list what was new, edited, gone or renamed since a date or the last run',
    load: () => import('./changes.js'),
  },
  {
    name: 'digest',
    args: '[group...]',
    summary: 'write what is new as markdown, for a mail or a meeting',
    load: () => import('./digest.js'),
  },
  {
    name: 'export',
    args: '[selection...]',
    summary: 'write threads as documents or data',
    load: () => import('./export.js'),
  },
  {
    name: 'stats',
    args: '[selection...]',
    summary: 'count who wrote how much, when, and who answers whom',
    load: () => import('./stats.js'),
  },
  {
    name: 'metadata',
    args: '',
    summary: 'describe the archive to Datasette',
    load: () => import('./metadata.js'),
  },
  {
    name: 'verify',
    args: '',
    summary: 'look whether the archive is sound, and mend it',
    load: () => import('./verify.js'),
  },
  {
    name: 'forget',
    args: '<member>',
    summary: 'erase a member from the archive',
    load: () => import('./forget.js'),
  },
  {
    name: 'merge',
    args: '<archive...>',
    summary: 'put the archives of several readers together',
    load: () => import('./merge.js'),
  },
  {
    name: 'reparse',
    args: '',
    summary: 'build the posts anew from what was captured, with the parsers of today',
    load: () => import('./reparse.js'),
  },
  {
    name: 'login',
    args: '[site]',
    summary: 'log in to a community, for what only its members may read',
    load: () => import('./login.js'),
  },
  {
    name: 'logout',
    args: '[site]',
    summary: 'forget a login',
    load: () => import('./logout.js'),
  },
  {
    name: 'doctor',
    args: '<url>',
    summary: 'say what a site offers, before anything is archived',
    load: () => import('./doctor.js'),
  },
  {
    name: 'demo',
    args: '',
    summary: 'try it all on a small community that comes with threadkeep',
    load: () => import('./demo.js'),
  },
]
