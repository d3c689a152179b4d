import type { Completeness, StoredThread } from '../../model/archive.js'
import { addFacts, type Facts, noFacts } from '../words/facts.js'
import { countWords, dated, type Part, postsWords, seenOf, sentences, sumStatus, type View } from '../words/status.js'

/** What a page says of all threads of a group or a site. */
export class GroupSummary {
  readonly facts: Facts = noFacts()
  threads = 0
  private readonly completeness: Completeness = { state: 'complete', held: 0, claimed: 0 }
  /** When and as whom threads were read, each day once. */
  private readonly readings = new Map<string, Pick<StoredThread, 'readAt' | 'readAs'>>()

  constructor(readonly view: View) {}

  add({ readAt, readAs, completeness }: StoredThread, facts: Facts): void {
    this.threads++
    addFacts(this.facts, facts)
    const day = readAt && this.view.clock.at(readAt).day
    this.readings.set(`${day} ${readAs}`, { readAt, readAs })
    const { held, claimed, state } = completeness
    const sum = this.completeness
    sum.held += held
    sum.claimed = claimed === null || sum.claimed === null ? null : sum.claimed + claimed
    if (WORSE.indexOf(state) > WORSE.indexOf(sum.state)) sum.state = state
  }

  get readers(): Iterable<Pick<StoredThread, 'readAt' | 'readAs'>> {
    return this.readings.values()
  }

  /** The status line. `original`: the link behind the period. */
  status(original: Part[]): Part[] {
    const { facts, view, threads } = this
    const count = `${countWords(threads, 'thread')}, ${postsWords(facts)}`
    const seen = seenOf(this.readers, view.clock)
    return sentences([[count, ...dated(facts, view), ...original], sumStatus(this.completeness, facts, view, seen)])
  }
}

const WORSE: readonly Completeness['state'][] = ['complete', 'unknown', 'short']
