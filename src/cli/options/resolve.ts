import type { Archive, Search } from '../../archive/index.js'
import type { ReadableArchive } from '../../archive/reading.js'
import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { Query } from '../../model/query/query.js'
import type { MemberSummary } from '../../model/reports/forget.js'
import type { PostContext } from '../../model/reports/history.js'
import { count } from '../text/phrases.js'
import { suggestion, unknownName } from '../text/suggestions.js'
import { terminalLine } from '../text/terminal-text.js'
import { knownThread, theOnly } from './selection.js'

/** The post with this id or permalink, as `show` and `export` find threads. @throws UsageError if no post or several posts match. */
export function resolvePost(name: string, { reader, history }: ReadableArchive): PostContext {
  const known = knownThread(name, reader)
  const place = theOnly(name, history.find(known))
  if (!place) throw new Error(`The archive lists the post ${known}, but can't read it.`)
  return place
}

/** A post that was named, or all of its thread. */
export interface ResolvedPost {
  place: PostContext
  /** True for a reply, and if only the opening post of a thread was asked for: the post without the rest of its thread. */
  alone: boolean
}

/** `alone`: only the post was asked for, even if it opens a thread. @throws UsageError if no post or several posts match. */
export function resolvePostOrThread(name: string, archive: ReadableArchive, alone: boolean): ResolvedPost {
  const place = resolvePost(name, archive)
  return { place, alone: alone || place.row !== place.threadRow }
}

/** The only member that has this name. @throws UsageError with the closest members, or with all that have the name. */
export function resolveMember(
  name: string,
  site: string | null,
  people: Archive['forgetting']['people'],
): MemberSummary {
  const [found, ...others] = people.named(name, site)
  if (!found) {
    const near = suggestion(name, people.all(), spellings)
    throw unknownName(name, 'member', near.map(line), 'It knows no members yet.')
  }
  if (others.length === 0) return found
  throw new UsageError(
    `"${name}" names ${others.length + 1} members of this archive.`,
    `Name the URL of the profile, or the site with --site:\n${[found, ...others].map(line).join('\n')}`,
  )
}

/** People often remember a first name or one part of a slug. */
const spellings = ({ id, slug, name }: MemberSummary): string[] =>
  [id, slug, name, ...(slug ?? '').split(/[-_.]/), ...(name ?? '').split(/\s/)].filter(
    text => text !== null && text !== '',
  ) as string[]

const line = ({ id, slug, name, url, site, posts, forgottenAt }: MemberSummary): string =>
  `  ${[
    slug ?? `number ${id}`,
    forgottenAt === null ? name : `forgotten ${forgottenAt.slice(0, 10)}`,
    count(posts, 'post'),
    url ?? site,
  ]
    .filter(part => part !== null)
    .map(terminalLine)
    .join('  ')}`

/** An unknown name is an error: an empty result would hide a mistyped name. @throws UsageError with the closest names. */
export function refuseUnknownNames(query: Query, search: Search): void {
  const [unknown] = search.unknownNames(query)
  if (!unknown) return
  const { kind, name } = unknown
  const [what, known] = kind === 'from' ? ['member', search.members()] : ['group', search.groups()]
  const near = suggestion<StoredAuthor | StoredGroup>(name, known, spelled)
  throw unknownName(name, what, near.map(lineOf))
}

/** Parts of a name count as well, so that a first name suggests its members. */
function spelled({ id, slug, name }: StoredAuthor | StoredGroup): string[] {
  const names = [slug, name, ...(name ?? '').split(/\s+/)].filter(one => one !== null && one !== '')
  return names.length > 0 ? (names as string[]) : [id ?? '']
}

const lineOf = ({ id, slug, name }: StoredAuthor | StoredGroup): string =>
  `  ${terminalLine(slug ?? id ?? '')}  ${terminalLine(name ?? '')}`.trimEnd()
