import type { StoredThread } from '../../model/archive.js'
import type { Exporter, ShownStatus } from '../exporter.js'
import { shownPosts } from '../shown.js'
import { createActivity } from './as2-objects.js'

/** One collection of what was posted, in the vocabulary of ActivityStreams 2.0 and no other. An item a line. */
export const as2: Exporter = {
  name: 'as2',
  aliases: ['activitystreams'],
  summary: 'posts, replies and tombstones in the words of ActivityStreams 2.0',
  extension: 'jsonld',
  scope: 'thread',
  delivery: 'stdout',
  forPublic: true,
  isFlat: true,
  render: (threads, { status }) => collection(threads, status),
}

function* collection(threads: Iterable<StoredThread>, status: ShownStatus): Generator<string> {
  yield '{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":['
  let count = 0
  for (const thread of threads)
    for (const node of shownPosts(thread, status)) {
      yield `${count === 0 ? '' : ','}\n${JSON.stringify(createActivity(node, thread))}`
      count++
    }
  // Behind the items: it is not known before they are read.
  yield `${count === 0 ? '' : '\n'}],"totalItems":${count}}\n`
}
