import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeSession } from '../../src/cli/session/session-store.js'
import { NO_CREDENTIALS } from '../../src/model/credentials.js'
import { testIo } from '../cli/test-io.js'
import { ABOUT_FILE } from '../export/package/about-file.js'
import { newFile } from '../run/outside.js'

const BUILT = join(import.meta.dirname, '../../bin/threadkeep.js')
const FIXTURE = join(import.meta.dirname, '../../fixtures/archive/v6.db')

function fixture(): string {
  const file = newFile('t.db')
  mkdirSync(dirname(file), { recursive: true })
  copyFileSync(FIXTURE, file)
  writeFileSync(join(dirname(file), 'about.yaml'), ABOUT_FILE)
  return file
}

/** Runs in a folder that was removed. What never returns is ended. */
function inRemoved(file: string, words: readonly string[]) {
  const line = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$@"'
  const given = ['-c', line, process.execPath, BUILT, ...words]
  return spawnSync('sh', given, { cwd: dirname(file), encoding: 'utf8', timeout: 60_000 })
}

describe.runIf(process.platform === 'linux' && existsSync(join(import.meta.dirname, '../../dist/cli/bin.js')))(
  'where a folder cannot be or is no more (needs npm run build)',
  () => {
    test('merge -o below /proc ends', () => {
      const file = fixture()
      const { status, stderr } = inRemoved(file, ['merge', file, '-o', '/proc/x/new.db'])
      expect([status, stderr]).toEqual([6, expect.stringMatching(/^Error: \/proc\/x\/new\.db can't be written\.\n/)])
    })

    test.each([
      ['export -f md mend-and-make -o made/', 'made/mend-and-make'],
      ['package mend-and-make -f json --about ../about.yaml -o made', 'made/README.md'],
    ])('%s in a removed folder makes it anew, by the name that the shell gives it', (command, made) => {
      const file = fixture()
      const { status, stderr } = inRemoved(file, [...command.split(' '), '--db', file])
      expect([status, stderr]).toEqual([0, expect.not.stringContaining('bug')])
      expect(existsSync(join(dirname(file), 'gone', made))).toBe(true)
    })
  },
)

test.runIf(process.platform === 'linux')('a login that is to be kept below /proc ends with an error', async () => {
  const session = {
    schema: 'threadkeep.session/1',
    site: 'https://town.example/',
    kind: 'session',
    ...{ user: null, savedAt: '2026-01-01T00:00:00.000Z', endsAt: null },
    credentials: NO_CREDENTIALS,
  } as const
  const io = testIo({ env: { THREADKEEP_CONFIG: '/proc/x' } })
  await expect(storeSession(session, io)).rejects.toThrow("ENOENT: no such file or directory, mkdir '/proc/x'")
})
