import { relative, resolve } from 'node:path'
import { type OutputPlan, placeOf } from '../../../export/destination.js'
import type { Exporter, ShownStatus } from '../../../export/exporter.js'
import type { CoveredArchive } from '../../../export/pseudonyms/privacy.js'
import type { PrivacyRequest } from '../../../export/pseudonyms/request.js'
import type { RiskReport } from '../../../export/risk/risk-report.js'
import type { StoredThread } from '../../../model/archive.js'
import { writeAtomically } from '../../../node/atomic-write.js'
import { withPause } from '../../terminal/interruptible.js'
import type { Io } from '../../terminal/io.js'
import { terminalLine } from '../../text/terminal-text.js'

/** An export whose risk is reported. */
export interface Exported {
  exporter: Exporter
  plan: OutputPlan
  status: ShownStatus
  again(): Iterable<StoredThread>
}

/**
 * Writes the report on what still leads to people: into the named file, or else beside each folder with pseudonyms; as markdown and as JSON.
 * Several formats of one selection have one report.
 */
export async function reportRisk(
  exports: readonly Exported[],
  { riskReport: file, quiet }: { riskReport?: string; quiet?: boolean },
  privacy: PrivacyRequest,
  people: CoveredArchive['people'],
  io: Io,
): Promise<void> {
  const of = exports.find(({ exporter, plan }) => exporter.content !== 'captures' && (file || plan.kind === 'folder'))
  if (!of && people !== null && !quiet && exports.some(({ exporter }) => exporter.content !== 'captures'))
    io.stderr.write('Pseudonyms make nobody anonymous. What still leads to people: --risk-report FILE\n')
  if (!of || (file === undefined && people === null)) return
  // Who shares the folder must not share the report.
  const stem = file === undefined ? `${placeOf(of.plan)}.risk` : stemOf(resolve(io.cwd, file))
  const { riskReport } = await import('../../../export/risk/risk-report.js')
  await writeRisk(riskReport(of.again(), of.status, people), stem, { quiet, privacy }, io)
}

/** Writes `STEM.md` and `STEM.json`. */
export async function writeRisk(
  report: RiskReport,
  stem: string,
  { quiet, privacy }: { quiet?: boolean | undefined; privacy: PrivacyRequest },
  io: Io,
): Promise<void> {
  const { riskMarkdown } = await import('../../../export/risk/markdown.js')
  await withPause(io, async pause => {
    await writeAtomically(`${stem}.md`, riskMarkdown(report, privacy), pause)
    await writeAtomically(`${stem}.json`, [`${JSON.stringify(report, null, 1)}\n`], pause)
  })
  const found = report.findings.filter(({ count }) => count > 0).length
  if (!quiet)
    io.stderr.write(
      `What still leads to people (${found} of ${report.findings.length} kinds found): ${terminalLine(nearName(`${stem}.md`, io))}\n`,
    )
}

const stemOf = (path: string): string => path.replace(/\.(?:md|json)$/i, '')

function nearName(path: string, { cwd }: Io): string {
  const near = relative(cwd, path)
  return near.startsWith('..') ? path : near
}
