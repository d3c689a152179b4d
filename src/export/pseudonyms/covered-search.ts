import type { ArchiveReader, GroupSummary } from '../../model/archive.js'
import { UsageError } from '../../model/errors.js'
import type { NameFilter, Query } from '../../model/query/query.js'
import type { FoundPost } from '../../model/reports/search.js'
import { type Cover, coveredGroup, maybe, NO_TYPED_LABELS, whole } from './cover.js'
import type { Pseudonyms } from './pseudonyms.js'

/** What pages with pseudonyms show of a post that a search has found. */
export function coveredFound(post: FoundPost, cover: Cover): FoundPost {
  const { id, site, url, author, group, thread, heading, html, text } = post
  const words = cover.post({ heading, html, text, url, attachments: [], links: [], ...NO_TYPED_LABELS }, site)
  return whole<FoundPost>({
    ...{ id: cover.id(id, site), site, url: words.url, heading: words.heading, html: words.html, text: words.text },
    author: maybe(author, one => cover.author(one, site)),
    group: maybe(group, one => cover.group(one, site)),
    thread: { id: cover.id(thread.id, site), title: cover.title(thread.title, null, site) },
  })
}

/**
 * A query of pages with pseudonyms, as the archive can be asked: members and groups are named as the pages name them.
 * Null: nobody and no group is called so. All of it must hold: by what a query with OR or - leaves out, it would tell who is who.
 * @throws UsageError for OR and -.
 */
export function originalQuery(query: Query, people: Pseudonyms, archive: ArchiveReader, cover: Cover): Query | null {
  if (query.kind === 'any' || query.kind === 'not')
    throw new UsageError(
      'With pseudonyms, a search has neither OR nor -: what it leaves out would tell who is who.',
      'Search for words that a post must hold.',
    )
  if (query.kind === 'all') {
    const parts = query.of.map(part => originalQuery(part, people, archive, cover))
    return parts.some(part => part === null) ? null : { kind: 'all', of: parts.flatMap(part => part ?? []) }
  }
  if (query.kind !== 'from' && query.kind !== 'in') return query
  const names = query.kind === 'from' ? people.realNames(query.name) : realGroups(query.name, archive, cover)
  return names.length === 0 ? null : { kind: 'any', of: names.map((name): NameFilter => ({ kind: query.kind, name })) }
}

/** Addresses of the groups that are shown by this name. */
function realGroups(name: string, archive: ArchiveReader, cover: Cover): string[] {
  const isCalled = (group: GroupSummary) => {
    const shown = coveredGroup(group, cover)
    return [shown.id, shown.slug, shown.name, shown.url].some(one => one?.toLowerCase() === name.toLowerCase())
  }
  return [...archive.groups()].filter(isCalled).map(({ url }) => url)
}
