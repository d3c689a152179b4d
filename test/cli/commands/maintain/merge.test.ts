import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../../src/archive/index.js'
import { archiveOf, copyOf, dumpOf, faultsIn, type Look, mergeInto, postsOf } from '../../../archive/merge/merging.js'
import { ENV, member, page, post, rows, SITE } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const look = (text: string, hour: number, reader: 'visitor' | 'session' = 'session'): Look => ({
  page: page([post('1', null, { text, html: `<p>${text}</p>` })]),
  hour,
  reader,
})

const anna = () => archiveOf('anna', [look('one', 1)])
const ben = () => archiveOf('ben', [look('two', 2), { page: page([post('7', null)]), hour: 3, reader: 'session' }])
const merge = (...line: string[]) => running(['merge', ...line], testIo({ cwd: '/' }))
const beside = (file: string, name: string) => join(dirname(file), name)

describe('merge -o', () => {
  it('makes a new archive, and says what each has brought', async () => {
    const [a, b] = [anna(), ben()]
    const all = beside(a, 'all.db')
    const { code, out, err } = await merge(a, b, '-o', all)
    expect(code).toBe(0)
    expect(out.replaceAll(dirname(a), 'A').replaceAll(dirname(b), 'B')).toBe(
      'A/anna.db  1 post: 1 new, 0 updated, 0 the same\n' +
        'B/ben.db  2 posts: 1 new, 1 updated, 0 the same\n' +
        'Seen by session@anna (1 post), session@ben (2 posts)\n' +
        '1 post with two texts: the newer reading is kept, the other becomes an earlier text\n' +
        '  https://town.example/activity/p/1/  kept: ben, 2026-01-01T02:00:00.000Z; other: anna, 2026-01-01T01:00:00.000Z\n',
    )
    expect(err).toBe(`2 posts in ${all}\n`)
    expect(faultsIn(all)).toEqual([])
    expect(readdirSync(dirname(all)).sort()).toEqual(['all.db', 'anna.db'])
    expect(rows(all, 'SELECT count(*) AS n FROM locks')).toEqual([{ n: 0 }])
  })

  it('--json is one document, as its schema has it', async () => {
    const [a, b] = [anna(), ben()]
    const { out } = await merge(a, b, '-o', beside(a, 'all.db'), '--json')
    const schema = JSON.parse(readFileSync(new URL('../../../../docs/schema/merge-1.json', import.meta.url), 'utf8'))
    const ajv = new Ajv2020({ allowUnionTypes: true })
    expect(ajv.validate(schema, JSON.parse(out)), ajv.errorsText()).toBe(true)
    expect(JSON.parse(out)).toMatchObject({
      schema: 'threadkeep.merge/1',
      posts: 2,
      conflicts: { count: 1 },
      changed: true,
    })
  })

  it('replaces a file that is there only with --force, and only when it is done', async () => {
    const [a, b] = [anna(), ben()]
    const all = beside(a, 'all.db')
    writeFileSync(all, 'precious')
    expect(await merge(a, b, '-o', all)).toMatchObject({ code: 2, err: expect.stringContaining('already exists') })
    const broken = beside(b, 'broken.db')
    writeFileSync(broken, 'no archive '.repeat(99))
    expect(await merge(a, broken, '-o', all, '--force')).toMatchObject({ code: 6 })
    expect(readFileSync(all, 'utf8')).toBe('precious')
    writeFileSync(`${all}-wal`, 'the log of another file')
    expect(await merge(a, b, '-o', all, '--force')).toMatchObject({ code: 0 })
    expect(postsOf(all)).toHaveLength(2)
    expect(readdirSync(dirname(all)).sort()).toEqual(['all.db', 'anna.db'])
  })

  it('of what was left in the middle of something, or has an older schema: the file itself stays as it was', async () => {
    const a = anna()
    const killed = beside(a, 'killed.db')
    const writer = new Sqlite(ben())
    writer.pragma('journal_mode = WAL')
    writer.exec("UPDATE posts SET type = 'activity_kept'")
    for (const end of ['', '-wal', '-shm']) copyFileSync(writer.name + end, killed + end)
    writer.close()
    const old = beside(a, 'old.db')
    copyFileSync(new URL('../../../../fixtures/archive/v1.db', import.meta.url), old)
    const before = [killed, `${killed}-wal`, old].map(file => readFileSync(file))
    const all = beside(a, 'all.db')
    expect(await merge(killed, old, a, '-o', all)).toMatchObject({ code: 0 })
    expect([killed, `${killed}-wal`, old].map((file, n) => readFileSync(file).equals(before[n] as Buffer))).toEqual([
      true,
      true,
      true,
    ])
    expect(faultsIn(all)).toEqual([])
    expect(postsOf(all).filter(({ type }) => type === 'activity_kept')).toHaveLength(2)
    expect(rows<{ n: number }>(all, 'SELECT count(*) AS n FROM posts')[0]?.n).toBeGreaterThan(2)
    expect(readdirSync(dirname(all)).filter(name => name.includes('part') || name.includes('before-schema'))).toEqual(
      [],
    )
    expect(await merge(killed, old, a, '--into', all)).toMatchObject({ err: expect.stringContaining('Nothing new') })
  })
})

