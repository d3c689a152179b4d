import { type Archive, openArchive, type Pass } from '../../src/archive/index.js'
import type { Page } from '../../src/model/page.js'
import type { RunReport } from '../../src/model/reports/run.js'
import type { Task } from '../../src/model/task.js'
import { newFile } from '../run/outside.js'
import { ENV, SITE, savePage } from './shelf.js'

export interface Reading {
  command?: string
  /** The site's own clock, if it is another. */
  date?: string
  stopped?: RunReport['stopped']
  /** It was killed: no report. */
  killed?: boolean
  exitCode?: RunReport['exitCode']
  /** Slugs of the groups that it has read. */
  groups?: string[]
  /** This thread's own address answers with 404. */
  gone?: string
  /** As whom. */
  reader?: 'visitor' | 'session' | 'password'
  /** Tasks that bring no answer of use. */
  failed?: Task[]
}

/** An archive that whole runs write, each at a time that the test names: pages, then the end of the pass and of the run. */
export function readings(file = newFile()) {
  const archive = openArchive(file, 'write', ENV)
  return {
    file,
    archive,
    read: (at: string, pages: Page[], how: Reading = {}) => readInto(archive, at, pages, how),
    close: () => archive.close(),
  }
}

function fail(archive: Archive, pass: Pass, task: Task): void {
  archive.frontier.add(pass, [task], null)
  const pending = archive.frontier.next(pass, new Set())
  if (!pending) throw new Error('nothing to do')
  archive.transaction(tx => tx.unanswered(pending, { end: 'failed', reason: 'no answer' }, pass.startedAt))
}

/** Starts at `at`; each page a second later; ends a minute later. */
function readInto(archive: Archive, at: string, pages: Page[], how: Reading): void {
  const { command = 'sync', groups = ['gardeners'], stopped = null, reader = 'visitor' } = how
  const time = (seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()
  const started = archive.startRun(command, '0', time(0))
  const request = { url: SITE }
  const first = { kind: 'group', reason: 'named', request } as const
  const pass = archive.beginPass(SITE, { reader, via: 'auto' }, first, time(0))
  const task = archive.frontier.next(pass, new Set())
  if (!task) throw new Error('nothing to do')
  for (const [number, page] of pages.entries()) {
    const capturedAt = time(number + 1)
    const headers: Record<string, string> = how.date ? { date: new Date(how.date).toUTCString() } : {}
    const body = Buffer.from(`<p>${at} ${number}</p>`)
    const capture = archive.keep(started.run, { request, url: SITE, status: 200, headers, body, capturedAt }, reader, {
      task,
      pass,
    })
    const step = {
      run: started.run,
      pass,
      task,
      capture,
      at: capturedAt,
      parser: 'test 0',
      authority: 'stream',
      reader,
    } as const
    const gone = how.gone ? ({ site: SITE, thread: how.gone, reason: '404' } as const) : undefined
    savePage(archive, page, step, { end: 'done', ...(gone && { gone }) })
  }
  if (how.killed) return
  for (const failed of how.failed ?? []) fail(archive, pass, failed)
  archive.finishPass({ run: started.run, pass, reader, at: time(59) })
  const report = {
    schema: 'threadkeep.run/1',
    ...started,
    startedAt: time(0),
    finishedAt: time(60),
    exitCode: how.exitCode ?? 0,
    stopped,
    ...{ requests: 1, bytes: 1, newPosts: 0, changedPosts: 0, posts: 0 },
    targets: [{ state: 'done', groups: groups.map(slug => ({ url: `${SITE}groups/${slug}/`, access: 'open' })) }],
  }
  archive.finishRun(report as unknown as RunReport)
}
