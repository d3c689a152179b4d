import { existsSync, realpathSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { ArchiveError, UsageError } from '../../model/errors.js'
import type { MergeInput } from '../../model/reports/merge.js'
import { terminalLine } from '../text/terminal-text.js'

/**
 * The archives to merge, with their labels. `result`: the file for the result.
 * @throws UsageError if a file is named twice or is the result itself, or if a label is wrong.
 */
export function inputsOf(
  files: readonly string[],
  labels: readonly string[],
  result: string,
  cwd: string,
): MergeInput[] {
  const named = files.map(name => ({ name, file: resolve(cwd, name) }))
  const seen = new Set([real(result)])
  for (const { name, file } of named) {
    if (real(file) === real(result))
      throw new UsageError(
        `${shown(name)} is also the file for the result.`,
        'Leave it out, as its posts stay in it; or name another file for the result.',
      )
    if (seen.has(real(file))) throw new UsageError(`${shown(name)} is named twice.`, 'Name each archive once.')
    seen.add(real(file))
  }
  const given = labelsOf(labels, named)
  return named.map(({ file }) => ({ file, label: given.get(file) ?? null }))
}

/** The file that a path means, links followed. */
const real = (file: string): string => (existsSync(file) ? realpathSync(file) : file)
const shown = (name: string): string => terminalLine(name)

type NamedFile = { name: string; file: string }

function labelsOf(words: readonly string[], files: readonly NamedFile[]): Map<string, string> {
  const labels = new Map<string, string>()
  for (const word of words) {
    const { file, label } = labelOf(word, files)
    if ([...labels.values()].includes(label))
      throw new UsageError(`Two archives can't both have the label ${label}.`, 'Give each its own label.')
    labels.set(file, label)
  }
  return labels
}

function labelOf(word: string, files: readonly NamedFile[]): { file: string; label: string } {
  const [only, ...others] = files
  const named = files.find(({ name }) => word.startsWith(`${name}=`))
  const found = named ?? (others.length === 0 ? only : undefined)
  if (!found)
    throw new UsageError(
      `--label ${shown(word)} does not say which archive it is for.`,
      `Write --label FILE=NAME, such as --label ${only?.name}=anna`,
    )
  return { file: found.file, label: checked(named ? word.slice(named.name.length + 1) : word) }
}

/** Letters and digits of any script, and the punctuation of file names. */
function checked(label: string): string {
  if (/^[\p{L}\p{M}\p{N}._/+-]{1,60}$/u.test(label)) return label
  throw new UsageError(
    `"${shown(label)}" can't be a label.`,
    'Use up to 60 letters, digits, dots and dashes: --label anna',
  )
}

/** @throws ArchiveError if the file is missing: a mistyped name must not become a new archive. */
export function existingArchive(file: string): string {
  if (existsSync(file)) return file
  throw new ArchiveError(`There is no archive ${file}.`, `Use -o ${basename(file)} to make a new one.`)
}
