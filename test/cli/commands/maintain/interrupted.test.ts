import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { BusyError } from '../../../../src/model/errors.js'
import { archiveOf, dumpOf } from '../../../archive/merge/merging.js'
import { member, page, post, rows, shelf } from '../../../archive/shelf.js'
import { newFile } from '../../../run/outside.js'
import { running, type TestIo, testIo } from '../../test-io.js'

/** As if Ctrl-C were pressed after so many pauses between two steps. */
function interruptedAt(pause: number): TestIo {
  const io = testIo({ cwd: dirname(newFile()), env: { NO_COLOR: '1' } })
  let pauses = 0
  io.stderr.drained = async () => void (++pauses === pause && io.interrupt())
  return io
}

/** Runs a command line once for each pause that it makes, until it ends undisturbed. `check` is called after each stop. */
async function atEachPause(line: () => string[], check: (err: string, line: string[]) => void): Promise<number> {
  for (let pause = 1; ; pause++) {
    const words = line()
    const { code, err } = await running(words, interruptedAt(pause))
    if (code !== 130) return pause - 1
    check(err, words)
  }
}

const look = (id: string, hour: number) => ({ page: page([post(id, null)]), hour, reader: 'session' as const })
const anna = () => archiveOf('anna', [look('1', 1)])
const ben = () => archiveOf('ben', [look('2', 2)])

function withMaeve(): string {
  const one = shelf()
  const author = member('maeve', { id: '5', name: 'Maeve' })
  const posts = Array.from({ length: 30 }, (_, at) => post(String(at + 1), null, { author, text: `bean ${at}` }))
  for (const each of posts) one.save(page([each]))
  one.close()
  return one.file
}

describe('Ctrl-C', () => {
  it('ends merge -o without a file, at each step', async () => {
    const [a, b] = [anna(), ben()]
    const folder = dirname(a)
    const stops = await atEachPause(
      () => ['merge', a, b, '-o', join(folder, 'all.db')],
      err => {
        expect(err).toBe('Error: Interrupted: nothing was written.\n')
        expect(readdirSync(folder)).toEqual(['anna.db'])
      },
    )
    expect(stops).toBeGreaterThan(10)
    expect(rows(join(folder, 'all.db'), 'SELECT count(*) AS n FROM posts')).toEqual([{ n: 2 }])
  })

  it('ends merge --into between two archives, or with the one in progress untouched', async () => {
    const before = dumpOf(anna())
    const said = new Set<string>()
    await atEachPause(
      () => ['merge', ben(), archiveOf('cleo', [look('3', 3)]), '--into', anna()],
      (err, line) => {
        const [, done = ''] = /Interrupted: (\d) of 2 archives merged, the others not at all\./.exec(err) ?? []
        said.add(done)
        const file = line.at(-1) ?? ''
        expect(rows(file, 'SELECT count(*) AS n FROM posts')).toEqual([{ n: 1 + Number(done) }])
        if (done === '0') expect(dumpOf(file)).toEqual(before)
        expect(readdirSync(dirname(file)).filter(name => name.includes('.part'))).toEqual([])
      },
    )
    expect(said).toEqual(new Set(['0', '1']))
  })

  it('ends forget before anything is erased, or before the file is rewritten', async () => {
    const said = new Set<string>()
    await atEachPause(
      () => ['forget', 'maeve', '--yes', '--db', withMaeve()],
      (err, line) => {
        said.add(err)
        const file = line.at(-1) ?? ''
        const words = rows<{ n: number }>(file, "SELECT count(*) AS n FROM posts WHERE text LIKE 'bean%'")
        expect(words).toEqual([{ n: err.includes('nothing was erased') ? 30 : 0 }])
      },
    )
    expect([...said].sort()).toEqual([
      'Error: Interrupted: nothing was erased.\n',
      'Error: Interrupted: the member is erased, but the file still contains the erased bytes. Run the same command again to rewrite the file.\n',
    ])
  })

  it('ends forget so that the same command rewrites the file', async () => {
    const file = withMaeve()
    for (
      let pause = 1;
      (await running(['forget', 'maeve', '--yes', '--db', file], interruptedAt(pause))).code === 130;
      pause++
    )
      if (rows(file, "SELECT 1 FROM posts WHERE text LIKE 'bean%'").length === 0) break
    expect((await running(['forget', '5', '--yes', '--db', file], testIo())).code).toBe(0)
    expect(readFileSync(file).includes('bean 7')).toBe(false)
  })

  it('ends verify --mend with whole repairs', async () => {
    const loose = () => {
      const file = withMaeve()
      const db = new Sqlite(file)
      db.exec(`PRAGMA foreign_keys = OFF; UPDATE posts SET parent_id = 77 WHERE id = 2;
        INSERT INTO posts_fts (posts_fts, rowid, heading, text) VALUES ('delete', 1, '', 'bean 0')`)
      db.close()
      return file
    }
    const said = new Set<string>()
    const stops = await atEachPause(
      () => ['verify', '--mend', '--db', loose()],
      err => void said.add(err.replaceAll(/\d/g, 'N')),
    )
    expect(stops).toBeGreaterThan(20)
    expect([...said]).toEqual([
      'Error: Interrupted: not all checks were made.\n',
      'Error: Interrupted: N of N repairs made, each completely. Run the same command again.\n',
      expect.stringMatching(/^Repaired: .*\nError: Interrupted: not all checks were made\.\n$/s),
    ])
  })
})

describe('--wait-lock', () => {
  const busy = (): TestIo => {
    const io: TestIo = testIo({ sleep: async () => io.interrupt() }, { openArchive: held })
    return io
  }
  const held = () => {
    throw new BusyError('Another run holds the archive: process 41.', 'Wait.')
  }

  it.each<[string, () => string[]]>([
    ['forget', () => ['maeve', '--yes']],
    ['verify', () => ['--mend']],
    ['merge', () => [anna(), '--into', ben()]],
    ['reparse', () => []],
    ['targets', () => ['remove', 'https://town.example/']],
  ])('is an option of %s, and Ctrl-C ends the waiting', async (command, words) => {
    const { code, err } = await running([command, ...words(), '--wait-lock', '10m'], busy())
    expect([code, err]).toEqual([130, expect.stringContaining('Interrupted: nothing was changed.')])
  })
})