describe('merge --into', () => {
  it('an archive takes others over; the second time, nothing is new and nothing is written', async () => {
    const [a, b] = [anna(), ben()]
    expect(await merge(b, '--into', a)).toMatchObject({ code: 0, err: `2 posts in ${a}\n` })
    expect(postsOf(a).map(({ seen_by }) => seen_by)).toEqual([['session', 'session@ben'], ['session@ben']])
    const before = readFileSync(a)
    const { out, err } = await merge(b, '--into', a)
    expect(out).toContain('2 posts: 0 new, 0 updated, 2 the same')
    expect(err).toBe(`Nothing new: ${a} was not changed.\n`)
    expect(rows(a, 'SELECT count(*) AS n FROM runs')).toEqual([{ n: 3 }])
    expect(readFileSync(a).length).toBe(before.length)
  })

  it('of an archive that another run holds is exit 7; of none, 6, and none is made', async () => {
    const [a, b] = [anna(), ben()]
    const holder = openArchive(a, 'write', { ...ENV, pid: 99 })
    const line = ['merge', b, '--into', a]
    expect(await running(line, testIo({ isAlive: () => true }))).toMatchObject({
      code: 7,
    })
    holder.close()
    const missing = beside(a, 'missing.db')
    expect(await merge(b, '--into', missing)).toMatchObject({
      code: 6,
      err: expect.stringContaining('There is no archive'),
    })
    expect(existsSync(missing)).toBe(false)
  })
})

describe('labels', () => {
  const readers = (file: string) =>
    rows<{ reader: string }>(file, 'SELECT DISTINCT reader FROM sightings ORDER BY reader').map(row => row.reader)

  it('are given for one, or for each', async () => {
    const [a, b] = [anna(), ben()]
    const all = beside(a, 'all.db')
    await merge(a, b, '--label', `${b}=Benedikt`, '--label', `${a}=ann`, '-o', all)
    expect(readers(all)).toEqual(['session@Benedikt', 'session@ann'])
    await merge(b, '--into', a, '--label', 'ben.2')
    expect(readers(a)).toEqual(['session', 'session@ben.2'])
  })

  it('of files with one name tell their folders', async () => {
    const [a, b] = [anna(), ben()].map((file, n) => {
      const folder = beside(file, `of-${'ab'[n]}`)
      mkdirSync(folder)
      const copy = join(folder, 'threadkeep.db')
      copyFileSync(file, copy)
      return copy
    }) as [string, string]
    const all = beside(a, 'all.db')
    await merge(a, b, '-o', all)
    expect(readers(all)).toEqual(['session@of-a/threadkeep', 'session@of-b/threadkeep'])
    const c = archiveOf('carl', [look('three', 5)])
    await merge(c, '--into', all, '--label', 'of-a/threadkeep')
    expect(readers(all)).toContain('session@of-a/threadkeep-2')
  })

  it.each([
    ['two words', "can't be a label"],
    ['a@b', "can't be a label"],
    ['', "can't be a label"],
  ])('%j is none', async (label, message) => {
    expect(await merge(ben(), '--into', anna(), '--label', label)).toMatchObject({
      code: 2,
      err: expect.stringContaining(message),
    })
  })

  it('of several have to say which archive they are for, and differ', async () => {
    const [a, b] = [anna(), ben()]
    const all = beside(a, 'all.db')
    expect((await merge(a, b, '-o', all, '--label', 'x')).err).toContain('does not say which archive')
    expect((await merge(a, b, '-o', all, '--label', `${a}=x`, '--label', `${b}=x`)).err).toContain(
      'both have the label x',
    )
  })
})

