import type { Statistics } from '../../model/reports/statistics.js'
import { tabRow } from '../text/columns.js'
import { authorName } from '../text/phrases.js'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** For scripts: `key TAB value`, then rows whose first cell names their kind. Values are not rounded; an unknown one is empty. */
export function* statsRows({ counts, dates, people, depth, threads, responses, ...time }: Statistics) {
  const { top, ...shares } = people
  yield* pairs('', { ...counts })
  yield* pairs('dates.', { ...dates })
  yield* pairs('people.', shares)
  yield* pairs('depth.', { max: depth.max, mean: depth.mean })
  yield* pairs('threads.replies.', { ...threads.replies })
  yield* pairs('threads.', { withoutReplies: threads.withoutReplies, unanswered: threads.unanswered })
  yield* pairs('firstReply.', { ...responses.firstReply })
  yield* pairs('reply.', { ...responses.reply })
  for (const [level, posts] of depth.posts.entries()) yield tabRow(['depth', level, posts])
  for (const { month, posts, threads, people } of time.months) yield tabRow(['month', month, posts, threads, people])
  for (const [at, posts] of time.weekdays.entries()) yield tabRow(['weekday', WEEKDAYS[at] ?? '', posts])
  for (const [hour, posts] of time.hours.entries()) yield tabRow(['hour', hour, posts])
  for (const one of top)
    yield tabRow(['person', one.slug, authorName(one), one.posts, one.threads, one.replies, one.received, one.url])
}

function* pairs(prefix: string, figures: Record<string, string | number | null>): Generator<string> {
  for (const [key, value] of Object.entries(figures)) yield tabRow([prefix + key, value])
}
