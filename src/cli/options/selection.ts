import type { Command } from 'commander'
import { isPermalink, isSameSlug, isWithin } from '../../model/addresses.js'
import type { ArchiveReader, NamedGroup, Selection, StoredThread, ThreadSummary } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { isTopicUrl } from '../../model/forum/posts.js'
import { isAddress, siteKey, typedAddress } from '../../model/urls.js'
import { shortened } from '../text/columns.js'
import { groupName } from '../text/phrases.js'
import { SEARCH_HINT, suggestion, unknownAddress, unknownName } from '../text/suggestions.js'
import { terminalLine } from '../text/terminal-text.js'
import { collect } from './flag-values.js'

/** The names that a user gave: words that may mean a group or a thread, and names of a known kind. */
export interface NamedSelection {
  words?: readonly string[]
  group?: readonly string[]
  thread?: readonly string[]
}

export const addSelection = (command: Command): Command =>
  command
    .option('--group <name>', 'a group; may be given several times', collect)
    .option('--thread <id>', 'a thread; may be given several times', collect)

/**
 * The named groups and threads, as selections to be joined by `union`: groups first, then single threads; without a name, everything.
 * A thread that is named on its own is selected whatever its type is.
 * @throws UsageError for an unknown name: an empty result would hide a mistyped one.
 */
export function selectionsOf(
  reader: ArchiveReader,
  { words = [], group: groups = [], thread: threads = [] }: NamedSelection,
  filter: Selection = {},
): Selection[] {
  // Only names need a search through the archive, which takes time in large ones.
  if (words.length + groups.length + threads.length === 0) return [filter]
  const known = [...reader.namedGroups()]
  const found = { groups: [] as string[], threads: [] as string[] }
  for (const name of groups) found.groups.push(...knownGroups(presentName(name, reader), known))
  for (const name of threads) found.threads.push(knownThread(typedAddress(name), reader))
  for (const word of words) resolveWord(presentName(word, reader), reader, known, found)
  const selections: Selection[] = []
  if (found.groups.length > 0) selections.push({ ...filter, groups: found.groups })
  const { withoutTypes: _, ...anyType } = filter
  if (found.threads.length > 0) selections.push({ ...anyType, threads: found.threads })
  return selections
}

/** Digits, a permalink or a bbPress id is first tried as a thread, any other word as a group; then as the other. */
function resolveWord(
  word: string,
  reader: ArchiveReader,
  known: NamedGroup[],
  found: { groups: string[]; threads: string[] },
) {
  const groups = groupsNamed(word, known)
  const likeThread =
    /^\d+$|^bbp:\d+$|#a(comment|ctivity)-\d/.test(word) || (isUrl(word) && (isPermalink(word) || isTopicUrl(word)))
  const asThread = likeThread || groups.length === 0 ? threadNamed(word, reader) : null
  if (asThread !== null) found.threads.push(asThread)
  else if (groups.length > 0 || !likeThread) found.groups.push(...knownGroups(word, known))
  else found.threads.push(knownThread(word, reader))
}

function groupsNamed(name: string, known: readonly NamedGroup[]): NamedGroup[] {
  const wanted = name.trim()
  // Every spelling of a group's URL, and those of its subpages, find the group.
  if (isUrl(wanted)) return known.filter(group => isWithin(wanted, group.url))
  return known.filter(group => [group.slug, group.id, group.name].some(own => own !== null && isSameSlug(own, wanted)))
}

const isUrl = (name: string): boolean => isAddress(name) && URL.canParse(name)

/** URLs of all groups with this name: several sites may have one. @throws UsageError with the closest groups if there is none. */
export function knownGroups(name: string, known: readonly NamedGroup[]): string[] {
  const found = groupsNamed(name, known)
  if (found.length > 0) return found.map(group => group.url)
  if (isUrl(typedAddress(name))) throw wrongAddress(name, 'group', known)
  const near = suggestion(name, known, group => [group.slug, group.name ?? group.slug])
  const list = near.map(group => `  ${terminalLine(group.slug)}  ${groupName(group)}`)
  throw unknownName(name, 'group', list)
}

/** A URL, with its scheme, as the archive has it now: its site may have moved. */
function presentName(typed: string, reader: ArchiveReader): string {
  const name = typedAddress(typed)
  return isUrl(name) ? (reader.presentUrl?.(name) ?? name) : name
}

