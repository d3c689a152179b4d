import { activityIdOf } from '../../model/addresses.js'
import { groupSlugAt, isDirectoryUrl } from '../../model/directories.js'
import { EXIT } from '../../model/errors.js'
import type { Page } from '../../model/page.js'
import type { Problem } from '../../model/reports/run.js'
import type { Goal, Task } from '../../model/task.js'
import { rebase, sameHost, siteKey } from '../../model/urls.js'
import type { Outcome, PlanContext } from './outcome.js'
import { rootOf } from './rest.js'
import { apiOf, indexRequest } from './rest-requests.js'

/**
 * The outcome if the page of a target or group could not be read: REST needs no page. Its address is not guessed, because sites hide it on
 * purpose: REST has answered for the site before, or the response to this request names it. Null: there is no other route. `problem`: that
 * of the page. `page`: the response; null: there was none.
 */
export function byRestInstead(task: Task, problem: Problem, page: Page | null, context: PlanContext): Outcome | null {
  if ((task.kind !== 'target' && task.kind !== 'group') || task.without) return null
  if (context.via !== 'auto' && context.via !== 'rest') return null
  const { url } = task.request
  const way = wayByArchive(url, context) ?? (page && wayByPage(page, context))
  if (!way || !sameHost(way.root, url)) return null
  const { root, site, goal } = way
  const ajaxUrl = new URL('wp-admin/admin-ajax.php', site).href
  const request = indexRequest(root, ajaxUrl)
  return {
    tasks: [{ kind: 'api', reason: 'without-page', root, ajaxUrl, goal, request }],
    end: 'done',
    problem: {
      url,
      message: `${problem.message} ${INSTEAD}`,
      advice: 'Run the same command again later.',
      exitCode: EXIT.partial,
    },
  }
}

interface Way {
  /** URL of the REST index. */
  root: string
  site: string
  goal: Goal
}

function wayByArchive(url: string, { instead }: PlanContext): Way | null {
  const known = instead(url)
  const api = known && apiOf({ url: rebase(known.answered, url) })
  return known && api && { root: api.root, site: known.site, goal: known.goal }
}

/** Nothing but its address says what the page would have shown. */
function wayByPage(page: Page, { via }: PlanContext): Way | null {
  const root = rootOf(page, via)
  const goal = goalAt(page.url, page.site.url)
  return root && goal ? { root, site: page.site.url, goal } : null
}

function goalAt(home: string, site: string): Goal | null {
  const thread = activityIdOf(home)
  if (thread !== null) return { kind: 'thread', home, id: thread }
  const slug = groupSlugAt(home, site)
  if (slug !== null) return { kind: 'group', home, slug, id: null }
  return siteKey(home) === siteKey(site) || isDirectoryUrl(home, site) ? { kind: 'site', home } : null
}

const INSTEAD = 'REST is asked for its posts instead. What only pages show, such as forums, is not read in this run.'
