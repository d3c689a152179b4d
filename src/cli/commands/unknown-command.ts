import { TOPICS } from '../help/index.js'
import { lettersApart } from '../text/suggestions.js'
import { withoutFlags } from './help-pages.js'
import { COMMANDS } from './index.js'

/** Names that other programs give to what our commands do. */
const OTHER_NAMES: Record<string, string[]> = {
  get: ['archive', 'sync'],
  fetch: ['archive', 'sync'],
  download: ['archive'],
  crawl: ['archive'],
  update: ['sync'],
  pull: ['sync'],
  refresh: ['sync'],
  ls: ['list'],
  dir: ['list'],
  cat: ['show'],
  open: ['view', 'show'],
  browse: ['view', 'read'],
  find: ['search'],
  grep: ['search'],
  history: ['log'],
  dump: ['export'],
  convert: ['export'],
  print: ['export'],
  check: ['verify'],
  fsck: ['verify'],
  info: ['status'],
}

/** It deletes: nobody must run it because of a slip. */
const NEVER = 'forget'

/** The message for a command that does not exist, with those that may be meant. */
export const unknownCommand = (name: string): string =>
  `error: unknown command '${name}'${meantBy(name, [...COMMANDS, { name: VERSION }])}`

/** The option that other programs have as a command. */
const VERSION = '--version'

function meantBy(name: string, all: readonly { name: string }[]): string {
  const meant = OTHER_NAMES[name.toLowerCase()] ?? nearTo(name, all)
  const question = meant.length > 1 ? `one of ${meant.join(', ')}` : meant[0]
  return question === undefined ? '' : `\n(Did you mean ${question}?)`
}

/** The closest first; of those that differ in dashes only, nothing else. */
function nearTo(name: string, all: readonly { name: string }[]): string[] {
  const most = Math.min(3, Math.max(1, Math.floor(name.length / 2)))
  const near = all
    .filter(one => one.name !== NEVER)
    .map(one => ({ name: one.name, far: lettersApart(bare(name), bare(one.name)) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far)
  return near.filter(({ far }) => far === 0 || near[0]?.far !== 0).map(one => one.name)
}

const bare = (name: string): string => name.replaceAll('-', '')

/** The message where help is wanted for what is no command and no topic; null: it is one. */
export function unknownTopic(argv: readonly string[]): string | null {
  const [first, wanted] = withoutFlags(argv)
  if (first !== 'help' || wanted === undefined) return null
  const all = [...COMMANDS, ...TOPICS, ...PAGES]
  if (all.some(({ name }) => name === wanted)) return null
  return `error: unknown command or topic '${wanted}'${meantBy(wanted, all)}\n"threadkeep help topics" lists the topics.`
}

/** Of the help itself. */
const PAGES = ['help', 'commands', 'topics'].map(name => ({ name }))
