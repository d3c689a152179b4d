import { createHash } from 'node:crypto'
import { foldCase } from '../names.js'
import { cleanLine } from '../text.js'

/**
 * The GUID of a thing, made of words that identify it: the same words give the same GUID in each export, as in a UUID of version 5
 * (RFC 9562), so that a project that is imported again differs from another one.
 */
export function guidOf(...words: readonly (string | null)[]): string {
  const hash = createHash('sha1')
    .update(`threadkeep ${JSON.stringify(words)}`)
    .digest('hex')
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}

/** A name that others may have as well, and what tells it from theirs: an id, an address. */
export interface Nameable {
  name: string
  marks: readonly string[]
}

/**
 * The names, no two of which differ only in case: programs refuse such codes and cases, and file systems such sources. A name that several
 * things have gets the first of its marks that tells it from all others: `Anna (anna2)`; else a number. `taken`: names of other things.
 */
export function distinctNames(items: readonly Nameable[], taken: readonly string[] = []): string[] {
  const given = new Set(taken.map(foldCase))
  const counts = new Map<string, number>([...given].map(name => [name, 1]))
  const isAlone = (name: string) => counts.get(foldCase(name)) === 1
  const candidates = items.map(({ name, marks }) => [name, ...marks.map(mark => `${name} (${mark})`)].map(cleanLine))
  for (const name of candidates.flat()) counts.set(foldCase(name), (counts.get(foldCase(name)) ?? 0) + 1)
  return candidates.map(names => {
    const name = numbered(names.find(isAlone) ?? names.at(-1) ?? '', given)
    given.add(foldCase(name))
    return name
  })
}

function numbered(name: string, given: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const unique = count === 1 ? name : `${name} (${count})`
    if (!given.has(foldCase(unique))) return unique
  }
}

/** The user that codes participants. */
export const TOOL = guidOf('user', 'threadkeep')

export const coderGuid = (coder: string): string => guidOf('coder', coder)
export const codeGuid = (code: string): string => guidOf('code', code)
export const sourceGuid = ({ site, id }: { site: string; id: string }): string => guidOf('source', site, id)
/** Of the selection that is a post. */
export const selectionGuid = (site: string, post: string): string => guidOf('selection', site, post)
