import type { CaptureRoute, RunRecord } from '../../model/reports/provenance.js'

/** A figure, and the runs that it is the sum of. */
export interface Traced {
  count: number
  runs: number[]
}

/** Sums a figure over the runs that have it. */
export function summed(runs: readonly RunRecord[], of: (run: RunRecord) => number | null): Traced {
  const own = runs.filter(run => (of(run) ?? 0) !== 0)
  return { count: own.reduce((sum, run) => sum + (of(run) ?? 0), 0), runs: idsOf(own) }
}

export const idsOf = (runs: readonly RunRecord[]): number[] => runs.map(({ id }) => id)

/** Stored responses by reader or route, the most first. */
export function capturesBy(runs: readonly RunRecord[], key: 'reader' | 'route'): [string, Traced][] {
  const names = new Set(runs.flatMap(({ captures }) => captures.map(one => one[key] as string)))
  const sums = [...names].map((name): [string, Traced] => [name, summed(runs, run => capturesOf(run, key, name))])
  return sums.sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
}

const capturesOf = ({ captures }: RunRecord, key: 'reader' | 'route', name: string): number =>
  captures.filter(one => one[key] === name).reduce((sum, { count }) => sum + count, 0)

/** Runs that asked a site: those with a response of one, or that sent a request. */
export const liveRuns = (runs: readonly RunRecord[]): RunRecord[] =>
  runs.filter(run => (run.requests ?? 0) > 0 || run.captures.some(({ route }) => route !== 'import'))

/** Runs that brought responses or posts, live or out of files. */
export const readingRuns = (runs: readonly RunRecord[]): RunRecord[] =>
  runs.filter(run => (run.requests ?? 0) > 0 || run.captures.length > 0 || run.posts > 0)

export const killedRuns = (runs: readonly RunRecord[], running: number | null): RunRecord[] =>
  runs.filter(({ finishedAt, id }) => finishedAt === null && id !== running)

/** Why a route was taken, as the runs say it; null: a run gave no reason. */
export function reasonsOf(
  runs: readonly RunRecord[],
): { route: CaptureRoute; because: string | null; runs: number[] }[] {
  const found = new Map<string, { route: CaptureRoute; because: string | null; runs: number[] }>()
  for (const { id, targets } of runs)
    for (const { route, because: reason, asked } of targets) {
      if (route === null) continue
      const because = reason ?? (asked && asked.via !== 'auto' ? `the user asked for it (--via ${asked.via})` : null)
      const key = `${route} ${because}`
      const known = found.get(key) ?? { route, because, runs: [] }
      if (known.runs.at(-1) !== id) known.runs.push(id)
      found.set(key, known)
    }
  return [...found.values()]
}
