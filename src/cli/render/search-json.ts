import type { Hit } from '../../model/reports/search.js'
import { knownDate } from '../../model/time.js'
import { terminalJson } from '../text/terminal-text.js'
import { authorKeys, groupKeys, items } from './list-json.js'
import { plain } from './search-lines.js'

/** What was asked; `limit` is null for `--all`. */
export interface Asked {
  query: string
  sort: 'rank' | 'date'
  page: number
  limit: number | null
}

/** `threadkeep.search/1`, piece by piece. The number of all hits comes last: it may take longer than the page. */
export function* searchJson(asked: Asked, hits: Iterable<Hit>, total: () => number): Generator<string> {
  yield `{"schema":"threadkeep.search/1",${terminalJson(asked).slice(1, -1)},"hits":[`
  yield* items(hits, hitItem)
  yield `],"total":${total()}}\n`
}

/** Keys as in the other shapes of design.md, section 7. */
const hitItem = (hit: Hit) => ({
  site: hit.site,
  group: hit.group && groupKeys(hit.group),
  thread: hit.thread.id,
  thread_title: hit.thread.title,
  id: hit.id,
  type: hit.type,
  author: hit.author && authorKeys(hit.author),
  posted_at: knownDate(hit.when),
  posted_between: [hit.when.from, hit.when.to],
  url: hit.url,
  status: hit.status,
  edited: hit.edited,
  first_seen_at: hit.firstSeenAt,
  snippet: plain(hit.snippet),
  pieces: hit.snippet,
})
