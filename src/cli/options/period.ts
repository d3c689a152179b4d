import type { Command } from 'commander'
import type { ChangeFeed } from '../../archive/index.js'
import { parseDate } from '../../model/dates.js'
import type { Instant } from '../../model/discussion.js'
import { UsageError } from '../../model/errors.js'
import type { Io } from '../terminal/io.js'

export interface PeriodOptions {
  since: string
  until?: string
}

/** A period in the time of the archive: what was read in it, not what was written in it. */
export interface Period {
  since: Instant
  until: Instant | null
  /** The start that a newsletter shows: for `last` the run before the newest one. */
  shownFrom: Instant
}

export function addPeriod(command: Command): void {
  command
    .option(
      '--since <date>',
      'what was read at or after this date (UTC): 2024-05-01, today-2weeks; last: what the newest run has read',
      'last',
    )
    .option('--until <date>', 'and before this date (UTC) (default: no end)')
}

/** @throws UsageError if a date is invalid, if the dates are in the wrong order, and for `last` if no run has finished. */
export function periodOf(options: PeriodOptions, changes: ChangeFeed, io: Io): Period {
  const until = options.until === undefined ? null : parseDate(options.until, io.now())
  const isLast = options.since.trim().toLowerCase() === 'last'
  const period = isLast ? lastPeriod(until, changes) : datedPeriod(parseDate(options.since, io.now()), until)
  if (period.until === null || period.since < period.until) return period
  throw new UsageError(`--since ${options.since} is not before --until ${options.until}.`, 'Exchange the two dates.')
}

function lastPeriod(until: Instant | null, changes: ChangeFeed): Period {
  const newest = changes.newestRun(until)
  if (newest) {
    const { since } = newest
    return { since, until: until ?? newest.until, shownFrom: changes.lastRunStart(since) ?? since }
  }
  throw new UsageError(
    `No run of this archive has finished ${until === null ? 'yet' : `before ${until}`}.`,
    'Name a date with --since, or run "threadkeep sync" first.',
  )
}

const datedPeriod = (since: Instant, until: Instant | null): Period => ({ since, until, shownFrom: since })
