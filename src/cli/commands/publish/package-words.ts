import type { PackageContent } from '../../../export/package/package.js'
import { hasGaps } from '../../../export/package/survey.js'
import type { PackageTarget } from '../../../node/package/write-package.js'
import { count } from '../../text/phrases.js'
import { terminalJson, terminalLine } from '../../text/terminal-text.js'

/** What was written, as one JSON document: docs/schema/package-1.json. */
export function packageJson(content: PackageContent, { path, folderInZip }: PackageTarget): string {
  const { about, survey, parts, documents, payload } = content
  const document = {
    schema: 'threadkeep.package/1',
    path,
    form: folderInZip === null ? 'folder' : 'zip',
    title: about.title,
    files: payload.length,
    bytes: payload.reduce((sum, { bytes }) => sum + bytes, 0),
    has_gaps: hasGaps(survey),
    threads: survey.threads,
    formats: parts.map(({ format, name, tally: { threads, posts, captures }, data }) => ({
      ...{ format, name, threads, posts, captures: captures ?? null },
      data: data.map(({ name: file, rows }) => ({ name: file, rows })),
    })),
    documents: documents.map(({ name }) => name),
  }
  return `${terminalJson(document)}\n`
}

/** The same in lines for stderr. */
export function packageLines({ parts, payload, survey }: PackageContent, { path }: PackageTarget): string {
  const lines = [
    `Package of ${count(survey.threads, 'thread')} written to ${terminalLine(path)}: ${count(payload.length, 'file')}.`,
    ...parts.map(
      ({ name, tally: { threads, posts } }) => `  ${name}  ${count(threads, 'thread')}, ${count(posts, 'post')}`,
    ),
    ...(hasGaps(survey) ? ['It has gaps, which its README.md names. See threadkeep status.'] : []),
  ]
  return `${lines.join('\n')}\n`
}
