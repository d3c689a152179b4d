/** Why a request is made. The code is stored with the task and its capture; the words are what `--explain` prints. */
export const TASK_REASONS = {
  named: 'the address of the target',
  'posts-tab': 'the page of the group that shows its posts',
  'first-page': 'the first page of a list that the site loads by script',
  'next-page': 'the next page of a list',
  look: 'the page after the last one, to see that the list ends there',
  'beyond-gap': 'the page after one that could not be read',
  'by-ajax': 'the page by AJAX, because under its own address the site sends another page',
  'look-back': 'an earlier page again, because posts arrived while the list was read',
  'step-back': 'the page before, because posts may have moved while the run was interrupted',
  directory: 'the directory of groups',
  listed: 'a group that the directory lists',
  known: 'a group that the archive holds, because a page of the directory could not be read',
  unlisted: 'a group that earlier runs have read, and that the directory does not list any more',
  'own-groups': "the reader's own groups, because lists of the site show no hidden ones",
  'rest-index': 'the index of the REST interface',
  'without-rest': 'the page instead, because REST could not be used',
  'without-page': 'the index of the REST interface, because the page could not be read',
  shortened: 'the full text of a shortened post',
  partial: 'a thread that its list did not show whole',
  'more-replies': 'replies that the page hides',
  nameless: 'the names of members whom REST gives by number only',
  parents: 'the parents of replies that no tree shows',
  'broken-tree': 'all replies of a thread as a list, because its tree is incomplete',
  'reply-counts': 'the numbers of replies in a large group',
  'self-test': 'the feed of a group, to compare the posts of its pages with',
  'last-resort': 'the feed of a group whose posts could not be read in any other way',
  'empty-lists': 'the feed of a group, because its pages show no posts',
  sample: 'a few posts by REST, to compare the posts of pages with',
  'only-in-feed': 'a thread that the feed of its group has, and no list',
  control: 'a thread by its own address, to see whether the pages of single threads can be read',
  counted: 'a thread of which the site counts more replies than were read',
  'new-replies': 'replies that are new since the last sync',
  turn: 'old threads whose turn it is to be read again',
  forum: 'a forum that the pages of the site lead to',
  topic: 'a topic that its forum lists',
  'changed-topic': 'a topic of which its forum lists another number of replies, or a newer one',
  zone: 'the time zone of the site, for the dates of its forum',
  dated: 'a topic once more, with the time zone of its site',
  missed: 'a thread that is missing from its list',
  'off-list': 'a thread that only feeds show, to see whether it is still there',
  absent: 'a thread that was shown without a reply that it had, to see whether the reply is gone',
} as const

export type TaskReason = keyof typeof TASK_REASONS

export type RecheckReason = 'turn' | 'new-replies' | 'missed' | 'off-list' | 'absent'

const RECHECKS: ReadonlySet<string> = new Set<RecheckReason>(['turn', 'new-replies', 'missed', 'off-list', 'absent'])

/** The thread was requested by itself in a sync, to see whether it has changed or is gone. */
export const isRecheckReason = (reason: TaskReason): reason is RecheckReason => RECHECKS.has(reason)
