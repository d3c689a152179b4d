import type { Post, When } from '../../model/discussion.js'
import { forumPostIn, isMirror } from '../../model/forum/posts.js'
import { type LocalRange, type Offsets, type SiteZone, whenAt, whenInZone } from '../../model/forum/site-zone.js'
import type { Page } from '../../model/page.js'
import { knownDate, seconds } from '../../model/time.js'
import { siteKey } from '../../model/urls.js'

/** What a run has learned of one site's zone. */
interface KnownZone {
  /** What its REST index says. */
  zone: SiteZone | null
  /** Offsets that the exact dates of posts have shown, in seconds. */
  offsets: Set<number>
}

/** Exact dates of activity items that repeat posts of forums, by the id of the reply or the address of the topic; no site needs more. */
const MOST_DATES = 20_000

/** All offsets from UTC are multiples of this number of seconds. */
const STEP = 900

/** Summer time moves a clock by an hour at most. */
const SUMMER = 3600

/**
 * The dates of forums, which are printed on the clock of the site. The zone is what the REST index says, or else the offsets at which
 * posts of known dates were printed. Where nothing is known, the interval covers all zones.
 */
export class ForumZones {
  private readonly sites = new Map<string, KnownZone>()
  private readonly exact = new Map<string, number>()

  /** The page with narrower dates, if it is one of a forum. What it shows of the zone is remembered. */
  zoned(page: Page): Page {
    const site = this.siteOf(page)
    if (page.zone) site.zone = page.zone
    for (const post of page.posts) if (isMirror(post.type)) this.noteMirror(post)
    const { localTimes } = page
    if (!localTimes) return page
    for (const post of page.posts) this.noteOffset(post, localTimes[post.id], site)
    return { ...page, posts: page.posts.map(post => ({ ...post, when: whenOf(post, localTimes[post.id], site) })) }
  }

  private siteOf({ site: { url } }: Page): KnownZone {
    const key = siteKey(url)
    const known = this.sites.get(key) ?? { zone: null, offsets: new Set() }
    this.sites.set(key, known)
    return known
  }

  private noteMirror({ url, when }: Post): void {
    const at = knownDate(when)
    if (at !== null && this.exact.size < MOST_DATES) this.exact.set(keyOf(url), seconds(at))
  }

  /** A date to the minute beside the exact one shows the offset at that time. */
  private noteOffset(post: Post, local: LocalRange | undefined, { offsets }: KnownZone): void {
    const at = this.exact.get(keyOf(post.url))
    if (!local || at === undefined || local.to - local.from > 59) return
    const offset = local.from - Math.floor(at / 60) * 60
    if (offset % STEP === 0 && Math.abs(offset) <= 14 * 3600) offsets.add(offset)
  }
}

/** Replies by their number, topics by their address without the scheme. */
const keyOf = (url: string): string => forumPostIn(url) ?? url.replace(/^https?:\/\/(www\.)?/, '')

function whenOf({ when }: Post, local: LocalRange | undefined, { zone, offsets }: KnownZone): When {
  if (!local) return when
  const byZone = zone && whenInZone(local, zone)
  if (byZone) return byZone
  const around = aroundOf(offsets)
  return around ? whenAt(local, around) : when
}

/** The offsets that posts have shown, and an hour on both sides, for the other half of the year; null: none, or they are of no one zone. */
function aroundOf(offsets: ReadonlySet<number>): Offsets | null {
  if (offsets.size === 0) return null
  const [min, max] = [Math.min(...offsets), Math.max(...offsets)]
  if (max - min > SUMMER) return null
  return max - min === SUMMER ? { min, max } : { min: min - SUMMER, max: max + SUMMER }
}
