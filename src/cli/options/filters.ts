import type { Command } from 'commander'
import type { Selection } from '../../model/archive.js'
import { parseDate } from '../../model/dates.js'
import { UsageError } from '../../model/errors.js'
import { parseQuery } from '../../model/query/parse-query.js'
import { matchingOf } from '../../model/query/query.js'
import type { Io } from '../terminal/io.js'
import { collect } from './flag-values.js'

/** Options that `list` and `export` share. */
export interface FilterOptions {
  after?: string
  before?: string
  types?: string
  filter?: string
  member?: string[]
}

/** Their names, which a list of whole groups does not take. */
export const FILTERS = ['after', 'before', 'types', 'filter', 'member'] as const satisfies (keyof FilterOptions)[]

export function addFilters(command: Command): void {
  command
    .option('--after <date>', 'threads with a post at or after this date (UTC): 2024-05-01, today-2weeks')
    .option('--before <date>', 'threads with a post before this date (UTC)')
    .option(
      '--filter <query>',
      'threads with a post that matches a query of "threadkeep search": \'from:anna has:link "bee hive"\'',
    )
    .option('--member <name>', 'threads with a post by this member; may be given several times', collect)
    .option(
      '--types <names>',
      'only threads whose opening post has one of these types, such as activity_update; all for every type (default: lists, documents, mail, graphs and qdpx leave out membership notices, tables and JSON have all)',
    )
}

/** `leavesOut`: types that are left out unless `--types` names them. @throws UsageError */
export function filterOf(options: FilterOptions, leavesOut: readonly string[], io: Io): Selection {
  const after = options.after === undefined ? undefined : parseDate(options.after, io.now())
  const before = options.before === undefined ? undefined : parseDate(options.before, io.now())
  if (after !== undefined && before !== undefined && after >= before) {
    throw new UsageError(`--after ${after} is not before --before ${before}.`, 'Exchange the two dates.')
  }
  const query = options.filter === undefined ? null : parseQuery(options.filter, io.now())
  return {
    ...(after && { after }),
    ...(before && { before }),
    ...matchingOf(query, options.member ?? []),
    ...typesOf(options.types, leavesOut),
  }
}

function typesOf(text: string | undefined, leavesOut: readonly string[]): Pick<Selection, 'types' | 'withoutTypes'> {
  if (text === undefined) return leavesOut.length > 0 ? { withoutTypes: leavesOut } : {}
  const types = text
    .split(',')
    .map(type => type.trim())
    .filter(Boolean)
  if (types.includes('all')) return {}
  if (types.length > 0) return { types }
  throw new UsageError('--types names no type.', 'Separate several types with commas, or write all.')
}