describe('what cannot be merged', () => {
  it.each([
    ['nowhere', (a: string, b: string) => [a, b], 2, 'No file is named for the result.'],
    ['to two places', (a: string, b: string) => [b, '--into', a, '-o', `${a}.new`], 2, 'cannot be used together'],
    ['one twice', (a: string, b: string) => [b, b, '--into', a], 2, 'is named twice'],
    ['into itself', (a: string, b: string) => [b, a, '--into', a], 2, 'is also the file for the result'],
    ['over itself', (a: string, b: string) => [b, a, '-o', a, '--force'], 2, 'is also the file for the result'],
    ['with --db', (a: string, b: string) => [b, '--db', a], 2, 'does not take --db'],
    ['what is missing', (a: string) => [`${a}.missing`, '--into', a], 6, 'There is no archive'],
    ['a folder', (a: string) => [dirname(a), '--into', a], 6, 'is a folder'],
    ['over a folder', (a: string, b: string) => [b, a, '-o', dirname(b), '--force'], 2, 'is a folder'],
  ])('%s', async (_, line, code, message) => {
    const [a, b] = [anna(), ben()]
    const before = dumpOf(a)
    const result = await merge(...line(a, b))
    expect(result).toMatchObject({ code, err: expect.stringContaining(message) })
    expect(dumpOf(a)).toEqual(before)
    expect(readdirSync(dirname(a))).toEqual(['anna.db'])
  })

  it('one by two names', async () => {
    const [a, b] = [anna(), ben()]
    const link = beside(b, 'link.db')
    symlinkSync(b, link)
    expect(await merge(b, link, '--into', a)).toMatchObject({ code: 2, err: expect.stringContaining('is named twice') })
  })

  it.each([
    ['text', (file: string) => writeFileSync(file, 'Dear diary. '.repeat(99)), 'is not a threadkeep archive'],
    ['nothing', (file: string) => writeFileSync(file, ''), 'holds no archive yet'],
    ['a later schema', (file: string) => made(file, 'PRAGMA user_version = 99'), 'was made by a newer threadkeep'],
    [
      'recipes',
      (file: string) => made(file, 'PRAGMA application_id = 1; CREATE TABLE recipes (id)'),
      'database of another program',
    ],
  ])('%s', async (what, make, message) => {
    const a = anna()
    const other = what === 'a later schema' ? ben() : beside(a, 'other.db')
    make(other)
    const [before, bytes] = [dumpOf(a), readFileSync(other)]
    const all = beside(a, 'all.db')
    for (const place of [
      ['-o', all],
      ['--into', a],
    ])
      expect(await merge(...(place[0] === '-o' ? [a] : []), other, ...place)).toMatchObject({
        code: 6,
        err: expect.stringContaining(message),
      })
    expect(dumpOf(a)).toEqual(before)
    expect(readFileSync(other).equals(bytes)).toBe(true)
    expect(existsSync(all)).toBe(false)
  })

  const made = (file: string, sql: string) => {
    const db = new Sqlite(file)
    db.exec(sql)
    db.close()
  }
})

