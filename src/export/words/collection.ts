import type { ArchiveReader, Completeness, StoredGroup, StoredThread } from '../../model/archive.js'
import type { SampleFigures } from '../../model/coding/sample.js'
import type { Locale } from '../../model/locale/locale.js'
import { type ExportContext, NOTICES } from '../exporter.js'
import { cleanLine, isolated, listed } from '../text.js'
import { addFacts, type Facts, noFacts } from './facts.js'
import { groupName } from './names.js'
import { partSuffix } from './pieces.js'
import {
  addReading,
  countWords,
  dated,
  numberWords,
  type Part,
  partWords,
  postsWords,
  type ReadingTime,
  type Seen,
  seenOf,
  sumStatus,
  type View,
} from './status.js'

/** Adds up what a document of several threads says of them. */
export class Collection {
  threads = 0
  readonly facts: Facts = noFacts()
  readonly groups = new Map<string, StoredGroup>()
  /** When and as whom threads were read. */
  readonly readings: ReadingTime[] = []
  private completeness: Completeness | null = null
  private outside = false

  add(thread: StoredThread, facts: Facts): void {
    this.threads++
    addFacts(this.facts, facts)
    if (thread.group) this.groups.set(`${thread.site} ${thread.group.slug}`, thread.group)
    else this.outside = true
    // Nothing is missing of a thread that is gone and left out.
    if (facts.posts > 0) this.completeness = sumOf(this.completeness, thread.completeness)
    addReading(this.readings, thread)
  }

  /** The only group of all threads; null: there are several, or threads outside of all groups. */
  get group(): StoredGroup | null {
    const [only, ...others] = this.groups.values()
    return this.outside || others.length > 0 ? null : (only ?? null)
  }

  get sum(): Completeness {
    return this.completeness ?? { state: 'complete', held: 0, claimed: 0 }
  }

  seen({ clock }: View): Seen {
    return seenOf(this.readings, clock)
  }

  /** `Care at Home: four threads, 2020 to 2026`. */
  title(view: View): string {
    return `${this.words(view)}${partSuffix(view.part)}`
  }

  private words({ clock }: View): string {
    const { locale } = clock
    const names = [...this.groups.values()].map(group => isolated(groupName(group)))
    const count = this.threads === 1 ? 'one thread' : `${numberWords(this.threads, locale)} threads`
    const [from, to] = [this.facts.from, this.facts.to].map(at => (at ? locale.year(clock.at(at).day) : null))
    const years = from && to ? `, ${from === to ? from : `${from} to ${to}`}` : ''
    if (this.outside || names.length === 0) return `${count[0]?.toUpperCase()}${count.slice(1)}${years}`
    return `${names.length > MOST_GROUPS ? `${locale.number(names.length)} groups` : listed(names)}: ${count}${years}`
  }

  /** `Four of the 78 threads of GROUP: 31 posts by 16 people, 6 October 2020 to 28 November 2026. Complete …` */
  status(view: View, { archive, sample }: Pick<ExportContext, 'archive' | 'sample'>): Part[] {
    const figures: Part[] = [postsWords(this.facts, view.clock.locale), ...dated(this.facts, view), '. ']
    const drawn = sample ? [`A random sample: ${sampleWords(sample)}. `] : []
    const rest = sumStatus(this.sum, this.facts, view, this.seen(view))
    return [
      ...partWords(view).map(words => `${words}: `),
      ...this.threadsWords(archive, view.clock.locale),
      ': ',
      ...figures,
      ...drawn,
      ...rest,
    ]
  }

  private threadsWords(archive: ArchiveReader, locale: Locale): Part[] {
    const { group, threads } = this
    const words = countWords(threads, 'thread', locale)
    if (!group) return this.groups.size > 1 ? [`${words} of ${locale.number(this.groups.size)} groups`] : [words]
    const name = { words: isolated(groupName(group)), url: group.url }
    const all = Math.max(threadsOf(group, archive), threads)
    if (all > threads)
      return [`${capital(numberWords(threads, locale))} of the ${locale.number(all)} threads of `, name]
    const every =
      threads === 1 ? 'The only thread' : threads === 2 ? 'Both threads' : `All ${numberWords(threads, locale)} threads`
    return [`${every} of `, name]
  }
}

/** More groups than this are counted in a title. */
const MOST_GROUPS = 3

const capital = (words: string): string => `${words[0]?.toUpperCase()}${words.slice(1)}`

function threadsOf(group: StoredGroup, archive: ArchiveReader): number {
  let count = 0
  for (const _ of archive.threadSummaries({ groups: [group.url], withoutTypes: NOTICES })) count++
  return count
}

/** `short` if any is, else `unknown` if any is. */
export function sumOf(sum: Completeness | null, one: Completeness): Completeness {
  if (!sum) return one
  const state = [sum.state, one.state].includes('short')
    ? 'short'
    : [sum.state, one.state].includes('unknown')
      ? 'unknown'
      : 'complete'
  const claimed = sum.claimed === null || one.claimed === null ? null : sum.claimed + one.claimed
  return { state, held: sum.held + one.held, claimed }
}

/** `20 of 339 threads, drawn at random with the seed 4711, in proportion by group` */
export const sampleWords = ({ size, of, seed, stratify }: SampleFigures): string =>
  `${size} of ${of} ${of === 1 ? 'thread' : 'threads'}, drawn at random with the seed ${cleanLine(seed)}${stratify === null ? '' : `, in proportion by ${stratify}`}`
