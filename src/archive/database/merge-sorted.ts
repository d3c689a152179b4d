import type { Instant } from '../../model/discussion.js'

/** Merges streams that are each in order of time. At the same instant the earlier stream goes first. Holds one item a stream. */
export function* inTimeOrder<Item extends { at: Instant }>(streams: readonly Iterable<Item>[]): Generator<Item> {
  const sources = streams.map(stream => stream[Symbol.iterator]())
  const heads = sources.map(source => source.next())
  for (;;) {
    let first = -1
    for (const [at, head] of heads.entries()) {
      const best = heads[first]
      if (!head.done && (!best || best.done || head.value.at < best.value.at)) first = at
    }
    const head = heads[first]
    const source = sources[first]
    if (!head || head.done || !source) return
    yield head.value
    heads[first] = source.next()
  }
}
