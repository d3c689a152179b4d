import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { ENV } from '../archive/shelf.js'
import { newFile } from '../run/outside.js'

const BUILT = join(import.meta.dirname, '../../bin/threadkeep.js')
const FIXTURES = join(import.meta.dirname, '../../fixtures/archive')

/** Blocks of 512 bytes (POSIX), or of 1024 (bash): smaller than the archive. */
const LIMIT = 100

function ended(command: string, fixture: string) {
  const file = newFile('t.db')
  mkdirSync(dirname(file), { recursive: true })
  copyFileSync(join(FIXTURES, fixture), file)
  copyFileSync(join(FIXTURES, 'v2.db'), `${file}.other`)
  const line = `ulimit -f ${LIMIT}; cd "$1"; shift; exec "$0" "$@"`
  const database = command.startsWith('merge') ? [] : ['--db', file]
  const words = [BUILT, ...command.split(' '), ...database]
  const { status, stderr } = spawnSync('sh', ['-c', line, process.execPath, dirname(file), ...words], {
    encoding: 'utf8',
  })
  return { status, stderr, file }
}

describe.runIf(process.platform === 'linux' && existsSync(join(import.meta.dirname, '../../dist/cli/bin.js')))(
  'without room to write (needs npm run build)',
  () => {
    test.each([
      ['reparse', 'v3.db'],
      ['reparse', 'v1.db'],
      ['merge t.db.other --into t.db', 'v3.db'],
      ['merge t.db t.db.other -o new.db', 'v3.db'],
      ['demo', 'v3.db'],
      ['export -f json -o all.json', 'v3.db'],
    ])('%s of %s ends with 6, and the file is sound', (command, fixture) => {
      const { status, stderr, file } = ended(command, fixture)
      expect([status, /^\s+at /m.test(stderr), stderr]).toEqual([
        6,
        false,
        expect.stringMatching(/^Error: .*(?:disk|room|written)/m),
      ])
      const db = new Sqlite(file)
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()
    })

    test('a run that cannot put the last of its changes into the archive says that both files are to be kept', () => {
      const file = newFile('t.db')
      mkdirSync(dirname(file), { recursive: true })
      copyFileSync(join(FIXTURES, 'v6.db'), file)
      openArchive(file, 'write', ENV).close()
      const pages = join(import.meta.dirname, '../../fixtures/saved/chromium-html-only')
      // Blocks of 1024 bytes: the archive may not grow, and the log of the changes is smaller.
      const line = `ulimit -f ${Math.ceil(statSync(file).size / 1024)}; exec "$0" "$@"`
      const words = [BUILT, 'import', pages, '--captured-at', '2024-03-01', '--db', file]
      const { status, stdout, stderr } = spawnSync('bash', ['-c', line, process.execPath, ...words], {
        encoding: 'utf8',
      })
      expect([status, stdout, stderr]).toEqual([
        3,
        expect.stringContaining('1 thread, 5 posts'),
        expect.stringMatching(
          /^Warning: A part of .*t\.db is still in .*t\.db-wal, .*\nNothing is lost\. Make room, and run threadkeep status --db FILE, /m,
        ),
      ])
    })

    test('a log on a full disk ends a run with 6', () => {
      const { status, stderr } = ended('archive http://127.0.0.1:9/ --retries 0 --log-json /dev/full', 'v3.db')
      expect([status, stderr]).toEqual([6, expect.stringContaining("The log file /dev/full can't be written")])
    })
  },
)
