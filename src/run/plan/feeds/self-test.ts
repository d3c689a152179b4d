import type { ComparedGroup, PageResult } from '../../../archive/index.js'
import type { Post } from '../../../model/discussion.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask, PassPlan, Task } from '../../../model/task.js'
import type { KnownRest, Outcome, PlanContext } from '../outcome.js'
import { feedOf } from '../requests.js'
import { endOfFeed, nextFeedPage, pageOfFeed } from './feed-pages.js'
import { FIRST, firstFeeds, restOfFeeds } from './first-feeds.js'
import { absentTasks, droppedTasks, noteOfAbsent } from './only-in-feed.js'
import { lookTasks } from './reply-counts.js'
import { firstSample } from './samples.js'

/**
 * After the lists of a pass, once for each site: the feeds of three of its groups, and a few posts of the largest by REST, to compare the
 * posts with. If lists of the site leave out posts: the feeds of all groups. `url`: the target, in the spelling under which its site is reached.
 */
export function selfTestTasks(groups: readonly ComparedGroup[], url: string, known: KnownRest): Task[] {
  const sites = [...new Set(groups.map(({ site }) => site))]
  return sites.flatMap(site => {
    const own = groups.filter(group => group.site === site)
    const tests = own[0]?.leftOut
      ? firstFeeds(feedsOf(own, url).map(feed => leftOutTest(feed, site)))
      : fewTests(own, site, url)
    return [...tests, ...firstSample(own[0]?.samples ?? [], site, known)]
  })
}

function fewTests(groups: readonly ComparedGroup[], site: string, url: string): FeedTask[] {
  const tested = testedGroups(groups)
  const feeds = feedsOf(tested, url)
  const rest = groups.filter(group => !tested.includes(group))
  const others = [...feeds.map(feed => pageOfFeed(feed, 2)), ...feedsOf(rest, url)]
  return feeds.map(feed => ({ ...feedTest(feed, site), others }))
}

/** Where lists are known to leave out posts, only the feed of a group shows all that is new in it. */
const leftOutTest = (feed: string, site: string): FeedTask => ({ ...feedTest(feed, site), leftOut: true })

const feedsOf = (groups: readonly ComparedGroup[], url: string): string[] => groups.map(group => feedOf(group.url, url))

/** Items of a feed (reference 6). */
const ITEMS = 50

/** The largest group, and others whose feeds have all of their threads: a theme may leave out old ones. */
function testedGroups(groups: readonly ComparedGroup[]): ComparedGroup[] {
  const whole = groups.slice(1).filter(({ threads }) => threads < ITEMS)
  return [...groups.slice(0, 1), ...whole].slice(0, FIRST)
}

function feedTest(url: string, site: string): FeedTask {
  const page = Number(new URL(url).searchParams.get('acpage') ?? 1)
  return { kind: 'feed', reason: 'self-test', page, request: { url, site } }
}

/** True for the answers that posts are compared with. */
export const isComparison = ({ kind, reason }: Task): boolean =>
  kind === 'sample' || (kind === 'feed' && reason === 'self-test')

/**
 * Threads of which the feed counts more replies than the pages showed are requested again, and those that the lists do not have. Then the
 * theme may do so everywhere: the feeds of all groups are read to their ends.
 */
export function followSelfTest(task: FeedTask, page: Page, result: PageResult, { plan }: PlanContext): Outcome {
  const site = task.request.site ?? page.site.url
  const absent = absentTasks(page, result, site)
  const looks = [...lookTasks(result, page), ...absent]
  const leftOut = absent.length > 0 || task.leftOut
  const test = leftOut ? leftOutTest : feedTest
  const rest = looks.length > 0 ? (task.others ?? []).map(feed => test(feed, site)) : []
  const isLast = task.others !== undefined || !goesOn(task, absent, plan)
  const next = isLast ? rest : nextFeedPage({ ...task, ...(leftOut && { leftOut }) }, page, plan)
  const end = leftOut ? endOfFeed(task, page) : { end: 'done' as const }
  return {
    tasks: [...looks, ...droppedTasks(page, result), ...next, ...restOfFeeds(task)],
    ...end,
    ...noteOfAbsent(task.request.url, page, result),
  }
}

/** In a pass that reads a part, a page of a feed without news ends it, except for one that could not be read to its end before. */
const goesOn = ({ leftOut, failedSince }: FeedTask, absent: readonly Task[], { kind }: PassPlan): boolean =>
  kind === 'whole' || !leftOut || absent.length > 0 || failedSince !== undefined

/** The feed of the group that these posts are in; null: they are in none. */
export function feedUrl(posts: readonly Post[], page: string): string | null {
  const group = posts.find(post => post.parentId === null && post.group)?.group
  return group ? feedOf(group.url, page) : null
}
