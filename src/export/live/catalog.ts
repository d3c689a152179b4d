import type { ArchiveReader, Completeness, StoredGroup, ThreadSummary } from '../../model/archive.js'
import { NOTICES } from '../exporter.js'
import { monthOf } from '../html/months.js'
import { groupKey, type Paths } from '../html/paths.js'
import { clockOf, type Telling } from '../words/clock.js'
import { sumOf } from '../words/collection.js'
import { addReading, type ReadingTime, type View } from '../words/status.js'

/** A thread as lists need it: a few bytes, because an archive may have a million. */
interface CatalogThread {
  id: string
  month: string
}

/** The threads of one group, in the order of their dates. */
export interface CatalogGroup {
  site: string
  group: StoredGroup | null
  view: View
  threads: CatalogThread[]
  /** What the site calls itself; null: not known. */
  siteName: string | null
  readings: ReadingTime[]
  sum: Completeness
  posts: number
  from: string | null
  to: string | null
}

/** Which threads an archive has, by group: what a first page, lists of months and neighbours are made of. It is read once for each state of the archive. */
export class Catalog {
  private readonly byFolder = new Map<string, CatalogGroup>()

  constructor(
    archive: Pick<ArchiveReader, 'threadSummaries' | 'sourceOf'>,
    paths: Paths,
    how: { status: View['status'] } & Telling,
  ) {
    const known = new Map<string, CatalogGroup>()
    for (const thread of archive.threadSummaries({ withoutTypes: NOTICES })) {
      const key = groupKey(thread)
      const group = known.get(key) ?? emptyGroup(thread, { clock: clockOf([thread], how), status: how.status }, archive)
      if (!known.has(key)) this.byFolder.set(paths.folder(thread), group)
      known.set(key, group)
      count(group, thread)
    }
  }

  get groups(): Iterable<CatalogGroup> {
    return this.byFolder.values()
  }

  /** The group whose pages are in this folder. */
  group(folder: string): CatalogGroup | null {
    return this.byFolder.get(folder) ?? null
  }
}

const NOTHING: Completeness = { state: 'complete', held: 0, claimed: 0 }

const emptyGroup = (
  { site, group, id }: ThreadSummary,
  view: View,
  archive: Pick<ArchiveReader, 'sourceOf'>,
): CatalogGroup => ({
  ...{ site, group, view, threads: [], posts: 0, from: null, to: null, readings: [], sum: NOTHING },
  siteName: archive.sourceOf?.(site, id)?.siteName ?? null,
})

function count(group: CatalogGroup, thread: ThreadSummary): void {
  const { when, lastPostAt, replies } = thread
  group.threads.push({ id: thread.id, month: monthOf(when, group.view.clock) })
  group.posts += replies + 1
  addReading(group.readings, thread)
  group.sum = group.sum === NOTHING ? thread.completeness : sumOf(group.sum, thread.completeness)
  const from = when.from ?? when.to
  if (from !== null && (group.from === null || from < group.from)) group.from = from
  if (lastPostAt !== null && (group.to === null || lastPostAt > group.to)) group.to = lastPostAt
}
