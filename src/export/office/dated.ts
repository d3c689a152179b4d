import type { StoredThread } from '../../model/archive.js'

/** Threads, and the day of the newest reading of those that have passed: the time of the document, in seconds since 1970. */
export class Dated {
  private latest = FIRST_DAY

  constructor(private readonly all: Iterable<StoredThread>) {}

  *threads(): Generator<StoredThread> {
    for (const thread of this.all) {
      const { readAt, when } = thread
      this.latest = Math.max(this.latest, Date.parse(readAt ?? when.to ?? when.from ?? '') || FIRST_DAY)
      yield thread
    }
  }

  get epoch(): number {
    return Math.floor(this.latest / 1000)
  }
}

/** A zip file knows no earlier time. */
const FIRST_DAY = Date.UTC(1980, 0, 1)
