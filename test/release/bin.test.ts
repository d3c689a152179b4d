import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const BIN = join(ROOT, 'bin/threadkeep.js')

/** Runs the command as if this were another Node. */
function withNode(version: string) {
  const preload = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`
  return spawnSync(process.execPath, ['--import', preload, BIN, '--version'], { encoding: 'utf8' })
}

describe('the command', () => {
  it.each(['18.20.8', '20.18.3', '22.13.1'])('says which Node it needs to Node %s', version => {
    const { stderr, stdout, status } = withNode(version)
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 })
    expect(stderr).toMatch(`needs Node 20.19, 22.14, 24 or newer, and this is Node ${version}.`)
  })

  it.each([
    ['the build', null, /bin\.js/],
    ['a package', "export const finished = import('not-installed')", /'not-installed'/],
  ])('says that %s is missing, and how to get it', (_, built, name) => {
    const folder = mkdtempSync(join(tmpdir(), 'threadkeep-bin-'))
    cpSync(BIN, join(folder, 'bin/threadkeep.js'))
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
    if (built) {
      mkdirSync(join(folder, 'dist/cli'), { recursive: true })
      writeFileSync(join(folder, 'dist/cli/bin.js'), built)
    }
    const { stderr, status } = spawnSync(process.execPath, [join(folder, 'bin/threadkeep.js')], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^Error: a part of threadkeep is missing: /)
    expect(stderr).toMatch(name)
    expect(stderr).toMatch('npm ci && npm run build')
    expect(stderr.split('\n')).toHaveLength(3)
  })
})
