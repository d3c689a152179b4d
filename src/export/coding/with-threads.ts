import type { ArchiveReader, StoredThread } from '../../model/archive.js'

/** The archive with each of its threads changed, or left out (null). All else is as in the archive. */
export function withThreads(
  archive: ArchiveReader,
  change: (thread: StoredThread) => StoredThread | null,
): ArchiveReader {
  const threads: ArchiveReader['threads'] = selection => changed(archive.threads(selection), change)
  return new Proxy(archive, {
    get: (own, name) => {
      if (name === 'threads') return threads
      const value: unknown = Reflect.get(own, name)
      return typeof value === 'function' ? value.bind(own) : value
    },
  })
}

function* changed(
  threads: Iterable<StoredThread>,
  change: (thread: StoredThread) => StoredThread | null,
): Generator<StoredThread> {
  for (const thread of threads) {
    const own = change(thread)
    if (own) yield own
  }
}
