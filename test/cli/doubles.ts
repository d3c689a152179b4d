import { AsyncLocalStorage } from 'node:async_hooks'
import { vi } from 'vitest'

type ArchiveDoor = typeof import('../../src/archive/index.js')
type Reading = typeof import('../../src/archive/reading.js')
type Run = typeof import('../../src/run/run.js')
type Demo = typeof import('../../src/demo/replay.js')
type Export = typeof import('../../src/export/index.js')

/** Functions below the command line that a test may replace. Without a double the real one is called. */
export type Doubles = Partial<
  Pick<ArchiveDoor, 'openArchive'> &
    Pick<Run, 'archiveTargets' | 'syncTargets' | 'examine' | 'logIn' | 'reparseArchive' | 'sessionEnds'> &
    Pick<Demo, 'serveDemo'> & { EXPORTERS: Export['EXPORTERS'] }
>

const current = new AsyncLocalStorage<Doubles>()

/** Runs a command, which imports these modules late. Only what runs within `work` sees the doubles. */
export const withDoubles = <Result>(doubles: Doubles, work: () => Result): Result => current.run(doubles, work)

/** The exports of a module, of which those named look for their doubles first. */
function doubled<Module extends object>(module: Module, ...names: (keyof Module & keyof Doubles)[]): Module {
  type Any = (...words: unknown[]) => unknown
  const call =
    (name: keyof Module & keyof Doubles): Any =>
    (...words) =>
      ((current.getStore()?.[name] ?? module[name]) as Any)(...words)
  return { ...module, ...Object.fromEntries(names.map(name => [name, call(name)])) }
}

vi.mock('../../src/archive/index.js', async real => doubled(await real<ArchiveDoor>(), 'openArchive'))
vi.mock('../../src/archive/reading.js', async real => {
  const { openToRead } = await real<Reading>()
  return {
    openToRead: (file: string) => {
      const open = current.getStore()?.openArchive
      return open ? open(file, 'read', {} as Parameters<typeof open>[2]) : openToRead(file)
    },
  }
})
vi.mock('../../src/export/index.js', async real => {
  const module = await real<Export>()
  return Object.defineProperty({ ...module }, 'EXPORTERS', {
    get: () => current.getStore()?.EXPORTERS ?? module.EXPORTERS,
    enumerable: true,
  })
})
vi.mock('../../src/demo/replay.js', async real => doubled(await real<Demo>(), 'serveDemo'))
vi.mock('../../src/run/run.js', async real =>
  doubled(await real<Run>(), 'archiveTargets', 'syncTargets', 'examine', 'logIn', 'reparseArchive', 'sessionEnds'),
)
