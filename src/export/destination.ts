import { resolve, sep } from 'node:path'
import { UsageError } from '../model/errors.js'
import type { Exporter } from './exporter.js'
import { DEFAULT_TEMPLATE } from './names.js'

/**
 * The destination of an export: one stream to stdout, one stream into a file, or the files of a folder. `template` names the files of
 * threads; null: all threads are in one file of the folder. `shared`: the folder that several formats have in common, which is the one to be
 * given away.
 */
export type OutputPlan =
  | { kind: 'stdout' }
  | { kind: 'file'; path: string }
  | { kind: 'folder'; folder: string; template: string | null; shared?: string }

/** The file or folder that the user gives away; null: stdout. */
export function placeOf(plan: OutputPlan): string | null {
  if (plan.kind === 'stdout') return null
  return plan.kind === 'file' ? plan.path : (plan.shared ?? plan.folder)
}

interface OutputTarget {
  cwd: string
  isFolder(path: string): boolean
  isFile(path: string): boolean
}

/** What a folder or a file is called that nobody has named; a file has the extension of its format. */
export const DEFAULT_NAME = 'threadkeep-export'

export const fileName = ({ extension }: Exporter): string => `${DEFAULT_NAME}.${extension}`

/** Its other names: a file behind them would be replaced, with what others have written to it. */
export const isStdout = (output: string): boolean => /^(?:-|\/dev\/stdout|(?:\/dev|\/proc\/self)\/fd\/1)$/.test(output)

/** `isSingle`: whether exactly one thread is selected, asked only where the destination depends on it. @throws UsageError */
export function planOutput(
  output: string | undefined,
  exporter: Exporter,
  isSingle: () => boolean,
  place: OutputTarget,
): OutputPlan {
  if (output !== undefined && isStdout(output)) return { kind: 'stdout' }
  if (output === undefined) return unnamed(exporter, isSingle, place)
  if (output.trim() === '')
    throw new UsageError('-o has an empty name.', 'Name a file, a folder, a template, or - for stdout.')
  // Windows accepts both slashes; templates use one.
  const path = output.replaceAll(sep, '/')
  if (path.includes('{')) return templateAt(path, exporter, place)
  if (path.endsWith('/') || place.isFolder(resolve(place.cwd, path))) return folderAt(path, place)
  return { kind: 'file', path: resolve(place.cwd, path) }
}

/**
 * The destinations of several formats: all in one folder, one with many files in a folder of its name. Of one format: `planOutput`.
 * @throws UsageError
 */
