import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { VERSION } from '../../release/executable/addon.js'

const read = (file: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8'))

describe('better-sqlite3 in package-lock.json', () => {
  const { engines, optional, version } = read('package-lock.json').packages['node_modules/better-sqlite3']

  it('is for Node 20 only, so that npm leaves it out where a release comes compiled', () => {
    expect({ engines, optional, version }).toMatchObject({
      engines: { node: '20.x' },
      optional: true,
      version: expect.stringMatching(/^12\./),
    })
  })

  it('is not the one of newer Nodes, which release/prepare.js installs and package.json allows', () => {
    expect(read('package.json').optionalDependencies['better-sqlite3']).toMatch(/\^12\..* \|\| \^13\./)
    expect(VERSION).toMatch(/^13\./)
  })
})
