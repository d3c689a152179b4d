import { relative, resolve, sep } from 'node:path'
import type { Exporter } from '../../export/exporter.js'
import { UsageError } from '../../model/errors.js'

/** The destination of an export: one stream to stdout, one stream into a file, or a file for each thread. */
export type OutputPlan =
  | { kind: 'stdout' }
  | { kind: 'file'; path: string }
  | { kind: 'folder'; folder: string; template: string }

export interface OutputTarget {
  cwd: string
  defaultTemplate: string
  isFolder(path: string): boolean
}

export const DEFAULT_FOLDER = 'threadkeep-export'

/** `single`: exactly one thread is selected. @throws UsageError */
export function planOutput(
  output: string | undefined,
  exporter: Exporter,
  single: boolean,
  place: OutputTarget,
): OutputPlan {
  if (output === '-') return { kind: 'stdout' }
  if (output === undefined) {
    return exporter.oneFileAThread && !single ? folderAt(DEFAULT_FOLDER, place) : { kind: 'stdout' }
  }
  if (output.trim() === '')
    throw new UsageError('-o has an empty name.', 'Name a file, a folder, a template, or - for stdout.')
  // Windows accepts both slashes; templates use one.
  const path = output.replaceAll(sep, '/')
  if (path.includes('{')) return templateAt(path, place)
  if (path.endsWith('/') || place.isFolder(resolve(place.cwd, path))) return folderAt(path, place)
  return { kind: 'file', path: resolve(place.cwd, path) }
}

const folderAt = (folder: string, { cwd, defaultTemplate }: OutputTarget): OutputPlan => ({
  kind: 'folder',
  folder: resolve(cwd, folder),
  template: defaultTemplate,
})

/** The components before the first one with a field are the folder; every file must stay in it. */
function templateAt(path: string, { cwd }: OutputTarget): OutputPlan {
  const at = path.lastIndexOf('/', path.indexOf('{'))
  const folder = at < 0 ? '.' : path.slice(0, at + 1)
  return { kind: 'folder', folder: resolve(cwd, folder), template: path.slice(at + 1) }
}

/** The path of a file in the output folder. File names come from untrusted text. @throws UsageError if the path leaves the folder. */
export function insideOf(folder: string, name: string): string {
  const path = resolve(folder, name)
  const way = relative(folder, path)
  if (way === '' || way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way) {
    throw new UsageError(`The file name ${name} leaves the output folder ${folder}.`, 'Use another template with -o.')
  }
  return path
}

/** Extensions of formats that threadkeep does not write: markdown under such a name would be misleading. */
const OTHERS = /\.(docx?|odt|rtf|pdf|html?|csv|tsv|xlsx?|xml|ya?ml|txt|db|sqlite)$/i

/** The format that `-f` names; else the one with the extension of the output; else the first. @throws UsageError */
export function formatOf(format: string | undefined, output: string | undefined, all: readonly Exporter[]): Exporter {
  const extension = /\.([^./\\]+)$/.exec(output ?? '')?.[1]?.toLowerCase()
  const byExtension = all.find(exporter => exporter.extension === extension)
  const formats = `The formats are: ${all.map(({ name }) => name).join(', ')}.`
  if (!format && !byExtension && OTHERS.test(output ?? '')) {
    const advice = `${formats} Other programs convert markdown: pandoc -f gfm thread.md -o thread.docx`
    throw new UsageError(`threadkeep does not write .${extension} files.`, advice)
  }
  const found = format ? all.find(exporter => exporter.name === format) : (byExtension ?? all[0])
  if (found) return found
  throw new UsageError(`"${format}" is not a format.`, formats)
}
