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
  const message = `The lists of this site leave out posts, and ${url} could not be read (${why}): posts that only this feed${andOthers(rest)} has may be missing.`
  return {
    tasks: [],
    end: 'failed',
    reason: message,
    problem: { url, message, advice: BY_REST, exitCode: EXIT.partial },
  }
}

/** The feed gave no posts. That is a problem only if the user has named it: otherwise the problem of the group's own pages says it. */
function noFeedPosts({ request: { url }, reason, rest }: FeedTask, why: string): Outcome {
  const isOfEmpty = reason === 'empty-lists'
  const message = `${url} gave no posts (${why})${isOfEmpty ? `: nobody knows whether its group${andOthers(rest)} is empty, as the pages say` : ''}.`
  if (reason !== 'named') return { tasks: [], end: 'done', note: { url, message } }
  const advice = 'Open the address in a browser to see whether it is a feed.'
  return { tasks: [], end: 'failed', reason: message, problem: { url, message, advice, exitCode: EXIT.unrecognised } }
}

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

/** Other feeds that are not requested then. */
const andOthers = (rest: readonly string[] = []): string =>
  rest.length > 0 ? `, or one of ${rest.length} others,` : ''
