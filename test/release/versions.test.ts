import { describe, expect, it } from 'vitest'
import { CHANGED, refuseVersion, withRelease } from '../../release/versions.js'

const release = { version: '0.2.0', present: '0.1.0', date: '2026-12-01' }

describe('the changelog of a release', () => {
  it('dates the section that was prepared for it', () => {
    const text = '# Changelog\n\n## Unreleased\n\n## 0.2.0 (not released)\n\n- new\n\n## 0.1.0 - 2026-11-28\n\n- old\n'
    expect(withRelease(text, '0.2.0', '2026-12-01')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n- new\n\n## 0.1.0 - 2026-11-28\n\n- old\n',
    )
  })

  it('makes a section of what is unreleased, and leaves an empty one above', () => {
    const text = '# Changelog\n\n## Unreleased\n\n- new\n\n## 0.1.0 - 2026-11-28\n\n- old\n'
    expect(withRelease(text, '0.2.0', '2026-12-01')).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n- new\n\n## 0.1.0 - 2026-11-28\n\n- old\n',
    )
  })

  it.each(['# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-11-28\n\n- old\n', '# Changelog\n'])(
    'is refused where nothing says what has changed: %j',
    text => expect(() => withRelease(text, '0.2.0', '2026-12-01')).toThrow(/nothing under "Unreleased"/),
  )
})

describe('the version of a release', () => {
  it('goes into each file once for each place, and not into those of dependencies', () => {
    const lock =
      '{\n  "version": "0.1.0",\n  "packages": {\n    "": {\n      "version": "0.1.0"\n    },\n    "a": {\n      "version": "0.1.0"'
    expect(CHANGED['package-lock.json'](lock, release).match(/"version": "[^"]+"/g)).toEqual([
      '"version": "0.2.0"',
      '"version": "0.2.0"',
      '"version": "0.1.0"',
    ])
    expect(CHANGED['package.json']('{\n  "version": "0.1.0",\n  "a": {\n    "version": "1"', release)).toBe(
      '{\n  "version": "0.2.0",\n  "a": {\n    "version": "1"',
    )
    const both = (version: string, date: string) =>
      `export const VERSION = '${version}'\nexport const VERSION_DATE = '${date}'\n`
    expect(CHANGED['src/model/version.ts'](both('0.1.0', '2026-11-27'), release)).toBe(both('0.2.0', '2026-12-01'))
    const names = 'git clone --branch v0.1.0, threadkeep-0.1.0-linux-x64.tar.gz, 10.1.0\n'
    expect(CHANGED['docs/install.md'](names, release)).toBe(
      'git clone --branch v0.2.0, threadkeep-0.2.0-linux-x64.tar.gz, 10.1.0\n',
    )
  })

  it.each([
    ['0.1.0', '0.1.0'],
    ['0.1.1', '0.1.0'],
    ['0.10.0', '0.9.0'],
    ['1.0.0', '1.0.0-rc.1'],
    ['1.0.0-rc.2', '1.0.0-rc.1'],
  ])('may be %s after %s', (version, present) => expect(() => refuseVersion(version, present)).not.toThrow())

  it.each([
    ['0.9.0', '0.10.0', /older than/],
    ['1.0.0-rc.1', '1.0.0', /older than/],
    ['v1', '0.1.0', /not a version/],
    ['1.0', '0.1.0', /not a version/],
  ])('may not be %s after %s', (version, present, message) =>
    expect(() => refuseVersion(version, present)).toThrow(message),
  )
})
