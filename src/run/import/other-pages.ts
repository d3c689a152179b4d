import { activityIdOf, segments } from '../../model/addresses.js'
import { EXIT } from '../../model/errors.js'
import { TEXT_IN_PARTS, TEXT_NEEDS } from '../../model/imports.js'
import type { Wall, WallKind } from '../../model/page.js'
import type { Note, Problem } from '../../model/reports/run.js'
import { isUnknownAddress } from '../../model/unknown-site.js'
import { problemOf } from '../judge/wall-problems.js'
import type { TakenPage } from '../session/page-taker.js'

/** Doors whose files hold whatever a crawler met, also from other sites. */
const CRAWLS: readonly string[] = ['warc', 'wacz', 'wayback']

/** Walls behind which there are posts. */
const CLOSED: readonly WallKind[] = ['login', 'members-only', 'private-group', 'challenge', 'session-ended']

/** Problems of one kind that a report holds. */
const MOST = 20

/** Pages that are held to be named: of a million pages, the first will do. */
const MOST_HELD = 1000

/** A page that was meant to hold discussions. */
interface Meant {
  kind: WallKind
  url: string
  problem: Problem
}

/**
 * Imported pages that hold no discussions. A page that somebody saved by hand was meant to hold some, so that it is a problem. A crawl,
 * or the copy of a whole site, holds other pages as well: these are only counted, but for closed groups and threads.
 */
export class OtherPages {
  private readonly sites = new Set<string>()
  /** By kind and address: the same page twice is one problem. */
  private readonly meant = new Map<string, Meant>()
  private readonly byKind = new Map<WallKind, number>()

  /** Number of such pages. */
  count = 0

  /** A site of which discussions were read. */
  belongs(site: string): void {
    this.sites.add(site)
  }

  add(taken: TakenPage): void {
    const kind = taken.page.wall?.kind ?? 'unknown'
    const isCrawl = CRAWLS.includes(taken.capture.imported?.door ?? '')
    this.count++
    this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1)
    const { url } = taken.capture.request
    const isMeant = !isCrawl || (CLOSED.includes(kind) && isDiscussion(url))
    const key = `${kind} ${url}`
    if (isMeant && this.meant.size < MOST_HELD && !this.meant.has(key))
      this.meant.set(key, { kind, url, problem: problemOfPage(taken) })
  }

  problems(): Problem[] {
    const meant = [...this.meant.values()].filter(({ kind, url }) => kind !== 'unknown' || !this.isOfReadSite(url))
    return meant.slice(0, MOST).map(({ problem }) => problem)
  }

  notes(): Note[] {
    if (this.count === 0) return []
    const kinds = [...this.byKind].map(([kind, count]) => `${WORDS[kind] ?? 'others'} (${count})`)
    return [{ url: '', message: `Not stored, because they hold no discussions: ${kinds.join(', ')}.` }]
  }

  private isOfReadSite(url: string): boolean {
    return [...this.sites].some(site => url.startsWith(site))
  }
}

/** No login helps with a file: the code says only whether something was read. */
function problemOfPage({ task, page, capture }: TakenPage): Problem {
  const { url } = capture.request
  const problem = page.wall ? problemOf(task, page, page.wall) : { url, message: `${url} was not recognised.` }
  const origin = capture.imported?.origin ?? url
  if (isUnknownAddress(url))
    return { ...problem, ...(page.wall?.kind === 'error' ? overBound(origin, page.wall) : withoutThread(origin)) }
  return { ...problem, message: `${origin}: ${problem.message}`, advice: null, exitCode: EXIT.unrecognised }
}

/** A text has no address. */
const withoutThread = (origin: string) => ({
  ...{ url: origin, message: `${origin} is a text without a thread in it.`, advice: TEXT_NEEDS },
  exitCode: EXIT.unrecognised,
})

/** It may hold threads: its parsing has met a limit. */
const overBound = (origin: string, { seen }: Wall) => ({
  ...{ url: origin, message: `${origin} was not read: it is ${seen}.`, advice: TEXT_IN_PARTS },
  exitCode: EXIT.unrecognised,
})

const isDiscussion = (url: string): boolean => activityIdOf(url) !== null || segments(url).includes('groups')

const WORDS: Partial<Record<WallKind, string>> = {
  'not-found': 'pages that were not found',
  error: 'error pages',
  login: 'login forms',
  'members-only': 'pages for members only',
  'private-group': 'pages of private groups',
  unknown: 'other pages',
  challenge: 'pages of a bot protection',
}
