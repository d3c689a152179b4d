import { UsageError } from '../../model/errors.js'
import { type Exporter, NOTICES } from '../exporter.js'
import { entryOf, feedHead } from './atom-elements.js'
import { NewestPosts } from './newest-posts.js'

const DEFAULT_LIMIT = 50

/** The newest posts as one feed (RFC 4287), with what each one answers (RFC 4685). Its dates are those of the posts. */
export const atom: Exporter = {
  name: 'atom',
  summary: 'a feed of the newest posts, for feed readers',
  extension: 'atom',
  scope: 'archive',
  delivery: 'stdout',
  forPublic: true,
  isFlat: true,
  leavesOut: NOTICES,
  tells: true,
  shows: 'live',
  options: { limit: { summary: 'number of posts', default: DEFAULT_LIMIT, flag: true } },
  *render(threads, about) {
    const { options, status } = about
    const limit = Number(options['limit'])
    if (!Number.isInteger(limit) || limit < 1)
      throw new UsageError(`"${options['limit']}" is no number of posts.`, 'Give a whole number above 0: -O limit=50')
    const newest = new NewestPosts(limit, status)
    for (const thread of threads) newest.add(thread)
    yield feedHead(newest)
    for (const post of newest.sorted()) yield entryOf(post, about)
    yield '</feed>\n'
  },
}
