import { TOPICS } from '../help/index.js'
import { page, reflow, type Terms, termLines } from '../help/layout.js'
import { COMMANDS, type CommandEntry, GROUPS } from './index.js'

/** The page that `threadkeep` alone and `threadkeep help TOPIC` show; null: commander shows the help that is wanted. */
export async function helpPage([first, name]: readonly string[], width: number): Promise<string | null> {
  if (first === undefined) return `${startHelp(width)}\n`
  if (first !== 'help' || COMMANDS.some(command => command.name === name)) return null
  const text = name === 'commands' ? allCommands : name === 'topics' ? topicList : await topic(name)
  return text && `${await text(width)}\n`
}

async function topic(wanted: string | undefined) {
  const found = TOPICS.find(({ name }) => name === wanted)
  return found === undefined ? null : (await found.load()).text
}

type Group = keyof typeof GROUPS

const groups = Object.entries(GROUPS) as [Group, string][]

/** `threadkeep --help`: on one screen, so rare commands are only named. */
export function rootHelp(width: number): string {
  const lists = groups.map(([group, title]) => {
    const own = COMMANDS.filter(command => command.group === group)
    const rare = own.filter(command => command.rare).map(({ name }) => name)
    const also: Terms = rare.length > 0 ? [['also', rare.join(', ')]] : []
    return `${title}:\n${termLines([...terms(own.filter(({ rare }) => !rare)), ...also], width, column)}`
  })
  return page(USAGE, lists.join('\n'), termLines(MORE, width))
}

const USAGE = 'Usage: threadkeep COMMAND [options]'

const MORE: Terms = [
  ['threadkeep COMMAND --help', 'examples and options of a command'],
  ['threadkeep help commands', 'every command'],
  ['threadkeep help topics', 'targets, dates, formats, exit codes and more'],
]

const listedTopics: Terms = [
  ['commands', 'every command, with its arguments'],
  ...TOPICS.map(({ name, summary }) => [name, summary] as const),
]

const terms = (commands: readonly CommandEntry[]): Terms => commands.map(({ name, summary }) => [name, summary])

const column = Math.max(...COMMANDS.map(({ name }) => name.length))

const topicList = (width: number): string => page('threadkeep help TOPIC:', termLines(listedTopics, width))

/** `threadkeep help commands`: every command with its arguments. */
const allCommands = (width: number): string =>
  page(
    ...groups.map(([group, title]) => {
      const own = COMMANDS.filter(command => command.group === group)
      return `${title}:\n${termLines(own.map(usage), width, usageColumn)}`
    }),
  )

const usage = ({ name, args, summary }: CommandEntry): [string, string] => [`${name} ${args}`.trimEnd(), summary]

const usageColumn = Math.max(...COMMANDS.map(command => usage(command)[0].length))

/** The commands that matter first, as they are typed. */
const FIRST = [
  ['archive', 'https://community.example/groups/gardeners/'],
  ['list', ''],
  ['show', '237'],
  ['search', 'bees'],
  ['export', '-o posts.html'],
] as const

/** `threadkeep` alone. */
function startHelp(width: number): string {
  const steps = FIRST.map(([name, rest]): [string, string] => {
    const entry = COMMANDS.find(command => command.name === name)
    return [`threadkeep ${name} ${rest}`.trimEnd(), entry?.summary ?? '']
  })
  return page(reflow(ABOUT, width), `Begin with these:\n${termLines(steps, width, 31)}`, termLines(NEXT, width, 31))
}

const ABOUT = `
threadkeep archives the discussions of BuddyPress communities: every post and
nested reply, in one SQLite file.`

const NEXT: Terms = [
  ['threadkeep demo', 'tries all that with a community that comes with it'],
  ['threadkeep sync', 'later: reads what is new and what has changed'],
  ['threadkeep --help', 'all commands, and how to go on'],
]
