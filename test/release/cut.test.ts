import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const FILES = {
  'package.json': '{\n  "version": "0.1.0",\n  "type": "module"\n}\n',
  'package-lock.json': '{\n  "version": "0.1.0"\n}\n',
  'src/model/version.ts': "export const VERSION = '0.1.0'\n",
  'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n- new\n',
  'README.md': 'threadkeep-0.1.0.tgz\n',
  'docs/install.md': 'threadkeep-0.1.0-linux-x64.tar.gz\n',
  'docs/start.md': 'threadkeep-0.1.0.tgz\n',
}

/** A clone with the scripts and what they change, and nothing else. */
let clone = ''
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
    cwd: clone,
    encoding: 'utf8',
  })
const cut = (...words: string[]) =>
  spawnSync(process.execPath, ['release/cut.js', ...words], { cwd: clone, encoding: 'utf8' })

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'threadkeep-release-'))
  for (const folder of ['src/model', 'docs']) mkdirSync(join(clone, folder), { recursive: true })
  cpSync(join(ROOT, 'release'), join(clone, 'release'), { recursive: true })
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(clone, name), text)
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'first')
})
afterAll(() => rmSync(clone, { recursive: true, force: true }))

describe('cutting a release', () => {
  it('says in a dry run what it would do, and does nothing', () => {
    const { stdout, stderr, status } = cut('0.2.0', '--date', '2026-12-01', '--dry-run')
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    for (const file of Object.keys(FILES)) expect(stdout).toContain(`Would change ${file}.`)
    expect(stdout).toContain('tag v0.2.0')
    expect(stdout).toContain('npm publish ./build/release/threadkeep-0.2.0.tgz')
    expect(git('status', '--porcelain') + git('tag')).toBe('')
    expect(readFileSync(join(clone, 'package.json'), 'utf8')).toBe(FILES['package.json'])
  })

  it.each([
    ['no version', [], /Name the version/],
    ['an older version', ['0.0.9'], /0\.0\.9 is older than 0\.1\.0/],
    ['an unknown option', ['0.2.0', '--publish'], /--publish/],
  ])('refuses %s', (_, words, message) => {
    const { stderr, status } = cut(...words, '--dry-run')
    expect(stderr).toMatch(message)
    expect(status).toBe(2)
  })

  it('refuses changes that no commit has', () => {
    writeFileSync(join(clone, 'new.txt'), '')
    expect(cut('0.2.0', '--dry-run')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/no commit has:\n\?\? new\.txt/),
    })
    rmSync(join(clone, 'new.txt'))
  })
})
