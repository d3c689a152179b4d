// Which licences the packages have that come with threadkeep, by package-lock.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './npm.js'

/** Licences (SPDX) that ask for no more than their text and the names of the authors. A package with another one is not taken. */
export const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]
/** What development takes besides: these packages are not handed on. */
export const ALLOWED_FOR_DEVELOPMENT = [...ALLOWED, 'MPL-2.0', 'CC-BY-4.0', 'CC0-1.0', 'Python-2.0']

/** @returns name, licence, and whether only development needs it, for each package, by name. */
export function lockedPackages() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const rows = Object.entries(packages).filter(([path]) => path !== '')
  return rows
    .map(([path, { license, dev = false }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      license: license ?? '',
      dev,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** True if the expression gives a choice that is allowed: `(MIT OR WTFPL)`. Of `A AND B` both must be. */
export const isAllowed = (expression, allowed) =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(licence => allowed.includes(licence)))

/** A line for each licence, with the packages that have it. */
export function licenceTable() {
  const handedOn = lockedPackages().filter(({ dev }) => !dev)
  const licences = [...new Set(handedOn.map(({ license }) => license))].sort()
  const namesOf = licence => [...new Set(handedOn.filter(({ license }) => license === licence).map(({ name }) => name))]
  const rows = licences.map(licence => `| ${licence} | ${namesOf(licence).join(', ')} |`)
  return ['| licence | packages |', '| --- | --- |', ...rows].join('\n')
}