/** The spelling under which the archive finds the thread, or null. */
function threadNamed(name: string, reader: ArchiveReader): string | null {
  const fragment = /(?:^|#)(?:acomment|activity)-(\d+)$/.exec(name)?.[1]
  const spellings = fragment === undefined ? [name] : [name, fragment]
  return spellings.find(spelling => first(reader.threadSummaries({ threads: [spelling] })) !== undefined) ?? null
}

/** As `threadNamed`. @throws UsageError with the closest threads if there is none. */
export function knownThread(name: string, reader: ArchiveReader): string {
  const found = threadNamed(presentName(name, reader), reader)
  if (found !== null) return found
  const [group] = groupsNamed(name, [...reader.namedGroups()])
  if (group) throw new UsageError(`"${name}" is a group, not a thread.`, `Its threads: threadkeep list ${group.slug}`)
  throw unknownThread(name, reader)
}

/** A number that differs in one digit is near, and so are the words of a title; any other thread has nothing to do with the name. */
function unknownThread(name: string, reader: ArchiveReader): UsageError {
  if (isUrl(typedAddress(name))) return wrongAddress(name, 'thread', reader.namedGroups())
  const letters = Math.max(1, Math.floor(name.length / 3))
  const near = suggestion(name, reader.threadSummaries({}), thread => [thread.id, thread.title], letters)
  const list = near.map(thread => `  ${terminalLine(thread.id)}  ${shortened(terminalLine(thread.title), 60)}`)
  const hint = /\p{L}/u.test(name) ? SEARCH_HINT : 'What it holds: threadkeep list'
  const isEmpty = first(reader.threadSummaries({})) === undefined
  if (list.length > 0) return unknownName(name, 'thread', hint === SEARCH_HINT ? [...list, hint] : list)
  return unknownName(name, 'thread', [], isEmpty ? undefined : hint)
}

/** The address of a community that is held leads to what is held of it, not to another fetch. */
function wrongAddress(name: string, what: 'group' | 'thread', known: Iterable<NamedGroup>): UsageError {
  const key = siteKey(typedAddress(name))
  if (![...known].some(({ site }) => siteKey(site) === key)) return unknownAddress(name, what)
  const all = what === 'group' ? 'To take all that the archive holds, leave the address out. ' : ''
  return new UsageError(`"${name}" is a community, not a ${what}.`, `${all}Its groups and threads: threadkeep list`)
}

/** Two sites in one archive may use the same id; a permalink names the site. */
function onSiteOf<T extends Pick<ThreadSummary, 'site'>>(name: string, found: readonly T[]): readonly T[] {
  if (!isUrl(name)) return found
  const there = found.filter(({ site }) => isWithin(name, site))
  return there.length > 0 ? there : found
}

/** The only thread that a name found. @throws UsageError with the URLs if several sites have one. */
export function theOnly<T extends Pick<ThreadSummary, 'site' | 'url'>>(
  name: string,
  found: readonly T[],
): T | undefined {
  const [one, ...others] = onSiteOf(name, found)
  if (!one || others.length === 0) return one
  const list = [one, ...others].map(({ url }) => `  ${terminalLine(url)}`)
  throw new UsageError(
    `"${name}" names ${list.length} threads in this archive.`,
    `Name one by its URL:\n${list.join('\n')}`,
  )
}

export const EMPTY_ARCHIVE = 'The archive holds no threads yet. Run "threadkeep archive URL" first.'

export const isEmpty = (reader: ArchiveReader): boolean => first(reader.threadSummaries({})) === undefined

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item
  return undefined
}

/** The threads of all selections, each thread once. */
export function* union<T extends ThreadSummary | StoredThread>(
  selections: readonly Selection[],
  read: (selection: Selection) => Iterable<T>,
): Generator<T> {
  const seen = new Set<string>()
  for (const [at, selection] of selections.entries()) {
    for (const thread of read(selection)) {
      const key = `${thread.site} ${thread.id}`
      if (seen.has(key)) continue
      // Nothing follows the last selection, so a single selection needs no memory.
      if (at < selections.length - 1) seen.add(key)
      yield thread
    }
  }
}
