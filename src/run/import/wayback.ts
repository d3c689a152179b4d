import type { FetchRequest } from '../../model/capture.js'
import type { RunReport, TargetReport } from '../../model/reports/run.js'
import { asError } from '../../model/thrown.js'
import type { LeftOver } from '../../sources/files/index.js'
import type { LiveSource } from '../../sources/index.js'
import { apiOf, capturesBelow, newestCapture, type WaybackSettings } from '../../sources/wayback/wayback.js'
import { problemOfError } from '../judge/problems.js'
import type { ArchiveOptions, RunDeps } from '../session/options.js'
import { arrivalOf, withLive } from '../session/source.js'
import { Imports } from './import.js'
import type { ImportedPath } from './imported-path.js'

export { apiOf }

/** What the archive of each target is read from. */
export interface WaybackRequest extends WaybackSettings {
  targets: readonly string[]
}

/**
 * Reads the captures of communities in a web archive into the archive: the pages below each target, and then the pages of threads whose posts
 * these showed shortened. The community itself is not asked.
 * @throws ArchiveError if the archive cannot be written.
 */
export async function archiveFromWayback(
  request: WaybackRequest,
  options: ArchiveOptions,
  deps: RunDeps,
): Promise<RunReport> {
  const imports = new Imports(deps, options)
  const reporter = { ...imports.reporter, ignored() {} }
  // Its index and its captures are meant for programs; robots.txt is about its other pages.
  return imports.run(request.targets, target =>
    withLive(request.api, { ...options, ignoreRobots: true }, { ...deps, reporter, signal: imports.signal }, source =>
      readTarget(target, request, source, imports),
    ),
  )
}

async function readTarget(
  url: string,
  request: WaybackRequest,
  source: LiveSource,
  imports: Imports,
): Promise<TargetReport> {
  const ask = (fetched: FetchRequest) => arrivalOf(source, fetched)
  return imports.read(url, async function* (imported: ImportedPath): AsyncGenerator<LeftOver> {
    try {
      yield* capturesBelow(url, request, ask)
      for (const thread of imported.shortened()) yield* newestCapture(thread, request, ask)
    } catch (error) {
      imported.failed(problemOfError({ kind: 'target', reason: 'named', request: { url } }, asError(error)))
    }
  })
}
