import { isAddress } from '../../model/urls.js'
import { kindOf, type SourceKind } from '../../sources/index.js'

/**
 * Runs `work` for each item, at most `concurrency` at a time. After a failure it still waits for the work that has started, so
 * that nothing runs after the caller has closed its resources.
 * @throws the first failure.
 */
export async function runByHost<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** Groups targets by source: URLs of one host share a source, which reads them one after the other; any other target has its own. */
export function bySource(targets: readonly string[], own: readonly SourceKind[] = []): string[][] {
  const sources = new Map<string, string[]>()
  for (const target of targets) {
    const host = isAddress(target) ? new URL(target).host.replace(/^www\./, '') : target
    const key = `${kindOf(target, own)?.name} ${host}`
    sources.set(key, [...(sources.get(key) ?? []), target])
  }
  return [...sources.values()]
}
