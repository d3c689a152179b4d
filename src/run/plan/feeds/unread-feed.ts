import { EXIT } from '../../../model/errors.js'
import type { FeedTask } from '../../../model/task.js'
import type { Outcome } from '../outcome.js'
import { BY_REST } from './feed-pages.js'

/** What follows from a feed that could not be read. */
export function unreadFeed(task: FeedTask, why: string): Outcome {
  if (task.leftOut) return leftOutFeed(task, why)
  return task.posts ? noFeedPosts(task, why) : noFeed(task, why)
}

/** A feed that could not be read, where lists leave out posts: nobody knows what is new in its group. */
function leftOutFeed({ request: { url }, rest }: FeedTask, why: string): Outcome {
  const message = `The lists of this site leave out posts, and ${url} could not be read (${why}): posts that only this feed has may be missing.${others(rest)}`
  const problem = { url, message, advice: BY_REST, exitCode: EXIT.partial }
  return { tasks: [], end: 'failed', reason: message, problem }
}

/** The feed gave no posts. That is a problem only if the user has named it: otherwise the problem of the group's own pages says it. */
function noFeedPosts({ request: { url }, reason, rest }: FeedTask, why: string): Outcome {
  if (reason === 'empty-lists') {
    const message = `${url} could not be read (${why}): nobody knows whether its group is as empty as its pages.${others(rest)}`
    return { tasks: [], end: 'done', note: { url, message } }
  }
  const message = `${url} gave no posts (${why}).`
  if (reason !== 'named') return { tasks: [], end: 'done', note: { url, message } }
  const advice = 'Open the address in a browser to see whether it is a feed.'
  return { tasks: [], end: 'failed', reason: message, problem: { url, message, advice, exitCode: EXIT.unrecognised } }
}

/** Feeds that are not requested then. */
const others = (rest: readonly string[] = []): string =>
  rest.length === 0 ? '' : ` Feeds of other groups, which were not requested then: ${rest.length}.`

/** A feed that could not be read. No reply is lost: the rotation finds new replies to old threads later. */
const noFeed = ({ request: { url }, reason }: FeedTask, why: string): Outcome => ({
  tasks: [],
  end: 'done',
  note: {
    url,
    message:
      reason === 'self-test'
        ? `The posts of these pages were not compared with the feed ${url} (${why}): nobody knows whether the pages leave out posts.`
        : `${url} gave no reply counts (${why}): new replies to old threads are found only when the rotation reads these threads again.`,
  },
})
