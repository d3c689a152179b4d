import { isAddress } from '../../model/urls.js'
import { kindOf, type SourceKind } from '../../sources/index.js'

/**
 * Works through the items, so many at a time. All of the work under way is waited for, also after a failure: nobody may go on
 * with what its caller has closed.
 * @throws the first failure.
 */
export async function runByHost<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** Addresses of one host are asked one after the other, by one source; every other target has a source of its own. */
export function bySource(targets: readonly string[], own: readonly SourceKind[] = []): string[][] {
  const sources = new Map<string, string[]>()
  for (const target of targets) {
    const place = isAddress(target) ? new URL(target).host.replace(/^www\./, '') : target
    const key = `${kindOf(target, own)?.name} ${place}`
    sources.set(key, [...(sources.get(key) ?? []), target])
  }
  return [...sources.values()]
}
