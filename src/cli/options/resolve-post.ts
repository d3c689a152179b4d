import type { Archive } from '../../archive/index.js'
import type { PostContext } from '../../model/reports/history.js'
import { knownThread, theOnly } from './selection.js'

export interface ResolvedPost {
  place: PostContext
  /** True for a reply, and if only the opening post of a thread was asked for: the post without the rest of its thread. */
  alone: boolean
}

/** The post with this id or permalink, as `show` and `export` find threads. @throws UsageError if no post or several posts match. */
export function resolvePost(name: string, { reader, history }: Archive, alone: boolean): ResolvedPost {
  const known = knownThread(name, reader)
  const place = theOnly(name, history.find(known))
  if (!place) throw new Error(`The archive lists the post ${known}, but can't read it.`)
  return { place, alone: alone || place.row !== place.threadRow }
}
