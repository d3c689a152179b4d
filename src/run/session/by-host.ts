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

/** Addresses of one host are asked one after the other. */
export function byHost(urls: readonly string[]): string[][] {
  const hosts = new Map<string, string[]>()
  for (const url of urls) {
    const host = new URL(url).host.replace(/^www\./, '')
    hosts.set(host, [...(hosts.get(host) ?? []), url])
  }
  return [...hosts.values()]
}