export function planOutputs(
  output: string | undefined,
  formats: readonly { exporter: Exporter; isSingle: () => boolean }[],
  place: OutputTarget,
): OutputPlan[] {
  const [only] = formats
  if (only && formats.length === 1) return [planOutput(output, only.exporter, only.isSingle, place)]
  const names = formats.map(({ exporter }) => exporter.name).join(', ')
  if (output !== undefined && isStdout(output))
    throw new UsageError(`${names} cannot share stdout.`, 'Name a folder: -o out/')
  const path = (output ?? DEFAULT_NAME).replaceAll(sep, '/')
  if (path.includes('{'))
    return formats.map(({ exporter }) => planOutput(withExtension(path), exporter, () => false, place))
  if (path.trim() === '' || (place.isFile(resolve(place.cwd, path)) && !path.endsWith('/')))
    throw new UsageError(`Several formats need a folder, and "${output}" is none.`, 'Name a folder: -o out/')
  return formats.map(({ exporter, isSingle }) => planWithin(path.replace(/\/*$/, '/'), exporter, isSingle, place))
}

/** Files of several formats differ by their extension. @throws UsageError */
function withExtension(template: string): string {
  if (template.includes('{ext}')) return template
  throw new UsageError(`Several formats would write the same files by the template ${template}.`, 'End it in .{ext}')
}

function planWithin(folder: string, exporter: Exporter, isSingle: () => boolean, place: OutputTarget): OutputPlan {
  const { name, scope, delivery } = exporter
  const isStream = delivery === 'stdout' || (scope === 'archive' && delivery === 'file')
  const isOneFile = !exporter.files && (isStream || (scope === 'thread' && isSingle()))
  const shared = folderAt(folder, place)
  if (isOneFile) return { ...shared, template: null }
  return { ...folderAt(`${folder}${name}`, place), shared: shared.folder }
}

function unnamed(exporter: Exporter, isSingle: () => boolean, place: OutputTarget): OutputPlan {
  const { scope, delivery } = exporter
  if (delivery === 'file') return { kind: 'file', path: resolve(place.cwd, fileName(exporter)) }
  const isOneDocument = delivery === 'stdout' || (scope === 'thread' && isSingle())
  return isOneDocument ? { kind: 'stdout' } : folderAt(DEFAULT_NAME, place)
}

const folderAt = (folder: string, { cwd }: OutputTarget) => ({
  kind: 'folder' as const,
  folder: resolve(cwd, folder),
  template: DEFAULT_TEMPLATE,
})

/** The components before the first one with a field are the folder; every file must stay in it. */
function templateAt(path: string, exporter: Exporter, { cwd }: OutputTarget): OutputPlan {
  if (exporter.scope === 'archive') {
    throw new UsageError(
      `The format ${exporter.name} has no file for each thread, so the template ${path} cannot be used.`,
      'Name a file or a folder with -o.',
    )
  }
  const at = path.lastIndexOf('/', path.indexOf('{'))
  const folder = at < 0 ? '.' : path.slice(0, at + 1)
  return { kind: 'folder', folder: resolve(cwd, folder), template: path.slice(at + 1) }
}

/** The extension of a name, which two letters begin: `minutes.2024` and `notes.v2` have none. */
const EXTENSION = /\.([a-z]{2}[a-z0-9]*)$/i

/** What the same program opens. */
const NEAREST: Readonly<Record<string, string>> = {
  ...{ doc: 'docx', odt: 'docx', rtf: 'docx', txt: 'md', text: 'md', web: 'html', website: 'html' },
  ...{ xls: 'csv', xlsx: 'csv', excel: 'csv', ods: 'csv', gephi: 'gexf', graph: 'graphml', nvivo: 'qdpx', rss: 'atom' },
}

/** The format to take where threadkeep does not write the one that was named. */
export const nearestFormat = (word: string): string | undefined =>
  Object.hasOwn(NEAREST, word.toLowerCase()) ? NEAREST[word.toLowerCase()] : undefined

/**
 * The format that `-f` names; else the one with the extension of the output; else the first.
 * @throws UsageError for an extension of none: markdown under such a name would be misleading.
 */
export function formatOf(format: string | undefined, output: string | undefined, all: readonly Exporter[]): Exporter {
  const extension = EXTENSION.exec(output ?? '')?.[1]?.toLowerCase() ?? ''
  const byExtension =
    all.find(exporter => output?.toLowerCase().endsWith(`.${exporter.extension}`)) ??
    all.find(exporter => isCalled(exporter, extension))
  const formats = `The formats are: ${all.map(({ name }) => name).join(', ')}.`
  if (!format && !byExtension && extension !== '') {
    const nearest = nearestFormat(extension)
    const advice = nearest
      ? `The nearest format is ${nearest}: end the name of -o with .${nearest}. ${formats}`
      : `${formats} Name one with -f, to write it under this name. Other programs convert markdown: pandoc -f gfm thread.md -o thread.odt`
    throw new UsageError(`threadkeep does not write .${extension} files.`, advice)
  }
  const found = format ? all.find(exporter => isCalled(exporter, format)) : (byExtension ?? all[0])
  if (found) return found
  throw new UsageError(`"${format}" is not a format.`, formats)
}

/** Whether this is the exporter's name, or another word for it. */
export const isCalled = ({ name, aliases = [] }: Exporter, word: string): boolean =>
  word === name || aliases.includes(word)
