import type { Column } from '../../../export/table/column.js'
import {
  authorColumns,
  groupColumns,
  siteColumn,
  titleColumn,
  urlColumn,
  whenColumns,
} from '../../../export/table/shared-columns.js'
import { SOURCES, STATUSES, TYPES } from '../../../export/table/sources.js'
import type { Hit } from '../../../model/reports/search.js'
import { snippetText } from '../search.js'

/** `search --csv`: a row a hit, in the order of the hits. */
export const HIT_COLUMNS: readonly Column<Hit>[] = [
  siteColumn(({ site }) => site),
  ...groupColumns<Hit>(({ group }) => group),
  {
    ...{ name: 'thread', type: 'id', certainty: 'stated', meaning: 'id of the thread' },
    source: SOURCES.thread,
    value: ({ thread }) => thread.id,
  },
  titleColumn(({ thread }) => thread.title),
  {
    ...{ name: 'id', type: 'id', certainty: 'stated', meaning: 'id of the post' },
    source: SOURCES.id,
    value: ({ id }) => id,
  },
  {
    ...{ name: 'type', type: 'text', certainty: 'stated', meaning: 'item type of the post' },
    source: SOURCES.type,
    values: TYPES,
    hasOtherValues: true,
    value: ({ type }) => type,
  },
  ...authorColumns<Hit>(({ author }) => author),
  ...whenColumns<Hit>(({ when }) => when),
  {
    ...{ name: 'status', type: 'text', certainty: 'observed', meaning: '`live`, or `gone` from the site' },
    values: STATUSES,
    value: ({ status }) => status,
  },
  {
    ...{ name: 'edited', type: 'flag', certainty: 'observed' },
    meaning: 'the site says that it was edited, or the archive holds an earlier version',
    source: SOURCES.edited,
    value: ({ edited }) => edited,
  },
  {
    ...{ name: 'snippet', type: 'text', certainty: 'derived', meaning: 'the words around the match, on one line' },
    missing: 'a post without words',
    source: SOURCES.body,
    value: ({ snippet }) => snippetText(snippet),
  },
  urlColumn('post', ({ url }) => url),
  {
    ...{ name: 'first_seen_at', type: 'time', certainty: 'observed', meaning: 'when threadkeep first read the post' },
    value: ({ firstSeenAt }) => firstSeenAt,
  },
]
