import { copyFileSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { VERSION } from '../../../../src/model/version.js'
import { page, post, shelf } from '../../../archive/shelf.js'
import { town } from '../../../community/town.js'
import { desk, newFile } from '../../../run/outside.js'
import { fakeScreen, running, testIo, testOut } from '../../test-io.js'

const schema = JSON.parse(
  readFileSync(new URL('../../../../docs/schema/verify-1.json', import.meta.url), 'utf8'),
) as object
const valid = new Ajv2020({ allowUnionTypes: true }).compile(schema)

function archived(sql = ''): string {
  const one = shelf()
  one.save(page([post('1', null), post('2', '1')]))
  one.close()
  const db = new Sqlite(one.file)
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
  return one.file
}

function verify(file: string, line: string[] = [], isTTY = false) {
  const io = testIo({ env: { NO_COLOR: '1' } })
  io.stdout = testOut({ isTTY })
  return running(['verify', '--db', file, ...line], io)
}

const LOOSE = 'UPDATE posts SET parent_id = 77 WHERE id = 2'

test('a sound archive ends with 0, a line a check', async () => {
  const { code, out, err } = await verify(archived(), [], true)
  expect([code, err]).toEqual([0, 'The archive is sound.\n'])
  expect(out).toMatch(/^ok {5}pages {7}SQLite's own quick check\nok /)
  expect((await verify(archived(), ['-q'])).err).toBe('')
})

test('one that is not ends with 6, and says what mends it', async () => {
  const file = archived(LOOSE)
  const { code, out, err } = await verify(file, [], true)
  expect([code, err]).toEqual([6, 'The archive is not sound: 2 of 22 checks failed.\n'])
  expect(out).toContain(`wrong  threads     each reply belongs to the tree of its thread
       A reply's parent is missing or belongs to another thread.
         post 2 (row 2)
       Repair: threadkeep verify --mend`)
  expect((await verify(file)).out).toMatch(
    /^wrong\tthreads\tA reply's parent [^\t]*\t1\tpost 2 \(row 2\)\tthreadkeep verify --mend$/m,
  )
})

test('more than five places are counted', async () => {
  const one = shelf()
  one.save(page(Array.from({ length: 8 }, (_, at) => post(String(at + 1), null))))
  one.close()
  new Sqlite(one.file).exec('UPDATE posts SET text_capture_id = NULL')
  expect((await verify(one.file, [], true)).out).toContain('post 5 (row 5)\n         and 3 more\n')
})

test('--mend repairs, and says what', async () => {
  const file = archived(
    `${LOOSE}; INSERT INTO locks (id, pid, host, started_at, command) VALUES (1, 5, 'here', '2024-05-20T00:00:00Z', 'sync')`,
  )
  const { code, err } = await verify(file, ['--mend'])
  expect(code).toBe(0)
  expect(err).toBe(`Repaired: Removed the lock of a process that has ended.
Repaired: Attached 1 post to the opening post of the thread.
The archive is sound.
`)
  expect((await verify(file)).code).toBe(0)
})

test('what a post says is held against its capture, whatever byte of the file has changed', async () => {
  const { server } = await town({ pack: 'nouveau' })
  const one = desk()
  await one.run(server.url)
  new Sqlite(one.file).exec(`UPDATE posts SET parser = replace(parser, '0.0.0', '${VERSION}')`)
  const sound = await verify(one.file)
  expect([sound.code, sound.out.includes('ok\treadings\t')]).toEqual([0, true])
  const changes = {
    html: "UPDATE posts SET html = html || ' ' WHERE id = (SELECT min(id) FROM posts WHERE html <> '')",
    date: "UPDATE posts SET posted_from = '2001-01-01T00:00:00Z', posted_to = '2001-01-01T00:00:00Z', posted_at = '2001-01-01T00:00:00Z' WHERE id = 1",
    author: 'UPDATE posts SET member_id = (SELECT max(id) FROM members WHERE id <> member_id) WHERE id = 1',
  }
  for (const [field, sql] of Object.entries(changes)) {
    const file = newFile()
    copyFileSync(one.file, file)
    new Sqlite(file).exec(sql)
    const { code, out } = await verify(file)
    expect([field, code]).toEqual([field, 6])
    expect(out).toMatch(new RegExp(`^wrong\treadings\t.*post \\d+ .*${field}.*\tthreadkeep reparse$`, 'm'))
    expect((await verify(file, ['--quick'])).code).toBe(0)
  }
})

test('a post that another version has read differently is no proof of damage, and is named', async () => {
  const { server } = await town({ pack: 'nouveau' })
  const one = desk()
  await one.run(server.url)
  const first = "(SELECT min(id) FROM posts WHERE html <> '')"
  new Sqlite(one.file).exec(`UPDATE posts SET parser = replace(parser, '0.0.0', '${VERSION}') WHERE id <> ${first};
    UPDATE posts SET html = html || ' ' WHERE id = ${first}`)
  const { code, out } = await verify(one.file)
  expect([code, out.split('\n').filter(line => line.includes('\treadings\t'))]).toEqual([
    0,
    [
      expect.stringMatching(
        /^ok\treadings\tA post was read by another version .*\t1\tpost \d+ .*html\tthreadkeep reparse --dry-run/,
      ),
    ],
  ])
})

test('--json is one document that the schema knows', async () => {
  for (const line of [['--json'], ['--json', '--quick'], ['--json', '--mend']]) {
    const { out, err } = await verify(archived(LOOSE), line)
    const report = JSON.parse(out)
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
    expect([report.sound, report.mended.length, err]).toEqual([line[1] === '--mend', line[1] === '--mend' ? 1 : 0, ''])
  }
})

test('an archive that is not there', async () => {
  expect(await verify(newFile())).toMatchObject({
    code: 6,
    out: '',
    err: expect.stringContaining('There is no archive'),
  })
})

test('what the file itself says can do nothing to the terminal', async () => {
  const { out } = await verify(
    archived("UPDATE posts SET site_post_id = 'a' || char(27) || '[2J', text_capture_id = NULL WHERE id = 1"),
    [],
    true,
  )
  expect(out).not.toContain('\x1b')
  expect(out).toContain('post a␛[2J')
})

test('how far it has come is drawn where a person looks on', async () => {
  const one = shelf()
  for (let at = 0; at < 101; at++) one.save(page([post(String(at + 1), null)]))
  one.close()
  const io = testIo({})
  const { screen, drawn } = fakeScreen()
  io.stderr = testOut({ screen })
  await running(['verify', '--db', one.file], io)
  expect(drawn()).toContain('bodies 100/101')
  expect(io.stderr.text).toBe('The archive is sound.\n')
})
