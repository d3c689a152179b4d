import type { Selection } from '../model/archive.js'
import { UsageError } from '../model/errors.js'
import type { Exporter } from './exporter.js'
import { listed } from './text.js'

/** What `--posts` takes. */
export const WANTED_POSTS = ['all', 'matching'] as const

/** Which posts of the selected threads a format holds: all, or those that match by themselves. */
export type WantedPosts = (typeof WANTED_POSTS)[number]

/** Whether the selection says something of single posts, and not only of threads. */
export const asksForPosts = ({ after, before, matching }: Selection): boolean =>
  after !== undefined || before !== undefined || matching !== undefined

/**
 * The same selection of a format with these posts. Documents keep whole threads: a reply without what it answers is hard to understand.
 * @throws UsageError for another word, and if nothing says which posts match.
 */
export function withPosts(selection: Selection, posts: WantedPosts | undefined, { isFlat }: Exporter): Selection {
  if (posts !== undefined && !WANTED_POSTS.includes(posts))
    throw new UsageError(`"${posts}" does not say which posts are meant.`, `It takes ${WANTED_POSTS.join(', ')}.`)
  if (posts !== 'matching') return selection
  if (!asksForPosts(selection))
    throw new UsageError(
      'Nothing says which posts match.',
      'Name a member, a query or dates: --member, --filter, --after, --before.',
    )
  return isFlat ? { ...selection, posts } : selection
}

/** @throws UsageError where only documents are made, which hold whole threads. */
export function refuseWithoutFlat(
  posts: WantedPosts | undefined,
  formats: readonly Exporter[],
  all: readonly Exporter[],
): void {
  if (posts !== 'matching' || formats.some(({ isFlat }) => isFlat)) return
  const names = formats.map(({ name }) => name)
  const flat = all.filter(({ isFlat }) => isFlat).map(({ name }) => name)
  throw new UsageError(
    `${listed(names)} ${names.length === 1 ? 'shows' : 'show'} whole threads.`,
    `Formats that hold single posts are ${listed(flat)}. To find posts: threadkeep search`,
  )
}
