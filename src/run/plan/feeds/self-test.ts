import type { ComparedGroup, PageResult } from '../../../archive/index.js'
import type { Post } from '../../../model/discussion.js'
import type { Page } from '../../../model/page.js'
import type { FeedTask, Task } from '../../../model/task.js'
import type { KnownRest, Outcome, PlanContext } from '../outcome.js'
import { feedOf } from '../requests.js'
import { endOfFeed, nextFeedPage, pageOfFeed } from './feed-pages.js'
import { absentTasks, noteOfAbsent } from './only-in-feed.js'
import { lookTasks } from './reply-counts.js'
import { firstSample } from './samples.js'

/**
 * After the lists of a pass, once for each site: the feeds of three of its groups, and a few posts of the largest by REST, to compare the
 * posts with. `url`: the target, in the spelling under which its site is reached.
 */
export function selfTestTasks(groups: readonly ComparedGroup[], url: string, known: KnownRest): Task[] {
  const sites = [...new Set(groups.map(({ site }) => site))]
  return sites.flatMap(site => {
    const own = groups.filter(group => group.site === site)
    const tested = testedGroups(own)
    const feeds = feedsOf(tested, url)
    const rest = own.filter(group => !tested.includes(group))
    const others = [...feeds.map(feed => pageOfFeed(feed, 2)), ...feedsOf(rest, url)]
    const tests = feeds.map(feed => ({ ...feedTest(feed, site), others }))
    return [...tests, ...firstSample(own[0]?.samples ?? [], site, known)]
  })
}

const feedsOf = (groups: readonly ComparedGroup[], url: string): string[] => groups.map(group => feedOf(group.url, url))

/** Groups of a site whose feeds are requested at first. */
const TESTED = 3

/** Items of a feed (reference 6). */
const ITEMS = 50

/** The largest group, and others whose feeds have all of their threads: a theme may leave out old ones. */
function testedGroups(groups: readonly ComparedGroup[]): ComparedGroup[] {
  const whole = groups.slice(1).filter(({ threads }) => threads < ITEMS)
  return [...groups.slice(0, 1), ...whole].slice(0, TESTED)
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
  const looks = [...lookTasks(result, page), ...absentTasks(page, result, site)]
  const note = noteOfAbsent(task.request.url, result)
  const rest = looks.length > 0 ? (task.others ?? []).map(feed => feedTest(feed, site)) : []
  const leftOut = note.note || task.leftOut ? { leftOut: true as const } : {}
  const next = task.others ? rest : nextFeedPage(task, page, plan)
  const end = leftOut.leftOut ? endOfFeed(task, page) : { end: 'done' as const }
  return { tasks: [...looks, ...next.map(feed => ({ ...feed, ...leftOut }))], ...end, ...note }
}

/** The feed of the group that these posts are in; null: they are in none. */
export function feedUrl(posts: readonly Post[], page: string): string | null {
  const group = posts.find(post => post.parentId === null && post.group)?.group
  return group ? feedOf(group.url, page) : null
}
