import type { RunCounts, Visit } from '../../model/reports/run.js'
import type { Clock } from '../../sources/index.js'

/** Measures how often a run has sent requests, for the report. */
export class VisitLog {
  private readonly hosts = new Map<string, { first: number; last: number; requests: number }>()
  private longestWait = 0

  constructor(private readonly clock: Clock) {}

  asked(url: string, counts: RunCounts): void {
    counts.requests++
    const now = this.clock.now()
    const { host } = new URL(url)
    const known = this.hosts.get(host)
    this.hosts.set(host, { first: known?.first ?? now, last: now, requests: (known?.requests ?? 0) + 1 })
  }

  waited(milliseconds: number): void {
    this.longestWait = Math.max(this.longestWait, milliseconds)
  }

  card(): Visit {
    const hosts = [...this.hosts.values()]
    const pauses = hosts.reduce((sum, { requests }) => sum + requests - 1, 0)
    const total = hosts.reduce((sum, { first, last }) => sum + last - first, 0)
    return {
      meanSecondsBetweenRequests: pauses === 0 ? null : Math.round(total / pauses) / 1000,
      longestWaitSeconds: Math.round(this.longestWait / 100) / 10,
    }
  }
}
