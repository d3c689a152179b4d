/**
 * What is closed or removed after a test, or after its file. Files that share a worker share the modules of their helpers, so that a hook in
 * a helper would hold for the first file alone: setup.ts has the hooks, which run for each file.
 */

type Close = () => unknown

const closes: Record<'test' | 'file', Close[]> = { test: [], file: [] }

export const afterTest = (close: Close): void => void closes.test.push(close)
export const afterFile = (close: Close): void => void closes.file.push(close)

/** The last one first. */
export async function closeAll(of: keyof typeof closes): Promise<void> {
  for (const close of closes[of].splice(0).reverse()) await close()
}
