import type { Archive } from '../../archive/index.js'
import type { PostContext } from '../../model/reports/history.js'
import { knownThread, theOnly } from './selection.js'

export interface ResolvedPost {
  place: PostContext
  /** The post is meant without the rest of its thread: a reply, or what is to be taken for one. */
  alone: boolean
}

/** The post that a name means, as `show` and `export` find threads. @throws UsageError if it is unknown, or not the only one. */
export function resolvePost(name: string, { reader, history }: Archive, alone: boolean): ResolvedPost {
  const known = knownThread(name, reader)
  const place = theOnly(name, history.find(known))
  if (!place) throw new Error(`The archive lists ${known} and does not give it.`)
  return { place, alone: alone || place.row !== place.threadRow }
}
