import { dirname, resolve } from 'node:path'
import { UsageError } from '../../../model/errors.js'
import type { ExportedFile, ExportTest } from '../../../model/reports/forget.js'
import { exportPlaces, type PackagePlace } from '../../../node/export-places.js'
import { filesHolding } from '../../../node/exported-files.js'
import { MANIFEST } from '../../../node/manifest.js'
import { archiveFile, type Globals } from '../../options/globals.js'
import { withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { progressLine } from '../../terminal/progress.js'
import { withSteps } from '../../terminal/steps.js'

interface Options extends Globals {
  exports?: string[]
}

const KEPT = 'nothing was erased.'

/**
 * Exported files and packages that hold something of the member: below the folder of the archive, the current folder and `--exports`. Call it
 * before the erasure: afterwards nobody knows the names. @throws UsageError for a given path without an export.
 */
export async function exportedFiles(test: ExportTest, options: Options, io: Io): Promise<ExportedFile[]> {
  const given = (options.exports ?? []).map(path => resolve(io.cwd, path))
  for (const path of given) refuseWithoutExport(path)
  const { folders, packages } = exportPlaces([dirname(archiveFile(options, io)), io.cwd, ...given])
  const files = folders.length > 0 ? await withSteps(options, io, filesHolding(folders, test), () => KEPT) : []
  return packages.length > 0 ? [...files, ...(await filesOfPackages(packages, test, options, io))] : files
}

function refuseWithoutExport(path: string): void {
  const { folders, packages } = exportPlaces([path])
  if (folders.length > 0 || packages.length > 0) return
  throw new UsageError(
    `${path} has no folder of an export and no package.`,
    `A folder of an export has a list of its files: ${MANIFEST}. A package has a file bagit.txt, or is a zip file.`,
  )
}

async function filesOfPackages(
  packages: readonly PackagePlace[],
  test: ExportTest,
  options: Options,
  io: Io,
): Promise<ExportedFile[]> {
  const { packageFindings } = await import('../../../node/package/package-traces.js')
  const line = await progressLine(io, options)
  const found: ExportedFile[] = []
  try {
    await withPause(io, async pause => {
      for (const [at, place] of packages.entries()) {
        line.count('Searching packages', at, packages.length)
        found.push(...(await packageFindings(place, test, () => pause(KEPT))))
      }
    })
  } finally {
    line.clear()
  }
  return found
}
