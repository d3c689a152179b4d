import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manifestOf } from '../../release/package.js'

const own = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))

describe('package.json of the npm package', () => {
  it('asks npm for SQLite alone, and for no script', () => {
    const made = manifestOf(own)
    for (const name of ['dependencies', 'devDependencies', 'scripts']) expect(made).not.toHaveProperty(name)
    expect(made).toHaveProperty('optionalDependencies', { 'better-sqlite3': expect.stringMatching(/\^13/) })
  })

  it('keeps what npm and its users read, and names the licences of what is inside', () => {
    const { name, version, bin, exports, engines, man, files, license } = own
    expect(manifestOf(own)).toMatchObject({ name, version, bin, exports, engines, man, license })
    expect(manifestOf(own).files).toEqual([...files, 'THIRD-PARTY.txt'])
  })
})

describe('a path that npm is given', () => {
  it.each(['Containerfile', 'release/cut.js', 'docs/install.md', 'docs/start.md', 'README.md', 'CONTRIBUTING.md'])(
    'in %s begins with a dot where it has a slash: npm takes a/b for a repository, and asks for git',
    file => {
      const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
      const lines = text.match(/\bnp[mx] (?:install|pack|publish|--package).*/g) ?? []
      const paths = lines.flatMap(line => line.match(/(?<=\s|=)[\w.-]+\/\S*(?:\.tgz|\bpackage\b)/g) ?? [])
      expect(paths.filter(path => !path.startsWith('./'))).toEqual([])
    },
  )
})
