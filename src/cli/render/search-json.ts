import { authorRecord, groupRecord } from '../../export/record.js'
import type { Hit } from '../../model/reports/search.js'
import { dateKeys, jsonDocument, records } from './json-document.js'
import { snippetText } from './search-lines.js'

/** What was searched for; `limit` is null for `--all`. */
export interface SearchRequest {
  query: string
  sort: 'rank' | 'date'
  page: number
  limit: number | null
}

/** `threadkeep.search/1`: docs/schema/search-1.json. The number of all hits comes last: counting may take longer than the page. */
export const searchJson = (request: SearchRequest, hits: Iterable<Hit>, total: () => number): Generator<string> =>
  jsonDocument('search', { ...request, hits: records(hits, hitRecord), total })

const hitRecord = (hit: Hit) => ({
  site: hit.site,
  group: groupRecord(hit.group),
  thread: hit.thread.id,
  thread_title: hit.thread.title,
  id: hit.id,
  type: hit.type,
  author: authorRecord(hit.author),
  ...dateKeys(hit.when),
  url: hit.url,
  status: hit.status,
  edited: hit.edited,
  first_seen_at: hit.firstSeenAt,
  snippet: snippetText(hit.snippet),
  pieces: hit.snippet,
})
