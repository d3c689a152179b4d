import type { DoorSettings } from '../../model/imports.js'
import type { RunReport, TargetReport } from '../../model/reports/run.js'
import { DOORS, leftOvers, type NamedPath } from '../../sources/files/index.js'
import { PageParser } from '../parsing/page-parser.js'
import type { RunDeps } from '../session/options.js'
import { finishReport, startReport, type Work } from '../session/run-report.js'
import { Stopping } from '../session/stopping.js'
import { VisitLog } from '../session/visit-log.js'
import { ImportedPath, type Importing } from './imported-path.js'

export interface ImportRequest extends DoorSettings {
  /** What the user named, in that order. */
  paths: readonly NamedPath[]
}

/** How an import stands in the log of targets while it runs. A run removes what a killed import has left there. */
const TARGET = 'import:'

/**
 * Reads what is left of communities (saved pages, WARC files, text) into the archive. Each path has a target report of its own. Sends no
 * requests, and absence proves nothing: what was saved may be old.
 * @throws ArchiveError if the archive cannot be written.
 */
export async function importPaths(request: ImportRequest, deps: RunDeps): Promise<RunReport> {
  const { clock, signal } = deps
  const stopping = new Stopping({ maxRequests: null, timeLimitSeconds: null }, clock, signal)
  const work: Work = { report: startReport(deps), stopping, visit: new VisitLog(clock) }
  const parser = new PageParser()
  let failure: Error | null = null
  try {
    for (const path of request.paths) {
      if (stopping.signal.aborted) break
      work.report.targets.push(await importPath(path, request, { ...deps, ...work, parser }))
    }
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    await parser.close()
    stopping.ended()
    finishReport(work, request.paths.length, deps, failure)
  }
  return work.report
}

async function importPath(path: NamedPath, settings: DoorSettings, importing: Importing): Promise<TargetReport> {
  const { archive, clock, reporter, stopping } = importing
  const target = `${TARGET}${path.name}`
  const url = { url: target }
  const now = new Date(clock.now()).toISOString()
  const pass = archive.beginPass(
    target,
    { reader: 'visitor', via: 'auto' },
    { kind: 'target', reason: 'named', request: url },
    now,
  )
  const imported = new ImportedPath(path.name, pass, importing)
  reporter.target(path.name, false)
  try {
    for await (const found of leftOvers(path, DOORS, settings, stopping.signal)) {
      await imported.add(found)
      if (stopping.signal.aborted) break
    }
  } finally {
    archive.unregister(pass)
  }
  return imported.described(stopping.why)
}
