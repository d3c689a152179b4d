import type { ArchiveReader, GroupSummary, Selection } from '../model/archive.js'
import { AccessError } from '../model/errors.js'
import { knownAddress } from '../model/unknown-site.js'
import { listed } from './text.js'
import { groupName } from './words/names.js'

const MOST_NAMED = 3

/** Groups for members only of which the archive holds no post. */
export const closedGroups = (archive: ArchiveReader): GroupSummary[] => [...archive.groups()].filter(isClosed)

export const isClosed = ({ access, posts }: Pick<GroupSummary, 'access' | 'posts'>): boolean =>
  access === 'members' && posts === 0

/** True for the whole archive, and for a selection that names such a group. `archive`: as it was read, without pseudonyms. */
export function coversClosedGroups(selections: readonly Selection[], archive: ArchiveReader): boolean {
  if (selections.some(({ groups = [], threads = [] }) => groups.length + threads.length === 0)) return true
  const names = selections.flatMap(({ groups = [] }) => groups)
  return closedGroups(archive).some(group => names.some(name => isNamed(group, name)))
}

/**
 * An export of nothing but such groups would be empty, as if nobody had written there.
 * @throws AccessError that names the groups.
 */
export function refuseClosedGroups(selections: readonly Selection[], archive: ArchiveReader): void {
  if (selections.some(({ groups = [], threads = [] }) => groups.length === 0 || threads.length > 0)) return
  // The figures of groups take a walk through all posts.
  if (![...archive.namedGroups()].some(({ access }) => access === 'members')) return
  const closed = closedGroups(archive)
  const found = selections.flatMap(({ groups = [] }) => groups.map(name => closed.find(group => isNamed(group, name))))
  const names = new Set(found.flatMap(group => (group ? [`"${groupName(group)}"`] : [])))
  if (names.size === 0 || found.includes(undefined)) return
  const others = names.size > MOST_NAMED ? [`${names.size - MOST_NAMED} more`] : []
  const words = `${listed([...[...names].slice(0, MOST_NAMED), ...others])} ${names.size === 1 ? 'is' : 'are'}`
  const site = knownAddress(found[0]?.site ?? '')
  throw new AccessError(
    `${words} for members only, and the archive holds no post of ${names.size === 1 ? 'it' : 'them'}.`,
    `Log in as a member (threadkeep login ${site ?? 'SITE'}), and archive again.`,
  )
}

const isNamed = ({ slug, id, name, url }: GroupSummary, word: string): boolean =>
  [slug, id, name, url].some(own => own?.toLowerCase() === word.toLowerCase())
