// better-sqlite3 13 with its binary parts for all systems, as it was published. It fits every Node from 22.14 on.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from '../npm.js'

/** Change both together: `npm view better-sqlite3@VERSION dist.integrity`. */
export const VERSION = '13.2.0'
const INTEGRITY = 'sha512-Z8Q/9x/uNyKxA1v4FNodyItRVRw1TeKBrmj32JhxhR0ceNcBY+wMobt/Bv7M7TzwPAXjnZRtNaEsATnUZSKWZQ=='

/** Fetches the package into `folder`, and gives the folder that holds its files. */
export function fetchAddon(folder) {
  const place = join(folder, 'better-sqlite3')
  mkdirSync(place, { recursive: true })
  npm('pack', `better-sqlite3@${VERSION}`, '--silent', '--pack-destination', folder)
  const tarball = join(folder, `better-sqlite3-${VERSION}.tgz`)
  const found = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  if (found !== INTEGRITY) throw new Error(`better-sqlite3 ${VERSION} is not the file that was expected: ${found}`)
  execFileSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1'])
  return place
}
