import { createHash } from 'node:crypto'
import { NumberList, placeIn } from '../../model/reports/number-list.js'
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
 * Names, no two of which differ only in case: programs refuse such codes and cases, and file systems such sources. A name that several things
 * have gets the first of its marks that tells it from all others: `Anna (anna2)`; else a number. All things are seen before the first gets its
 * name, and get their names in the same order. There may be a million of them: in memory is a number for each name that could be given.
 */
export class DistinctNames {
  private readonly candidates = new NumberList()
  private sorted: Float64Array | null = null
  private readonly given: Set<number>

  /** `taken`: names of other things. */
  constructor(taken: readonly string[] = []) {
    this.given = new Set(taken.map(keyOf))
    for (const key of this.given) this.candidates.push(key)
  }

  see(item: Nameable): void {
    for (const name of candidatesOf(item)) this.candidates.push(keyOf(name))
  }

  nameOf(item: Nameable): string {
    const names = candidatesOf(item)
    const name = this.numbered(names.find(one => this.isAlone(one)) ?? names.at(-1) ?? '')
    this.given.add(keyOf(name))
    return name
  }

  private isAlone(name: string): boolean {
    const key = keyOf(name)
    this.sorted ??= this.candidates.sorted()
    return this.sorted[placeIn(this.sorted, key) + 1] !== key
  }

  private numbered(name: string): string {
    for (let count = 1; ; count++) {
      const unique = count === 1 ? name : `${name} (${count})`
      if (!this.given.has(keyOf(unique))) return unique
    }
  }
}

const candidatesOf = ({ name, marks }: Nameable): string[] =>
  [name, ...marks.map(mark => `${name} (${mark})`)].map(cleanLine)

/** 53 bits of the hash of a name, which is the same for names that differ only in case. */
function keyOf(name: string): number {
  const hash = createHash('sha1').update(foldCase(name)).digest()
  return hash.readUInt32BE(0) * 2 ** 21 + (hash.readUInt32BE(4) >>> 11)
}

/** The names of all of them. */
export function distinctNames(items: readonly Nameable[], taken: readonly string[] = []): string[] {
  const names = new DistinctNames(taken)
  for (const item of items) names.see(item)
  return items.map(item => names.nameOf(item))
}

/** The user that codes participants. */
export const TOOL = guidOf('user', 'threadkeep')

export const coderGuid = (coder: string): string => guidOf('coder', coder)
export const codeGuid = (code: string): string => guidOf('code', code)
export const sourceGuid = ({ site, id }: { site: string; id: string }): string => guidOf('source', site, id)
/** Of the selection that is a post. */
export const selectionGuid = (site: string, post: string): string => guidOf('selection', site, post)