it('shows no escape sequence of a site', async () => {
  const hostile = (text: string, hour: number): Look => ({
    page: page([post('1', null, { text, url: `${SITE}activity/p/\u001b[2J\u202e1/` })]),
    hour,
  })
  const [a, b] = [archiveOf('anna', [hostile('one', 1)]), archiveOf('ben', [hostile('two', 2)])]
  const { out } = await merge(a, b, '-o', beside(a, 'all.db'))
  expect(out).toContain('1 post with two texts')
  expect(['\u001b', '\u202e'].filter(character => out.includes(character))).toEqual([])
})

it.skipIf(process.getuid?.() === 0)(
  'a folder that may not be written is told (not for root, who may write all)',
  async () => {
    const [a, b] = [anna(), ben()]
    chmodSync(dirname(a), 0o500)
    const result = await merge(a, b, '-o', beside(a, 'all.db'))
    chmodSync(dirname(a), 0o700)
    expect(result).toMatchObject({ code: 6 })
  },
)

describe('a member whom one of them has forgotten', () => {
  const MAEVE = member('maeve', { id: '5', name: "Maeve O'Neill" })
  const WORDS = 'My secret bean is a purple one'
  const hers = (hour: number): Look => ({
    page: page([post('1', null), post('2', '1', { author: MAEVE, text: WORDS, html: `<p>${WORDS}</p>` })]),
    hour,
    reader: 'session',
  })

  it.each(['first', 'second'])('is forgotten in the new one, whichever is named %s', async which => {
    const [knows, forgot] = [archiveOf('knows', [hers(1)]), archiveOf('forgot', [hers(2)])]
    const erased = await running(['forget', 'maeve', '--yes', '--db', forgot], testIo({ cwd: dirname(forgot) }))
    expect(erased.code).toBe(0)
    const all = beside(knows, 'all.db')
    const { code, err } = await merge(...(which === 'first' ? [forgot, knows] : [knows, forgot]), '-o', all)
    expect([code, err]).toEqual([
      0,
      expect.stringContaining('1 member erased in one of the archives: erased from the result, too.'),
    ])
    expect(rows(all, 'SELECT site_post_id, text, member_id, forgotten FROM posts WHERE site_post_id = 2')).toEqual([
      { site_post_id: '2', text: '', member_id: null, forgotten: 1 },
    ])
    expect(rows(all, 'SELECT name, slug, site_member_id FROM members WHERE forgotten_at IS NOT NULL')).toEqual([
      { name: null, slug: null, site_member_id: '5' },
    ])
    const bytes = readFileSync(all, 'latin1')
    for (const word of ['secret bean', 'maeve', "O'Neill"]) expect(bytes).not.toContain(word)
    expect(faultsIn(all)).toEqual([])
    expect((await merge(knows, '--into', all)).code).toBe(0)
    expect(readFileSync(all, 'latin1')).not.toContain('secret bean')
  })

  const forget = async (file: string, ...more: string[]) =>
    running(['forget', 'maeve', ...more, '--db', file], testIo({ cwd: dirname(file) }))
  const MENTIONED = '<p>See <a href="/members/maeve/">@maeve</a></p>'
  /** Ben names her, in his text and in an earlier one. */
  const naming = (hour: number, text = 'See @maeve', html = MENTIONED): Look => ({
    page: page([post('5', null, { text, html })]),
    hour,
    reader: 'session',
  })
  const hold = (file: string, pattern: RegExp) => {
    const db = new Sqlite(file, { readonly: true })
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    const all = tables.pluck().all() as string[]
    const told = all
      .filter(name => !name.startsWith('posts_fts'))
      .map(name => JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all()))
    db.close()
    return told.some(text => pattern.test(text))
  }

  it('leaves nothing behind where the merge is killed right after its commit', async () => {
    const [knows, forgot] = [archiveOf('knows', [hers(1)]), archiveOf('forgot', [hers(2)])]
    await forget(forgot, '--yes')
    const knew = copyOf(knows, 'knew.db')
    mergeInto(forgot, knows)
    expect(hold(forgot, /secret bean|maeve|neill/i)).toBe(false)
    expect(readFileSync(forgot, 'latin1')).not.toMatch(/secret bean|maeve|O'Neill/)
    mergeInto(knew, forgot)
    expect(hold(knew, /secret bean|maeve|neill/i)).toBe(false)
    // What was killed is wiped by the next.
    expect((await merge(forgot, '--into', knew)).code).toBe(0)
    expect(readFileSync(knew, 'latin1')).not.toMatch(/secret bean|maeve|O'Neill/)
    expect([...faultsIn(forgot), ...faultsIn(knew)]).toEqual([])
  })

  it('leaves nothing behind where the merge is broken off before its commit', async () => {
    const [knows, forgot] = [archiveOf('knows', [hers(1)]), archiveOf('forgot', [hers(2)])]
    await forget(forgot, '--yes')
    const db = new Sqlite(forgot)
    db.exec(`CREATE TRIGGER full BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'full'); END`)
    db.close()
    expect(() => mergeInto(forgot, knows)).toThrow()
    expect(hold(forgot, /secret bean|maeve|neill/i)).toBe(false)
    expect(readdirSync(dirname(forgot)).filter(name => name.endsWith('.part'))).toEqual([])
  })

  it.each(['forgot first', 'knows first', 'into forgot', 'into knows'])(
    'stays out of what others wrote, and the same again is nothing new: %s',
    async way => {
      const looks = (hour: number) => [
        hers(hour),
        naming(hour, 'Earlier: @maeve', '<p>Earlier: @maeve</p>'),
        naming(hour + 3),
      ]
      const [knows, forgot] = [archiveOf('knows', looks(1)), archiveOf('forgot', looks(2))]
      await forget(forgot, '--yes', '--mentions', 'redact')
      const [k, f] = [copyOf(knows, 'k.db'), copyOf(forgot, 'f.db')]
      const all = way === 'into forgot' ? forgot : way === 'into knows' ? knows : beside(knows, 'all.db')
      const { code, out } =
        way === 'into forgot'
          ? await merge(k, '--into', all)
          : way === 'into knows'
            ? await merge(f, '--into', all)
            : await merge(...(way === 'forgot first' ? [f, k] : [k, f]), '-o', all)
      expect([code, out]).toEqual([0, expect.not.stringContaining('two texts')])
      expect(hold(all, /maeve|neill|secret bean/i)).toBe(false)
      expect(rows(all, "SELECT text FROM posts WHERE site_post_id = '5'")).toEqual([{ text: 'See @forgotten-member' }])
      expect(rows(all, 'SELECT DISTINCT text FROM revisions')).toEqual([{ text: 'Earlier: @forgotten-member' }])
      expect(faultsIn(all)).toEqual([])
      for (const again of [k, f]) {
        const before = dumpOf(all)
        expect((await merge(again, '--into', all)).err).toContain('Nothing new')
        expect(dumpOf(all)).toEqual(before)
      }
      expect(readFileSync(all, 'latin1')).not.toMatch(/secret bean|maeve|O'Neill/)
    },
  )

  it.each(['keep', 'redact'])(
    'of both, with a choice each for what others wrote: taken out; into the one with %s',
    async into => {
      const [keeps, redacts] = [archiveOf('keeps', [hers(1), naming(3)]), archiveOf('redacts', [hers(2), naming(4)])]
      await forget(keeps, '--yes')
      await forget(redacts, '--yes', '--mentions', 'redact')
      const [all, other] = into === 'keep' ? [keeps, redacts] : [redacts, keeps]
      await merge(other, '--into', all)
      expect(hold(all, /maeve|neill|secret bean/i)).toBe(false)
      expect(rows(all, 'SELECT text FROM revisions')).toEqual([])
      expect(faultsIn(all)).toEqual([])
      expect((await merge(other, '--into', all)).err).toContain('Nothing new')
    },
  )

  it('may lie in what a killed merge has left beside it: forget tells, and the next merge takes it away', async () => {
    const [knows, forgot] = [archiveOf('knows', [hers(1)]), archiveOf('forgot', [hers(2)])]
    const left = beside(forgot, '.forgot.db.input.part')
    writeFileSync(left, WORDS)
    expect((await forget(forgot, '--yes')).out).toContain(`Not changed: ${left}`)
    await merge(knows, '--into', forgot)
    expect(existsSync(left)).toBe(false)
  })

  it('is known by hashes alone where no number was told', async () => {
    const author = member('maeve', { name: "Maeve O'Neill" })
    const look = (hour: number): Look => ({
      page: page([post('2', null, { author, text: WORDS, html: `<p>${WORDS}</p>` })]),
      hour,
      reader: 'session',
    })
    const [knows, forgot] = [archiveOf('knows', [look(1)]), archiveOf('forgot', [look(2)])]
    await forget(forgot, '--yes')
    await merge(knows, '--into', forgot)
    expect(hold(forgot, /secret bean|maeve|neill/i)).toBe(false)
    expect((await merge(knows, '--into', forgot)).err).toContain('Nothing new')
    expect(rows(forgot, 'SELECT count(*) AS n FROM members WHERE forgotten_at IS NOT NULL')).toEqual([{ n: 1 }])
  })

  it('who has a name again, as a kill of an earlier version left it, can be forgotten again', async () => {
    const file = archiveOf('forgot', [hers(2), naming(3)])
    await forget(file, '--yes', '--mentions', 'redact')
    const db = new Sqlite(file)
    db.exec(`UPDATE members SET slug = 'maeve', name = 'Maeve O''Neill', url = '${SITE}members/maeve/' WHERE forgotten_at IS NOT NULL;
      UPDATE posts SET text = '${WORDS}', html = '<p>${WORDS}</p>', member_id = (SELECT id FROM members WHERE forgotten_at IS NOT NULL)
        WHERE site_post_id = '2'; UPDATE posts SET text = 'See @maeve' WHERE site_post_id = '5'`)
    db.close()
    expect(await forget(file, '-n')).toMatchObject({ code: 0, out: expect.stringContaining('1 post and') })
    expect(await forget(file, '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Erased: 1 post') })
    expect(hold(file, /secret bean|maeve|neill/i)).toBe(false)
    expect(readFileSync(file, 'latin1')).not.toMatch(/secret bean|maeve|O'Neill/)
    expect(faultsIn(file)).toEqual([])
    expect((await forget(file, '--yes')).out).toContain('was already erased on')
    const late = new Sqlite(file)
    late.exec(`INSERT INTO members (site_id, slug, name, first_seen_at, last_seen_at)
      SELECT site_id, 'maeve', 'Maeve', first_seen_at, last_seen_at FROM members WHERE forgotten_at IS NOT NULL`)
    late.close()
    expect(await forget(file, '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('Erased: 0 posts') })
    expect(hold(file, /maeve/i)).toBe(false)
  })

  it('of whom another has a name again, as a kill of an earlier version left it, is erased by the next merge', async () => {
    const file = archiveOf('forgot', [hers(2)])
    await forget(file, '--yes')
    const db = new Sqlite(file)
    db.exec(`UPDATE members SET slug = 'maeve', name = 'Maeve O''Neill' WHERE forgotten_at IS NOT NULL;
      UPDATE posts SET text = '${WORDS}', member_id = (SELECT id FROM members WHERE forgotten_at IS NOT NULL) WHERE site_post_id = '2'`)
    db.close()
    expect((await merge(archiveOf('other', [look('one', 5)]), '--into', file)).code).toBe(0)
    expect(hold(file, /secret bean|maeve|neill/i)).toBe(false)
    expect(readFileSync(file, 'latin1')).not.toMatch(/secret bean|maeve|O'Neill/)
    expect(faultsIn(file)).toEqual([])
  })
})
