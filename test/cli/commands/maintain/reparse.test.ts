import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../../../src/archive/index.js'
import type { ReparseReport } from '../../../../src/model/reports/reparse.js'
import { shelf } from '../../../archive/shelf.js'
import { newFile } from '../../../run/outside.js'
import { allRows, archived, spoil } from '../../../run/reparse/reread.js'
import { running, type TestIo, testIo, testOut } from '../../test-io.js'

const io = (changes: Partial<TestIo> = {}) => Object.assign(testIo(), changes)
const reparse = (file: string, words: string[] = [], outside = io()) =>
  running(['reparse', '--db', file, ...words], Object.assign(outside, { argv: ['reparse', ...words] }))

const village = async () => (await archived({ pack: 'legacy', via: 'page' })).one.file
const terminal = () => io({ stdout: testOut({ isTTY: true }), stderr: testOut({ isTTY: true }) })

/** An archive that lacks nothing; `report` is what the core says of it. */
function telling(report: Partial<ReparseReport>) {
  const whole: ReparseReport = {
    schema: 'threadkeep.reparse/1',
    run: 1,
    dryRun: false,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T00:00:00.000Z',
    exitCode: 0,
    since: null,
    captures: { read: 3, unused: 0, withoutBody: 0, opened: 0, closed: 0 },
    posts: { same: 0, changed: 0, added: 0, notFound: 0, untouched: 0 },
    revisions: { changed: 0, dropped: 0 },
    names: 0,
    changes: [],
    notFound: [],
    ...report,
  }
  return { reparseArchive: async () => whole }
}

