import { SETTINGS, settingVariable } from '../../options/settings.js'
import type { CommandFacts, OptionFacts, ProgramFacts } from '../facts.js'
import { item, literal, macro, paragraph, roffText, textLines, usageText } from './roff.js'
import { type Block, sectionsOf } from './sections.js'
import { EXIT_STATUS, type Topic } from './topics.js'

/** A page of section 1 of the manual. */
export interface ManPage {
  /** `threadkeep-archive`. */
  name: string
  text: string
}

/** The version that the pages are of, its day (YYYY-MM-DD), and what they say besides the helps of commands. */
interface Edition {
  version: string
  date: string
  topics: readonly Topic[]
}

/** One line that says what the program is. */
const SUMMARY = 'archive the discussions of BuddyPress communities'

const DESCRIPTION =
  'Archives the discussions of BuddyPress communities: every post and nested reply, in one SQLite file, from which it gives them back as documents and data.'

export const manPages = (program: ProgramFacts, edition: Edition): ManPage[] => [
  programPage(program, edition),
  ...program.commands.map(command => commandPage(command, program, edition)),
]

/** The name of the page of a command. */
export const pageOf = (command: string): string => `threadkeep-${command}`

function programPage(program: ProgramFacts, edition: Edition): ManPage {
  const terms = program.commands.map(({ name }) => name)
  const [about, ...titled] = sectionsOf(program.help, [...terms, ...usages(program)])
  return page('threadkeep', SUMMARY, program.usage, edition, [
    ...section('Description', [{ text: DESCRIPTION }, ...about.blocks]),
    '.SH COMMANDS',
    ...program.commands.flatMap(({ name, summary }) => item(reference(pageOf(name)), summary)),
    ...['.SH OPTIONS', ...optionItems(program.options)],
    ...titled.flatMap(({ title, blocks }) => section(title ?? '', blocks)),
    ...edition.topics.flatMap(topicSection),
    ...seeAlso(program.commands.map(({ name }) => pageOf(name))),
  ])
}

function commandPage(command: CommandFacts, program: ProgramFacts, edition: Edition): ManPage {
  const known = [...command.arguments.map(({ name }) => name), ...usages(command), ...usages(program)]
  const [about, ...titled] = sectionsOf(command.help, known)
  return page(pageOf(command.name), command.summary, command.usage, edition, [
    ...section('Description', about.blocks),
    ...argumentsSection(command),
    ...optionsSection(command, program),
    ...titled.flatMap(({ title, blocks }) => section(title ?? '', blocks)),
    ...edition.topics.filter(({ title }) => title === EXIT_STATUS).flatMap(topicSection),
    ...environmentSection(command),
    ...seeAlso(['threadkeep', ...named(command, program)]),
  ])
}

/** Headings within a topic are below that of the topic. */
const topicSection = ({ title, text }: Topic): string[] => [
  macro('SH', title.toUpperCase()),
  ...sectionsOf(text).flatMap(part => [
    ...(part.title === null ? [] : [macro('SS', part.title)]),
    ...part.blocks.flatMap(blockLines),
  ]),
]

const usages = ({ options }: Pick<CommandFacts, 'options'>): string[] => options.map(({ usage }) => usage)

function page(
  name: string,
  summary: string,
  usage: string,
  { version, date }: Edition,
  rest: readonly string[],
): ManPage {
  const head = [
    macro('TH', name.toUpperCase(), '1', date, `threadkeep ${version}`, 'threadkeep manual'),
    // Neither hyphens that nobody may copy, nor gaps between words.
    ...['.nh', '.ad l'],
    ...['.SH NAME', `${roffText(name)} \\-`, ...textLines(summary)],
    ...['.SH SYNOPSIS', usageText(usage)],
  ]
  // A heading begins a paragraph itself.
  return { name, text: `${[...head, ...rest].join('\n')}\n`.replace(/^(\.S[HS] .*)\n\.PP$/gm, '$1') }
}

const section = (title: string, blocks: readonly Block[]): string[] =>
  blocks.length === 0 ? [] : [macro('SH', title.toUpperCase()), ...blocks.flatMap(blockLines)]

function blockLines(block: Block): string[] {
  if ('text' in block) return paragraph(block.text)
  if ('lines' in block) return literal(block.lines)
  return block.items.flatMap(({ term, meaning }) => item(usageText(term), meaning))
}

const argumentsSection = ({ arguments: all }: CommandFacts): string[] =>
  all.length === 0 ? [] : ['.SH ARGUMENTS', ...all.flatMap(({ usage, summary }) => item(usageText(usage), summary))]

/** The options in the groups of the help, then those of every command. */
function optionsSection({ options }: CommandFacts, program: ProgramFacts): string[] {
  const shown = options.filter(({ isHidden, flags }) => !isHidden && !flags.includes('--help'))
  const groups = new Map(shown.map(({ heading }) => [heading, shown.filter(one => one.heading === heading)]))
  const own = [...groups].flatMap(([heading, some]) => [macro('SS', heading.replace(/:$/, '')), ...optionItems(some)])
  return ['.SH OPTIONS', ...own, macro('SS', 'Global options'), ...optionItems(program.options)]
}

const optionItems = (options: readonly OptionFacts[]): string[] =>
  options.flatMap(option => item(usageText(option.usage), wordsOf(option)))

function wordsOf({ summary, value, default: standard }: OptionFacts): string {
  const choices = Array.isArray(value) ? ` One of: ${value.join(', ')}.` : ''
  return `${summary}${standard === null ? '' : ` (default: ${standard})`}${choices === '' ? '' : `.${choices}`}`
}

/** The settings that the options of a command take from the environment. */
function environmentSection({ options }: CommandFacts): string[] {
  const names = options.map(({ flags }) => flags.at(-1)?.replace(/^--(no-)?/, '') ?? '')
  const items = [...names.filter(name => SETTINGS.includes(name)), 'db'].flatMap(name =>
    item(usageText(settingVariable(name)), `The same as --${name}.`),
  )
  return ['.SH ENVIRONMENT', ...items, ...paragraph('All variables are in threadkeep(1).')]
}

/** The pages of the commands that the help of a command names. */
function named(command: CommandFacts, { commands }: ProgramFacts): string[] {
  const words = [...command.help.matchAll(/\bthreadkeep ([a-z]+)/g)].map(match => match[1])
  return commands.filter(({ name }) => name !== command.name && words.includes(name)).map(({ name }) => pageOf(name))
}

const reference = (name: string): string => `\\fB${roffText(name)}\\fR(1)`

const seeAlso = (names: readonly string[]): string[] => ['.SH SEE ALSO', names.map(reference).join(',\n')]
