import { page, reflow, type Terms, termLines } from './layout.js'

/** What `archive` takes. A test reads each. */
export const TARGETS: Terms = [
  ['https://community.example/', 'a whole community: all groups that you may see'],
  ['https://community.example/groups/gardeners/', 'a group'],
  ['https://community.example/activity/p/237/', 'a thread, also by the address of a reply'],
  ['https://community.example/members/maeve/', 'the posts of a member'],
  ['https://community.example/forums/forum/bees/', 'a forum or topic of bbPress'],
  ['https://community.example/groups/gardeners/feed/', 'a feed: a quick look at what is new'],
]

const SELECTED: Terms = [
  ['gardeners', 'a group: its slug, name, id or URL'],
  ['237', 'a thread: its id or permalink, or that of a reply in it'],
  ['bbp:112', 'a topic of bbPress'],
  ['maeve', 'a member: slug, number, display name or profile URL'],
]

const NOTES = [
  'Copy the address from the browser: pages of a list, marks of campaigns and nonces are left out, https:// may be left out, and old forms of permalinks are understood.',
  'Many targets: a file with one a line, # for comments (archive --batch-file targets.txt).',
  'What was archived stays a target: "threadkeep sync" updates it, "threadkeep targets" lists it.',
]

/** The topic `targets`, and a part of the help of the command with this name. */
export const text = (width: number): string =>
  page(
    `What can be archived:\n${termLines(TARGETS, width, column)}`,
    ...NOTES.map(note => reflow(note, width)),
    `In the archive, commands take shorter names:\n${termLines(SELECTED, width)}`,
  )

/** The text of the longest one is below it. */
const column = 44
