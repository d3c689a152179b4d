import type { PackageReport } from '../../../model/reports/package.js'
import type { PackageTarget } from '../../../node/package/write-package.js'
import { count } from '../../text/phrases.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'

/** What was written, as one JSON document: docs/schema/package-1.json. */
export function packageJson({ hasGaps, ...report }: PackageReport, { path, folderInZip }: PackageTarget): string {
  const form = folderInZip === null ? 'folder' : 'zip'
  return `${terminalJson({ schema: 'threadkeep.package/1', path, form, ...report, has_gaps: hasGaps })}\n`
}

/** The same in lines for stderr. */
export function packageLines({ formats, files, threads, hasGaps }: PackageReport, { path }: PackageTarget): string {
  const lines = [
    `Package of ${count(threads, 'thread')} written to ${terminalLine(path)}: ${count(files, 'file')}.`,
    ...formats.map(one => `  ${one.name}  ${count(one.threads, 'thread')}, ${count(one.posts, 'post')}`),
    ...(hasGaps ? ['It has gaps, which its README.md names. See threadkeep status.'] : []),
  ]
  return `${lines.join('\n')}\n`
}
