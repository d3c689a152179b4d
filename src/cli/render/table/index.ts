import type { TableFacts } from '../../../export/codebook/tables.js'
import { AGREEMENT_COLUMNS } from './agreement.js'
import { CHANGE_COLUMNS } from './changes.js'
import { GROUP_COLUMNS, THREAD_COLUMNS } from './list.js'
import { HIT_COLUMNS } from './search.js'
import { STATS_COLUMNS } from './stats.js'

/** The tables that commands print with `--csv`. */
export const COMMAND_TABLES: readonly TableFacts[] = [
  {
    name: 'list',
    summary: '`list --csv`: a row a thread',
    columns: THREAD_COLUMNS,
    formats: [],
    key: ['site', 'thread'],
  },
  {
    name: 'list-groups',
    summary: '`list --groups --csv`: a row a group',
    columns: GROUP_COLUMNS,
    formats: [],
    key: ['url'],
  },
  { name: 'search', summary: '`search --csv`: a row a hit', columns: HIT_COLUMNS, formats: [], key: ['site', 'id'] },
  {
    name: 'changes',
    summary: '`changes --csv`: a row a change, in the order of time',
    columns: CHANGE_COLUMNS,
    formats: [],
  },
  { name: 'agreement', summary: '`agreement --csv`: a row a code', columns: AGREEMENT_COLUMNS, formats: [] },
  { name: 'stats', summary: '`stats --csv`: a row a figure or count', columns: STATS_COLUMNS, formats: [] },
]
