import type { Archive } from '../../archive/index.js'
import type { PostPlace } from '../../model/reports/history.js'
import { knownThread, theOnly } from './selection.js'

export interface Named {
  place: PostPlace
  /** The post is meant without the rest of its thread: a reply, or what is to be taken for one. */
  alone: boolean
}

/** The post that a name means, as `show` and `export` find threads. @throws UsageError if it is unknown, or not the only one. */
export function placeNamed(name: string, { reader, history }: Archive, alone: boolean): Named {
  const known = knownThread(name, reader)
  const place = theOnly(name, history.find(known))
  if (!place) throw new Error(`The archive lists ${known} and does not give it.`)
  return { place, alone: alone || place.row !== place.threadRow }
}
