import type { ArchiveReader, GroupSummary, Selection, StoredThread, ThreadSummary } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import { shortened } from '../text/columns.js'
import { groupName } from '../text/phrases.js'
import { suggestion } from '../text/suggestions.js'
import { terminalLine } from '../text/terminal-text.js'

/** What a user named: words of either kind, and names whose kind is said. */
export interface NamedSelection {
  words: readonly string[]
  groups: readonly string[]
  threads: readonly string[]
}

/**
 * What was named, as selections whose union is meant: groups first, then single threads. A thread that was named alone
 * is wanted whatever its type is. An unknown name is an error: an empty export would hide the typing mistake.
 */
export function selectionsOf(reader: ArchiveReader, named: NamedSelection, filter: Selection): Selection[] {
  const known = [...reader.groups()]
  const chosen = { groups: [] as string[], threads: [] as string[] }
  for (const name of named.groups) chosen.groups.push(...knownGroups(name, known))
  for (const name of named.threads) chosen.threads.push(knownThread(name, reader))
  for (const word of named.words) sort(word, reader, known, chosen)
  const selections: Selection[] = []
  if (chosen.groups.length > 0) selections.push({ ...filter, groups: chosen.groups })
  const { withoutTypes: _, ...anyType } = filter
  if (chosen.threads.length > 0) selections.push({ ...anyType, threads: chosen.threads })
  return selections.length > 0 ? selections : [filter]
}

/** All digits, a permalink or an id of another kind is a thread, all else a group; then each may still be the other. */
function sort(
  word: string,
  reader: ArchiveReader,
  known: GroupSummary[],
  chosen: { groups: string[]; threads: string[] },
) {
  const groups = groupsNamed(word, known)
  const likeThread = /^\d+$|^bbp:\d+$|\/activity\/|#a(comment|ctivity)-\d/.test(word)
  const asThread = likeThread || groups.length === 0 ? threadNamed(word, reader) : null
  if (asThread !== null) chosen.threads.push(asThread)
  else if (groups.length > 0 || !likeThread) chosen.groups.push(...knownGroups(word, known))
  else chosen.threads.push(knownThread(word, reader))
}

function groupsNamed(name: string, known: readonly GroupSummary[]): GroupSummary[] {
  const wanted = name.trim().toLowerCase()
  const address = /^https?:/.test(wanted) ? addressOf(wanted) : null
  return known.filter(group =>
    address === null
      ? [group.slug, group.id, group.name].some(own => own?.toLowerCase() === wanted)
      : address.startsWith(addressOf(group.url)),
  )
}

/** Without scheme and `www.`, so that every spelling of a group's address (and its tabs) finds the group. */
const addressOf = (url: string) =>
  `${url
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/[?#].*$/, '')}/`.replace(/\/+$/, '/')

/** Two sites may have a group of one name: both are meant, and their URLs tell them apart. */
export function knownGroups(name: string, known: readonly GroupSummary[]): string[] {
  const found = groupsNamed(name, known)
  if (found.length > 0) return found.map(group => group.url)
  const near = suggestion(name, known, group => [group.slug, group.name ?? group.slug])
  const list = near.map(group => `  ${terminalLine(group.slug)}  ${groupName(group)}`)
  throw new UsageError(`No group "${name}" is in this archive.`, advice('groups', list))
}

/** The name under which the archive finds the thread; null where it does not. */
export function threadNamed(name: string, reader: ArchiveReader): string | null {
  const fragment = /(?:^|#)(?:acomment|activity)-(\d+)$/.exec(name)?.[1]
  const spellings = fragment === undefined ? [name] : [name, fragment]
  return spellings.find(spelling => first(reader.threadSummaries({ threads: [spelling] })) !== undefined) ?? null
}

export function knownThread(name: string, reader: ArchiveReader): string {
  const found = threadNamed(name, reader)
  if (found !== null) return found
  const near = suggestion(name, reader.threadSummaries({}), thread => [thread.id, thread.url, thread.title])
  const list = near.map(thread => `  ${terminalLine(thread.id)}  ${shortened(terminalLine(thread.title), 60)}`)
  throw new UsageError(`No thread or reply "${name}" is in this archive.`, advice('threads', list))
}

const advice = (what: string, list: string[]) =>
  list.length === 0
    ? `It holds no ${what} at all. Archive some first.`
    : `Known ${what}, closest first:\n${list.join('\n')}`

/** An id may live on two sites of one archive; a permalink says which one is meant. */
export function onSiteOf<T extends Pick<ThreadSummary, 'site'>>(name: string, found: readonly T[]): readonly T[] {
  if (!/^https?:/i.test(name)) return found
  const there = found.filter(({ site }) => addressOf(name).startsWith(addressOf(site)))
  return there.length > 0 ? there : found
}

/** The only one of what a name has found. What several sites of one archive have is named by its URL. */
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

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item
  return undefined
}

/** The union of selections, each thread once. */
export function* united<T extends ThreadSummary | StoredThread>(
  selections: readonly Selection[],
  read: (selection: Selection) => Iterable<T>,
): Generator<T> {
  const seen = new Set<string>()
  for (const [at, selection] of selections.entries()) {
    for (const thread of read(selection)) {
      const key = `${thread.site} ${thread.id}`
      if (seen.has(key)) continue
      // The last selection repeats nothing that follows: a lone one needs no memory at all.
      if (at < selections.length - 1) seen.add(key)
      yield thread
    }
  }
}