describe('reparse', () => {
  it('says that nothing changed, and leaves stdout empty', async () => {
    const { code, out, err } = await reparse(await village())
    expect([code, out]).toEqual([0, ''])
    expect(err).toBe(
      '6 captures read again. Posts: 6 the same, 0 changed, 0 new, 0 not found again.\nNothing changed.\n',
    )
  })

  it('gives scripts a line for each field that changed', async () => {
    const file = await village()
    spoil(file, "UPDATE posts SET type = 'odd', html = 'x', text = 'Poor.\tmuch' WHERE site_post_id = '5'")
    const { code, out, err } = await reparse(file)
    expect(code).toBe(0)
    expect(out.split('\n').map(line => line.split('\t').slice(0, 6))).toEqual([
      ['changed', '4', '5', 'text', 'Poor. much', 'Post 5.'],
      ['changed', '4', '5', 'type', 'odd', 'activity_comment'],
      [''],
    ])
    expect(err).toBe('6 captures read again. Posts: 5 the same, 1 changed, 0 new, 0 not found again.\n')
  })

  it('shows people what changed, whatever a post holds', async () => {
    const file = await village()
    spoil(file, "UPDATE posts SET type = 'odd\u001b[2J\u202e' WHERE site_post_id = '5'")
    const { out } = await reparse(file, ['--no-color'], terminal())
    expect(out).toMatch(
      /^changed {2}5 {2}http:\S+\/activity\/p\/4\/#acomment-5\n {2}type: "odd␛\[2J" now "activity_comment"\n$/,
    )
  })

  it.each(['--dry-run', '-n', '-s', '--simulate'])(
    '%s changes nothing, while another run holds the archive',
    async flag => {
      const file = await village()
      spoil(file, "UPDATE posts SET type = 'odd' WHERE site_post_id = '5'")
      const held = allRows(file)
      const env = { now: () => 0, pid: 99, host: 'here', command: 'archive', isAlive: () => true }
      const other = openArchive(file, 'write', env)
      const { code, out, err } = await reparse(file, [flag])
      other.close()
      expect([code, out.split('\t')[0]]).toEqual([0, 'changed'])
      expect(err).toContain('5 would be the same, 1 changed')
      expect(err).toContain('Nothing was changed, because of --dry-run.')
      expect(allRows(file)).toEqual(held)
    },
  )

  it('waits its turn to write: 7', async () => {
    const file = await village()
    const env = { now: () => 0, pid: 99, host: 'here', command: 'archive', isAlive: () => true }
    const other = openArchive(file, 'write', env)
    const { code, err } = await reparse(file, [], Object.assign(io(), { isAlive: () => true }))
    other.close()
    expect([code, err]).toEqual([7, expect.stringContaining('process 99')])
  })

  it('--json prints a document that the schema knows, and nothing else', async () => {
    const schema = JSON.parse(readFileSync(new URL('../../../../docs/schema/reparse-1.json', import.meta.url), 'utf8'))
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema)
    const file = await village()
    spoil(file, "UPDATE posts SET type = 'odd' WHERE site_post_id = '5'")
    for (const words of [['--json', '--dry-run'], ['--json'], ['--json', '--since', '2026-01-01']]) {
      const { code, out } = await reparse(file, words)
      expect([code, validate(JSON.parse(out)), validate.errors]).toEqual([0, true, null])
    }
  })

  it('says so where there is nothing to read', async () => {
    const empty = newFile()
    shelf(empty).close()
    expect((await reparse(empty)).err).toBe('There is nothing to read: the archive holds no captures yet.\n')
    const { code, err } = await reparse(await village(), ['--since', '2030-01-01'])
    expect([code, err]).toEqual([0, 'There is nothing to read: no capture is from 2030-01-01T00:00:00Z or later.\n'])
  })

  it('needs an archive, and dates that are dates', async () => {
    const nothing = newFile()
    expect((await reparse(nothing, ['--dry-run'])).code).toBe(6)
    const { code, err } = await reparse(nothing, ['--since', 'last tuesday'])
    expect([code, err]).toEqual([2, expect.stringContaining('"last tuesday" is not a date')])
  })

  it('--quiet says nothing but what changed', async () => {
    expect(await reparse(await village(), ['-q'])).toEqual({ code: 0, out: '', err: '' })
  })

  it('tells of captures and texts in words', async () => {
    const captures = { read: 1200, unused: 0, withoutBody: 1, opened: 2, closed: 1 }
    const posts = { same: 1, changed: 0, added: 0, notFound: 1, untouched: 2 }
    const parts = telling({ captures, posts, revisions: { changed: 1, dropped: 2 }, names: 3 })
    const { err } = await reparse(await village(), [], testIo({}, parts))
    expect(err).toBe(
      '1,200 captures read again. Posts: 1 the same, 0 changed, 0 new, 1 not found again, 2 not changed.\n' +
        '1 capture without a body skipped; 2 captures can be read now that could not be read before; 1 capture can no longer be read; ' +
        '1 earlier text changed; 2 edits dropped, as the text before and after is the same; 3 names changed.\n',
    )
  })

  it('is interrupted with 130, and has changed nothing', async () => {
    const { code, err } = await reparse(await village(), [], testIo({}, telling({ exitCode: 130 })))
    expect([code, err]).toEqual([130, 'Interrupted. Nothing was changed.\n'])
  })

  it('ends quietly when nobody reads any more', async () => {
    const name = { site: 'https://a.example/', thread: '1', url: 'https://a.example/1' }
    const changes = Array.from({ length: 1000 }, (_, n) => ({
      ...name,
      id: String(n),
      kind: 'added' as const,
      fields: [],
    }))
    const outside = testIo({}, telling({ changes }))
    outside.stdout.closed = true
    expect((await reparse(await village(), ['-q'], outside)).code).toBe(0)
    const open = await reparse(
      await village(),
      ['-q'],
      Object.assign(
        testIo({}, telling({ changes, posts: { same: 0, changed: 0, added: 5000, notFound: 0, untouched: 0 } })),
        { stdout: testOut({ isTTY: true }) },
      ),
    )
    expect(open.out.trim().split('\n')).toHaveLength(21)
    expect(open.out).toContain('and 4,980 others; --json lists more')
  })
})

describe('commands that change what is there', () => {
  it.each([['reparse'], ['forget', 'maeve', '--yes'], ['verify', '--mend']])('%s makes no archive', async (...line) => {
    const file = newFile()
    const { code, err } = await running([...line, '--db', file], io())
    expect([code, err]).toEqual([6, expect.stringContaining(`There is no archive ${file}.`)])
    expect(existsSync(file)).toBe(false)
  })
})
