import type { DoorSettings } from '../../model/imports.js'
import type { Reporter, RunReport, TargetReport } from '../../model/reports/run.js'
import { asError } from '../../model/thrown.js'
import { DOORS, type LeftOver, leftOvers, type NamedPath } from '../../sources/files/index.js'
import { PageParser } from '../parsing/page-parser.js'
import type { RunDeps } from '../session/options.js'
import { countingReporter, finishReport, startReport, type Work } from '../session/run-report.js'
import { type Limits, Stopping } from '../session/stopping.js'
import { VisitLog } from '../session/visit-log.js'
import { ImportedPath } from './imported-path.js'

export interface ImportRequest extends DoorSettings {
  /** What the user named, in that order. */
  paths: readonly NamedPath[]
}

/**
 * Reads what is left of communities (saved pages, WARC files, text) into the archive. Each path has a target report of its own. Sends no
 * requests, and absence proves nothing: what was saved may be old.
 * @throws ArchiveError if the archive cannot be written.
 */
export function importPaths(request: ImportRequest, deps: RunDeps): Promise<RunReport> {
  const imports = new Imports(deps, { maxRequests: null, timeLimitSeconds: null })
  return imports.run(request.paths, path =>
    imports.read(path.name, () => leftOvers(path, DOORS, request, imports.signal)),
  )
}

/** How an import is called among the targets while it runs. The next run removes what a killed import has left there. */
const TARGET = 'import:'

/** A run that imports: its report, and the reading of one path or address after the other. */
export class Imports {
  private readonly work: Work
  private readonly parser = new PageParser()
  /** The report of each path, and how to complete it at the end. */
  private readonly imported: { report: TargetReport; path: ImportedPath }[] = []

  constructor(
    private readonly deps: RunDeps,
    limits: Limits,
  ) {
    const { clock, signal } = deps
    this.work = { report: startReport(deps), stopping: new Stopping(limits, clock, signal), visit: new VisitLog(clock) }
  }

  /** Aborted when the run is to end. */
  get signal(): AbortSignal {
    return this.work.stopping.signal
  }

  /** The reporter of the run for work that sends requests. */
  get reporter(): Reporter {
    return countingReporter(this.deps.reporter, this.work)
  }

  async run<Named>(all: readonly Named[], read: (one: Named) => Promise<TargetReport>): Promise<RunReport> {
    const { report, stopping } = this.work
    let failure: Error | null = null
    try {
      for (const one of all) {
        if (stopping.signal.aborted) break
        report.targets.push(await read(one))
      }
    } catch (error) {
      failure = asError(error)
      throw error
    } finally {
      await this.parser.close()
      stopping.ended()
      finishReport(this.work, all.length, this.deps, failure, () => {
        for (const { report, path } of this.imported) Object.assign(report, path.inventory())
      })
    }
    return report
  }

  /** Reads what `found` yields. Nothing of it is registered for `sync`. */
  async read(name: string, found: (imported: ImportedPath) => AsyncIterable<LeftOver>): Promise<TargetReport> {
    const { archive, clock, reporter } = this.deps
    const request = { url: `${TARGET}${name}` }
    const now = new Date(clock.now()).toISOString()
    const first = { kind: 'target', reason: 'named', request } as const
    const pass = archive.beginPass(request.url, { reader: 'visitor', via: 'auto' }, first, now)
    const imported = new ImportedPath(name, pass, { ...this.deps, ...this.work, parser: this.parser })
    reporter.target(name, false)
    try {
      for await (const one of found(imported)) {
        await imported.add(one)
        if (this.signal.aborted) break
      }
    } finally {
      archive.unregister(pass)
    }
    const report = imported.described(this.work.stopping.why)
    this.imported.push({ report, path: imported })
    return report
  }
}
