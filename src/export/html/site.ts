import type { ArchiveReader, StoredThread } from '../../model/archive.js'
import type { ExportContext, ExportFile } from '../exporter.js'
import { besideDocument } from '../media.js'
import { clockOf } from '../words/clock.js'
import { SEARCH_SCRIPT } from './assets/search.js'
import { trustedStyle } from './assets/style.js'
import { firstWords, rootPage } from './first-page.js'
import type { SiteContext } from './group-pages.js'
import { GroupSite } from './group-site.js'
import { type GroupIndex, groupPage } from './index-pages.js'
import { languageOf } from './page.js'
import { groupKey, Paths } from './paths.js'
import { searchOf } from './search-box.js'

/**
 * The files of a site that works without a server: a page a thread, lists by month, a page a group, a first page, one style sheet, one
 * script. Each is written while the threads come by in the order of their dates.
 */
export function* siteFiles(threads: Iterable<StoredThread>, about: ExportContext): Generator<ExportFile> {
  const groups = new Map<string, GroupSite>()
  const language = languageOf(about)
  const context: SiteContext = { about, paths: new Paths(about.archive), media: mediaFrom(about), language }
  yield { name: 'style.css', body: [trustedStyle] }
  yield { name: 'search.js', body: [SEARCH_SCRIPT] }
  for (const thread of threads) {
    const key = groupKey(thread)
    const known = groups.get(key)
    const group = known ?? new GroupSite(thread, viewOf(thread, about), context)
    if (!known) groups.set(key, group)
    yield* group.add(thread)
  }
  yield* lastFiles([...groups.values()], about.archive)
}

/** The pages that need to know all threads. */
function* lastFiles(groups: readonly GroupSite[], archive: ArchiveReader): Generator<ExportFile> {
  const indexes: GroupIndex[] = []
  for (const group of groups) {
    yield* group.end()
    const index = group.index()
    indexes.push(index)
    yield { name: index.path, body: groupPage(index, index.path, searchOf(group.search.files, index.path, ONE)) }
  }
  const files = groups.flatMap(({ search }) => search.files)
  const [only, ...others] = indexes
  const isOne = only && others.length === 0
  const search = searchOf(files, 'index.html', isOne ? ONE : 'Search all groups')
  const body = isOne
    ? groupPage(only, 'index.html', search, firstWords(only, archive))
    : rootPage(indexes, archive, search)
  yield { name: 'index.html', body }
}

/** The files as a page of the folder links to them. */
const mediaFrom = (about: ExportContext) => (page: string) => {
  const { media } = besideDocument(about, page)
  return media ?? (() => null)
}

const ONE = 'Search these threads'

const viewOf = (thread: StoredThread, about: ExportContext) => ({
  clock: clockOf([thread], about),
  status: about.status,
})
