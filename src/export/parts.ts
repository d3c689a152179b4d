import { basename } from 'node:path'
import type { StoredThread } from '../model/archive.js'
import type { ExportContext, Exporter, ExportFile } from './exporter.js'
import { withSuffix } from './names.js'

/**
 * The document of these threads, of this name; or its parts, where one would be too large: `a.docx`, `a-2.docx`. `nameOf`: what becomes of
 * the name of a part behind the first.
 */
export function* documentFiles(
  exporter: Exporter,
  threads: Iterable<StoredThread>,
  about: ExportContext,
  name: string,
  nameOf = (part: string) => part,
): Generator<ExportFile> {
  const parts = exporter.parts?.(threads, about) ?? [{ threads, about }]
  for (const [at, { threads: own, about: context }] of parts.entries()) {
    const body = exporter.render(own, context)
    yield { name: at === 0 ? name : nameOf(partName(name, at + 1)), body, ...(context.part && { part: context.part }) }
  }
}

/** The same format without parts: for a pipe or a device, beside which no document belongs. */
export const undivided = ({ parts: _, ...exporter }: Exporter): Exporter => exporter

/** `a-2.docx`; of a name that is an extension only, `.docx-2.docx`, which programs still open. */
export function partName(path: string, number: number): string {
  const name = basename(path)
  const isExtension = /^\.[^.]+$/.test(name)
  return `${path.slice(0, path.length - name.length)}${withSuffix(name, `-${number}`)}${isExtension ? name : ''}`
}

/** The places of the documents behind the first one. */
export function* partPaths(
  exporter: Exporter,
  threads: Iterable<StoredThread>,
  about: ExportContext,
  path: string,
): Generator<string> {
  for (const { name } of documentFiles(exporter, threads, about, path)) if (name !== path) yield name
}
