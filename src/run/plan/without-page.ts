import { EXIT } from '../../model/errors.js'
import type { Problem } from '../../model/reports/run.js'
import type { Task } from '../../model/task.js'
import { rebase, sameHost } from '../../model/urls.js'
import type { Outcome, PlanContext } from './outcome.js'
import { apiOf, indexRequest } from './rest-requests.js'

/**
 * The outcome if the page of a target or group could not be read, and REST has answered for its site before: REST needs no page. Its
 * address is not guessed, because sites hide it on purpose. Null: there is no other route. `problem`: that of the page.
 */
export function byRestInstead(task: Task, problem: Problem, { via, instead }: PlanContext): Outcome | null {
  if ((task.kind !== 'target' && task.kind !== 'group') || task.without) return null
  const { url } = task.request
  const known = via === 'auto' || via === 'rest' ? instead(url) : null
  const api = known && apiOf({ url: rebase(known.answered, url) })
  if (!known || !api || !sameHost(api.root, url)) return null
  const { root } = api
  const ajaxUrl = new URL('wp-admin/admin-ajax.php', known.site).href
  const request = indexRequest(root, ajaxUrl)
  return {
    tasks: [{ kind: 'api', reason: 'without-page', root, ajaxUrl, goal: known.goal, request }],
    end: 'done',
    problem: {
      url,
      message: `${problem.message} ${INSTEAD}`,
      advice: 'Run the same command again later.',
      exitCode: EXIT.partial,
    },
  }
}

const INSTEAD = 'REST is asked for its posts instead. What only pages show, such as forums, is not read in this run.'
