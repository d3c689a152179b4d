import type { PostNode, StoredPost, StoredThread } from '../model/archive.js'
import { UsageError } from '../model/errors.js'
import { localeOf } from '../model/locale/locale.js'
import type { ExportContext, Exporter, ShownStatus } from './exporter.js'
import { isTimeZone } from './words/clock.js'

/** The posts of a thread that have this status and were asked for, each with its depth and position in the whole thread. */
export function* shownPosts<Post extends HasStatus = StoredPost>(
  { posts }: { posts: Iterable<PostNode<Post>> },
  status: ShownStatus,
): Generator<PostNode<Post>> {
  for (const node of posts) if (isPlaceShown(node, status)) yield node
}

type HasStatus = Pick<StoredPost, 'status'>

/** Whether the post is shown where it stands: it has this status, and was asked for. */
export const isPlaceShown = ({ post, isLeftOut }: PostNode<HasStatus>, status: ShownStatus): boolean =>
  !isLeftOut && isShown(post, status)

export const isShown = (post: HasStatus, status: ShownStatus): boolean => status === 'all' || post.status === status

/** @throws UsageError for a status, a time zone or a locale that does not exist. */
export function shownBy(
  { status, timezone, locale }: { status?: ShownStatus; timezone?: string; locale?: string },
  exporter: Exporter,
): Pick<ExportContext, 'status' | 'timezone' | 'locale'> {
  if (status !== undefined && !STATUSES.includes(status))
    throw new UsageError(`"${status}" is no status of posts.`, `It takes ${STATUSES.join(', ')}.`)
  if (timezone !== undefined && !isTimeZone(timezone))
    throw new UsageError(`"${timezone}" is no time zone.`, 'Name one as in Europe/Berlin, or UTC.')
  const { tag } = localeOf(locale)
  return { status: status ?? exporter.shows ?? 'all', timezone: timezone ?? null, locale: tag }
}

/** Number of posts of the thread that have this status and were asked for. */
export function shownCount({ posts, gonePosts, matching }: StoredThread, status: ShownStatus): number {
  if (matching) return status === 'all' ? matching.live + matching.gone : matching[status]
  if (status === 'all') return posts.length
  return status === 'gone' ? gonePosts : posts.length - gonePosts
}

/** The threads that have a post of this status. `isNamed`: all are kept, because the user has named threads. */
export function* shownThreads(
  threads: Iterable<StoredThread>,
  status: ShownStatus,
  isNamed: boolean,
): Generator<StoredThread> {
  for (const thread of threads) if (isNamed || shownCount(thread, status) > 0) yield thread
}

/** What `--status` takes. */
export const STATUSES: readonly ShownStatus[] = ['live', 'gone', 'all']
