import { lettersApart } from '../text/suggestions.js'
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
  view: ['show'],
  find: ['search'],
  grep: ['search'],
  history: ['log'],
  dump: ['export'],
  check: ['verify'],
  fsck: ['verify'],
  import: ['merge'],
  info: ['status'],
}

/** It deletes: nobody must run it because of a slip. */
const NEVER = 'forget'

/** The message for a command that does not exist, with those that may be meant. */
export function unknownCommand(name: string): string {
  const names = COMMANDS.map(command => command.name).filter(known => known !== NEVER)
  const near = names.filter(known => lettersApart(name, known) <= Math.min(3, Math.max(1, Math.floor(name.length / 2))))
  const meant = OTHER_NAMES[name.toLowerCase()] ?? near
  const question = meant.length > 1 ? `one of ${meant.join(', ')}` : meant[0]
  return `error: unknown command '${name}'${question === undefined ? '' : `\n(Did you mean ${question}?)`}`
}

/** The unknown command that help is wanted for; null: there is none. */
export function unknownTopic([first, second]: readonly string[]): string | null {
  if (first !== 'help' || second === undefined || second.startsWith('-') || second === 'help') return null
  return COMMANDS.some(({ name }) => name === second) ? null : second
}
