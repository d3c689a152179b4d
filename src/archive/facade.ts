import { UsageError } from '../model/errors.js'
import type { OpenArchive, SearchOptions, ThreadSelection } from '../model/open-archive.js'
import { parseQuery } from '../model/query/parse-query.js'
import type { StatisticsRequest } from '../model/reports/statistics.js'
import type { Archive } from './archive.js'

/** The archives behind the interfaces that were handed out. */
const BEHIND = new WeakMap<OpenArchive, Archive>()

/** The archive as an interface, which names neither our classes nor SQLite. `now`: for dates such as `today-2weeks`. */
export function facade(archive: Archive, mode: OpenArchive['mode'], now: () => number): OpenArchive {
  const { reader } = archive
  const matching = ({ filter, ...selection }: ThreadSelection) =>
    filter === undefined ? selection : { ...selection, matching: parseQuery(filter, now()) }
  const open: OpenArchive = {
    file: archive.file,
    mode,
    groups: () => reader.groups(),
    namedGroups: () => reader.namedGroups(),
    threads: (selection = {}) => reader.threads(matching(selection)),
    threadSummaries: (selection = {}) => reader.threadSummaries(matching(selection)),
    captures: selections => reader.captures?.(selections) ?? [],
    earlierVersions: (site, post) => reader.earlierVersions?.(site, post) ?? [],
    sourceOf: (site, post) => reader.sourceOf?.(site, post) ?? null,
    status: () => reader.status(),
    storedFile: url => reader.storedFile?.(url) ?? null,
    provenance: () => archive.provenance(),
    people: () => reader.people?.() ?? [],
    texts: () => reader.texts?.() ?? [],
    media: () => archive.media.items(),
    search: (query, { order = 'rank', limit, offset = 0 }: SearchOptions = {}) =>
      archive.search.hits({ query: parseQuery(query, now()), order, limit: limit ?? null, offset }),
    count: query => archive.search.count(parseQuery(query, now())),
    statistics: (request: Partial<StatisticsRequest> = {}) =>
      archive.statistics.of({ selections: [{}], top: 10, ...request }),
    history: post => historyOf(archive, post),
    targets: () => archive.registered(),
    close: () => archive.close(),
  }
  BEHIND.set(open, archive)
  return open
}

/** @throws UsageError if it was opened for reading, or by somebody else. */
export function writableBehind(open: OpenArchive): Archive {
  const archive = BEHIND.get(open)
  if (archive && open.mode === 'write') return archive
  throw new UsageError(`${open.file} is open for reading only.`, "Open it with openArchive(file, 'write').")
}

/** A thread by its opening post, a reply alone. */
const historyOf = ({ history }: Archive, name: string) =>
  history.inSnapshot(() =>
    history.find(name).flatMap(place => [...history.entries(place, place.row !== place.threadRow)]),
  )
