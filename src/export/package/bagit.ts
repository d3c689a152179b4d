import type { Instant } from '../../model/discussion.js'
import type { PackageAbout } from '../../model/reports/package.js'
import { VERSION } from '../../model/version.js'
import { cleanLine } from '../text.js'
import type { PackedFile } from './parts.js'

/** The files of BagIt 1.0 (RFC 8493) around a folder `data/`. */

export const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** `manifest-sha256.txt`, `tagmanifest-sha256.txt`: a line a file, sorted by name. */
export function* manifestLines(files: readonly PackedFile[]): Generator<string> {
  for (const { name, sha256 } of sortedByName(files)) yield `${sha256}  ${encodedName(name)}\n`
}

/** In the order of code units, which no locale changes. */
const sortedByName = <File extends { name: string }>(files: readonly File[]): File[] =>
  [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))

/** These three characters alone are encoded in a manifest. */
const encodedName = (name: string): string =>
  name.replace(/[%\r\n]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

const decodedName = (name: string): string =>
  name.replace(/%(25|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** The hashes of a manifest by name; null for a line that is none. */
export function* readManifestLines(text: string): Generator<{ name: string; sha256: string } | null> {
  for (const line of text.split(/\r\n?|\n/)) {
    if (line === '') continue
    const [, sha256, name] = /^([0-9a-f]{64})[ \t]+\*?(.+)$/i.exec(line) ?? []
    yield sha256 === undefined || name === undefined ? null : { name: decodedName(name), sha256: sha256.toLowerCase() }
  }
}

/** `bag-info.txt`. `payload`: the files below `data/`. */
export function bagInfo(about: PackageAbout, payload: readonly PackedFile[], madeAt: Instant | null): string {
  const [creator] = about.creators
  const entries: [string, string | undefined][] = [
    ['Source-Organization', creator?.affiliation],
    ['Contact-Name', about.contact],
    ['External-Description', about.title],
    ['External-Identifier', about.identifier],
    ['Bagging-Date', madeAt?.slice(0, 10)],
    ['Payload-Oxum', oxumOf(payload)],
    ['Bag-Software-Agent', `threadkeep ${VERSION}`],
  ]
  return entries.flatMap(([name, value]) => (value ? [`${name}: ${cleanLine(value)}\n`] : [])).join('')
}

/** Bytes and number of files: `279164409832.1198`. */
export const oxumOf = (payload: readonly { bytes: number }[]): string =>
  `${payload.reduce((sum, { bytes }) => sum + bytes, 0)}.${payload.length}`
