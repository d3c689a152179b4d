import type { ArchiveReader, GroupSummary, StoredThread } from '../../model/archive.js'
import type { ArchiveStatus } from '../../model/reports/archive-status.js'
import type {
  ExportFacts,
  MethodsFacts,
  MethodsGroup,
  MethodsReport,
  MethodsTarget,
} from '../../model/reports/methods.js'
import { NO_PROVENANCE, type RunRecord } from '../../model/reports/provenance.js'
import { knownAddress, UNKNOWN_SITE } from '../../model/unknown-site.js'
import { NOTICES } from '../exporter.js'
import { shownCount } from '../shown.js'
import { caveatsOf } from './caveats.js'
import { figuresOf } from './figures.js'
import { ThreadSetFixity } from './fixity.js'
import { sentencesOf } from './sentences.js'

/**
 * Walks all threads of the archive once, one in memory at a time. `exports`: what is published of it. `closed`: that covers groups which
 * are closed to the reader.
 */
export function methodsOf(archive: ArchiveReader, exports: readonly ExportFacts[] = [], closed = true): MethodsReport {
  const facts = factsOf(archive, exports)
  return {
    schema: 'threadkeep.methods/1',
    caveats: caveatsOf(facts, closed),
    sentences: sentencesOf(facts),
    figures: figuresOf(facts),
    ...facts,
  }
}

/** The report as a JSON document has it: null in place of addresses that are not known, or left out. */
export const methodsRecord = (report: MethodsReport): object =>
  JSON.parse(JSON.stringify(report, (_, value) => (typeof value === 'string' ? knownAddress(value) : value)))

const NOTICE_TYPES: ReadonlySet<string | null> = new Set(NOTICES)

function factsOf(archive: ArchiveReader, exports: readonly ExportFacts[]): MethodsFacts {
  const { runs, merged, posts } = archive.provenance?.() ?? NO_PROVENANCE
  const { targets, holder, media } = archive.status()
  const sites = new Set<string>()
  const fixity = new ThreadSetFixity(archive.earlierVersions?.bind(archive))
  let notices = 0
  for (const thread of archive.threads({})) {
    if (NOTICE_TYPES.has(thread.type)) notices++
    if (thread.site !== UNKNOWN_SITE) sites.add(thread.site)
    fixity.add(thread)
  }
  const groups = [...archive.groups()]
  for (const { site } of groups) if (site !== UNKNOWN_SITE) sites.add(site)
  const last = runs.at(-1)
  return {
    sites: [...sites].sort(),
    targets: targets.map(target => targetOf(target, runs)),
    ...{ runs, merged },
    running: holder && last?.finishedAt === null ? last.id : null,
    groups: groups.map(groupOf),
    posts,
    notices,
    media: media ?? null,
    exports: [...exports],
    fixity: fixity.hash(),
  }
}

function targetOf(target: ArchiveStatus['targets'][number], runs: readonly RunRecord[]): MethodsTarget {
  const { url, kind, name, finishedAt: readAt, pending, gaps } = target
  const own = runs.filter(({ targets }) => targets.some(one => one.target === url))
  return { url, kind, name, readAt, pending, gaps, runs: own.map(({ id }) => id) }
}

const groupOf = (group: GroupSummary): MethodsGroup => {
  const { site, slug, name, url, status, access, threads, posts, gonePosts, completeness } = group
  return { site, slug, name, url, status, access, threads, posts, gonePosts, completeness }
}

/** What an export of these threads has of the archive. Walks them once. */
export function exportFacts(
  given: Omit<ExportFacts, 'threads' | 'posts' | 'fixity'>,
  threads: Iterable<StoredThread>,
  archive: ArchiveReader,
): ExportFacts {
  const fixity = new ThreadSetFixity(archive.earlierVersions?.bind(archive))
  const counts = { threads: 0, posts: 0 }
  for (const thread of threads) {
    counts.threads++
    counts.posts += shownCount(thread, given.status)
    fixity.add(thread)
  }
  return { ...given, ...counts, fixity: fixity.hash() }
}
