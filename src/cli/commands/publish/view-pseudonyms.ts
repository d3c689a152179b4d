import type { Search } from '../../../archive/index.js'
import type { ShownStatus } from '../../../export/exporter.js'
import type { LiveArchive } from '../../../export/live/search-page.js'
import type { CoveredArchive } from '../../../export/pseudonyms/privacy.js'
import type { PrivacyRequest } from '../../../export/pseudonyms/request.js'
import type { ArchiveReader } from '../../../model/archive.js'
import { parseQuery } from '../../../model/query/parse-query.js'
import { namesIn, type Query, wordsIn } from '../../../model/query/query.js'
import type { Hit } from '../../../model/reports/search.js'
import { coveredBy } from '../../options/pseudonym-flags.js'
import type { Io } from '../../terminal/io.js'

export const PER_PAGE = 50

/** Posts that the pages do not show are not found. */
export const ofStatus = (asked: Query, status: ShownStatus): Query =>
  status === 'all' ? asked : { kind: 'all', of: [asked, { kind: 'is', what: status }] }

export const orderOf = (query: Query): 'rank' | 'date' => (wordsIn(query).length > 0 ? 'rank' : 'date')

/** Most posts that a search looks at: each is compared with what is shown of it. */
const MOST = 1000

/** The archive as pages with pseudonyms show it. The pseudonyms are made once for each state of the archive. */
export class ShownArchive {
  private known: { state: string; covered: CoveredArchive } | null = null

  constructor(
    private readonly privacy: PrivacyRequest,
    private readonly io: Io,
  ) {}

  async of(reader: ArchiveReader, search: Search, state: string, status: ShownStatus): Promise<LiveArchive> {
    const covered =
      this.known?.state === state ? this.known.covered : await coveredBy(this.privacy, [], reader, this.io)
    this.known = { state, covered }
    const { originalQuery, coveredFound } = await import('../../../export/pseudonyms/covered-search.js')
    return {
      // Pictures show people.
      reader: Object.assign(covered.over(reader), { storedFile: () => null }),
      state,
      search: (words, page) => {
        const { cover, people } = covered
        const asked = parseQuery(words, this.io.now())
        const query = people && originalQuery(asked, people, reader, cover)
        const hits = query ? hitsOf(search, ofStatus(query, status), post => coveredFound(post, cover)) : []
        const shown = [...hits].filter(hit => isBy(hit, asked))
        return { hits: shown.slice((page - 1) * PER_PAGE, page * PER_PAGE), total: shown.length, perPage: PER_PAGE }
      },
    }
  }
}

const hitsOf = (search: Search, query: Query, shown: Parameters<Search['hits']>[0]['shown']): Iterable<Hit> =>
  search.hits({ query, order: orderOf(query), limit: MOST, offset: 0, ...(shown && { shown }) })

/** Two members may share a real name, and no pseudonym. */
const isBy = ({ author }: Hit, asked: Query): boolean =>
  namesIn(asked).every(
    ({ kind, name }) =>
      kind === 'in' || [author?.slug, author?.name].some(one => one?.toLowerCase() === name.toLowerCase()),
  )
