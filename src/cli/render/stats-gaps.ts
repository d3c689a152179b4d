import type { ArchiveReader, Selection, ThreadSummary } from '../../model/archive.js'
import { union } from '../options/selection.js'
import { count } from '../text/phrases.js'

/** What the archive lacks, so that its figures may be too low. */
export interface Gaps {
  /** Numbers of the selected threads by completeness. */
  threads: { complete: number; short: number; unknown: number }
  /** Posts that the site claims for the short ones, and that are not held. */
  missingPosts: number
  /** Groups whose posts this reader may not see; of a selection 0. */
  closedGroups: number
  /** Targets that were not read to their end; of a selection 0. */
  unfinishedTargets: number
  /** Requests without a usable answer; of a selection 0. */
  failedRequests: number
}

export function gapsOf(reader: ArchiveReader, selections: readonly Selection[]): Gaps {
  const threads = { complete: 0, short: 0, unknown: 0 }
  let missingPosts = 0
  for (const { completeness } of union<ThreadSummary>(selections, selection => reader.threadSummaries(selection))) {
    const { state, held, claimed } = completeness
    threads[state]++
    if (state === 'short') missingPosts += Math.max(0, (claimed ?? held) - held)
  }
  const isWhole = selections.every(({ groups = [], threads = [] }) => groups.length + threads.length === 0)
  return { threads, missingPosts, ...(isWhole ? gapsOfAll(reader) : NONE) }
}

const NONE = { closedGroups: 0, unfinishedTargets: 0, failedRequests: 0 }

function gapsOfAll(reader: ArchiveReader): typeof NONE {
  const { targets } = reader.status()
  return {
    closedGroups: [...reader.namedGroups()].filter(({ access }) => access === 'members').length,
    unfinishedTargets: targets.filter(({ finishedAt }) => finishedAt === null).length,
    failedRequests: targets.reduce((sum, { gaps }) => sum + gaps.length, 0),
  }
}

/** What is missing, in a sentence; empty: nothing is known to be. */
export function gapWords({ threads, missingPosts, closedGroups, unfinishedTargets, failedRequests }: Gaps): string {
  const parts = [
    threads.short > 0 && `${count(threads.short, 'thread')} short of ${count(missingPosts, 'post')}`,
    threads.unknown > 0 && `${count(threads.unknown, 'thread')} not known to be whole`,
    closedGroups > 0 && `${count(closedGroups, 'group')} for members only`,
    unfinishedTargets > 0 && `${count(unfinishedTargets, 'target')} not read to the end`,
    failedRequests > 0 && `${count(failedRequests, 'request')} without an answer`,
  ].filter(part => part !== false)
  return parts.length === 0 ? '' : `Gaps: ${parts.join('; ')}. The figures are those of what is held.`
}

/** Each figure, with its key as in `--json`. */
export const gapFigures = ({ threads, ...others }: Gaps): [key: string, value: number][] => [
  ...Object.entries(threads).map(([key, value]): [string, number] => [`gaps.threads.${key}`, value]),
  ...Object.entries(others).map(([key, value]): [string, number] => [`gaps.${key}`, value]),
]
