import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredThread } from '../../../../src/model/archive.js'
import { ArchiveError, EXIT } from '../../../../src/model/errors.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { holding, running, testIo, testOut } from '../../test-io.js'

const BEES = { id: '2', slug: 'bees', name: 'Bees', url: 'https://community.example/groups/bees/' }
const THREADS = [
  thread([post('1', null), post('2', '1')]),
  thread([post('3', null, { type: 'joined_group' })], { title: 'Ben joined' }),
  thread([post('20', null)], { group: BEES, title: '../../etc/passwd' }),
]

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const exporting = (line: string, reader = readerOf(THREADS), out = testOut()) => {
  const io = testIo({ cwd }, holding(reader))
  io.stdout = out
  return running(['export', ...line.split(' ').filter(Boolean)], io)
}
const files = () =>
  readdirSync(cwd, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && entry.name !== '.threadkeep.json',
  )
const names = () =>
  files()
    .map(entry => join(entry.parentPath, entry.name).slice(cwd.length + 1))
    .sort()
const ids = (jsonl: string) =>
  jsonl
    .split('\n')
    .filter(Boolean)
    .map(line => (JSON.parse(line) as { id: string }).id)

const LEFT_OUT = '1 membership notice is left out of md; --types all takes them.\n'

describe('where an export goes', () => {
  test('json and jsonl go to stdout, with all types', async () => {
    const { code, out, err } = await exporting('-f jsonl')
    expect([code, err]).toEqual([0, '3 threads, 4 posts written to stdout\n'])
    expect(ids(out)).toEqual(['1', '2', '3', '20'])
    expect(JSON.parse((await exporting('-f json')).out)).toHaveLength(3)
  })

  test('a file may have the longest name that file systems take, and nothing else is left beside it', async () => {
    for (const name of [`${'n'.repeat(252)}.md`, `${'é'.repeat(126)}.md`, `n${'空'.repeat(83)}.md`]) {
      expect((await exporting(`1 -o ${name}`)).code).toBe(0)
      expect(names()).toEqual([name])
      rmSync(join(cwd, name))
    }
  })

  test('markdown: one thread to stdout, several into a folder, notices left out', async () => {
    expect((await exporting('1')).out).toContain('[original thread](https://community.example/activity/p/1/)')
    const { out, err } = await exporting('')
    expect([out, err]).toEqual(['', `2 threads, 3 posts written to threadkeep-export/\n${LEFT_OUT}`])
    expect(names()).toHaveLength(2)
    for (const name of names()) expect(name).toMatch(/^threadkeep-export\/(gardeners|bees)\/2024-05-01-.*\.md$/)
  })

  test.each(['md', 'json', 'jsonl'])(
    'a thread with another title now has one %s file, and the old one is named',
    async format => {
      const [bees] = THREADS.slice(2)
      const again = (title: string) => readerOf([...THREADS.slice(0, 2), { ...(bees as StoredThread), title }])
      await exporting(`-f ${format} -o out/`)
      const before = names().find(name => name.includes('passwd')) as string
      writeFileSync(join(cwd, dirname(before), `mine.${format}`), 'My notes on the thread 20')
      const { err } = await exporting(`-f ${format} -o out/`, again('Wasps'))
      expect(names().filter(name => name.includes('20.'))).toEqual([`out/bees/2024-05-01-wasps-20.${format}`])
      expect(names()).toContain(`out/bees/mine.${format}`)
      expect(err).toContain(
        `1 file of an earlier export removed, because the selection no longer has it under this name: ${before.slice(4)}\n`,
      )
    },
  )

  test('files of other threads, other formats and other sites stay', async () => {
    await exporting('-o out/')
    await exporting('-f jsonl -o out/')
    const all = names()
    await exporting('bees -o out/')
    expect(names()).toEqual(all)
    const elsewhere = readerOf(THREADS.map(one => ({ ...one, site: 'https://other.example/', title: 'Elsewhere' })))
    await exporting('-o out/', elsewhere)
    expect(names()).toHaveLength(all.length + 2)
  })

  test('a file, a folder, a folder that is there, a template, stdout', async () => {
    mkdirSync(join(cwd, 'there'))
    await exporting('-o new/all.md')
    await exporting('bees -o folder/')
    await exporting('bees -o there')
    await exporting('bees -o notes/{id}/x.{ext} -f json')
    expect((await exporting('bees -o -')).out).toContain('activity/p/20/')
    expect(names().map(name => name.replace(/2024.*/, '…'))).toEqual([
      'folder/bees/…',
      'new/all.md',
      'notes/20/x.json',
      'there/bees/…',
    ])
  })

  test('the extension of the output chooses the format', async () => {
    await exporting('-o posts.jsonl')
    expect(ids(readFileSync(join(cwd, 'posts.jsonl'), 'utf8'))).toHaveLength(4)
  })

  test.each(['-o notes/{nonsense}.md', '-o notes/{id}/../../../x.md'])(
    '%s is wrong usage and writes nothing',
    async line => {
      expect((await exporting(line)).code).toBe(EXIT.usage)
      expect(names()).toEqual([])
    },
  )

  test('a link is followed and stays a link', async () => {
    writeFileSync(join(cwd, 'real.md'), 'old')
    symlinkSync('real.md', join(cwd, 'link.md'))
    await exporting('1 -o link.md')
    expect(readFileSync(join(cwd, 'real.md'), 'utf8')).toContain('activity/p/1/')
  })

  test('a terminal gets no escape sequence, a pipe gets the very bytes', async () => {
    const evil = readerOf([thread([post('1', null, { text: 'a\u009b2Jb', html: '<p>a\u009b2Jb</p>' })])])
    expect((await exporting('-f jsonl', evil, testOut({ isTTY: true }))).out).not.toContain('\u009b')
    expect((await exporting('-f jsonl', evil)).out).toContain('\u009b')
  })
})

describe('a failing export', () => {
  const torn = () => readerOf(THREADS, new ArchiveError('torn'))

  test('leaves no half file, and the earlier one as it was', async () => {
    writeFileSync(join(cwd, 'posts.jsonl'), 'before')
    expect((await exporting('-o posts.jsonl', torn())).code).toBe(EXIT.archive)
    expect((await exporting('-o new.jsonl', torn())).code).toBe(EXIT.archive)
    expect(names()).toEqual(['posts.jsonl'])
    expect(readFileSync(join(cwd, 'posts.jsonl'), 'utf8')).toBe('before')
  })

  test('in a folder leaves whole files only', async () => {
    await exporting('-o out/ -f json', torn())
    expect(names()).toHaveLength(3)
    for (const entry of files()) JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  })

  test('Ctrl-C ends it with 130 and no file', async () => {
    const io = testIo({ cwd }, holding(readerOf(THREADS)))
    io.stderr.drained = async () => io.interrupt()
    expect((await running(['export', '-o', 'posts.jsonl'], io)).code).toBe(EXIT.interrupted)
    expect(names()).toEqual([])
  })

  test('a place that cannot be written is named', async () => {
    writeFileSync(join(cwd, 'file'), '')
    const { code, err } = await exporting('1 -o file/x.md')
    expect(code).toBe(EXIT.usage)
    expect(err).toMatch(/file\/x.md can't be written.\nReason: E/)
  })
})

describe('several formats', () => {
  test.each([
    ['a file in the way of a folder', () => mkdirSync(join(cwd, 'out')) ?? writeFileSync(join(cwd, 'out/md'), '')],
    [
      'a damaged list of exported files',
      () =>
        mkdirSync(join(cwd, 'out/md'), { recursive: true }) && writeFileSync(join(cwd, 'out/md/.threadkeep.json'), '{'),
    ],
  ])('write nothing where one of them cannot be written: %s', async (_, prepare) => {
    prepare()
    const before = names()
    const { code, err } = await exporting('-f csv,json,md -o out/')
    expect([code, err]).toEqual([EXIT.usage, expect.stringMatching(/out\/md.* (can't be written|is no list)/)])
    expect(names()).toEqual(before)
  })

  test('nor is a folder above made in place of a file, or a file in place of a folder', async () => {
    writeFileSync(join(cwd, 'out'), 'Mine')
    expect((await exporting('-f csv,md -o out/deep/')).err).toContain("can't be written")
    mkdirSync(join(cwd, 'x.csv/y'), { recursive: true })
    expect((await exporting('-f csv,jsonl -o x.csv/y/../y/{id}.{ext}')).code).toBe(EXIT.usage)
    expect(readFileSync(join(cwd, 'out'), 'utf8')).toBe('Mine')
  })
})

describe('what is exported', () => {
  test.each([
    ['bees', ['20']],
    ['BEES 1', ['20', '1', '2']],
    ['2', ['1', '2']],
    ['1 gardeners', ['1', '2', '3']],
    ['https://community.example/activity/p/1/#acomment-2', ['1', '2']],
    ['http://www.community.example/groups/bees', ['20']],
    ['--group bees --thread 1', ['20', '1', '2']],
    ['--types joined_group', ['3']],
    ['--before 2024-05-02', ['1', '2', '3', '20']],
  ])('%s', async (line, expected) => {
    expect(ids((await exporting(`-f jsonl ${line}`)).out)).toEqual(expected)
  })

  test('a thread that is named is written whatever its type', async () => {
    expect((await exporting('3')).out).toContain('activity/p/3/')
  })

  test('an unknown name is wrong usage', async () => {
    for (const line of ['gardners', '99', '--group 1x', '--thread bees'])
      expect((await exporting(line)).code).toBe(EXIT.usage)
    expect(names()).toEqual([])
  })

  test('nothing in the range is no failure, and said', async () => {
    const { code, out, err } = await exporting('-f jsonl --after today')
    expect([code, out, err]).toEqual([0, '', 'No thread has a post in this range of dates.\n'])
    expect(existsSync(join(cwd, 'threadkeep-export'))).toBe(false)
  })

  test('a group for members only, of which nothing is held, is refused, and leaves no file', async () => {
    const closed = { ...BEES, site: 'https://community.example/', status: 'private', access: 'members' as const }
    const figures = { threads: 0, posts: 0, gonePosts: 0, lastPostAt: null }
    const completeness = { state: 'unknown' as const, held: 0, claimed: null }
    const reader = readerOf(THREADS.slice(0, 2))
    const groups = (access: 'members' | null) => {
      const all = () => [...reader.groups(), { ...closed, ...figures, completeness, access }]
      return { ...reader, groups: all, namedGroups: all }
    }
    const { code, err } = await exporting('bees -o w.md', groups('members'))
    expect([code, err]).toEqual([EXIT.access, expect.stringContaining('"Bees" is for members only, and the archive')])
    expect(err).toContain('(threadkeep login https://community.example/)')
    const unread = await exporting('bees -o w.md', groups(null))
    expect([unread.code, unread.err]).toEqual([0, 'The archive holds no thread of this group. Nothing was written.\n'])
    expect((await exporting('bees gardeners -f jsonl', groups('members'))).code).toBe(0)
    expect(names()).toEqual([])
  })

  test('says that documents leave out notices', async () => {
    const { err } = await exporting('-f csv,md -o out/')
    expect(err.match(/.*notice.*/g)).toEqual(['1 membership notice is left out of md; --types all takes them.'])
  })

  test('no blank document is written', async () => {
    for (const [name, flags] of [
      ['w.html', '--types nothing'],
      ['w.md', '--after today'],
    ]) {
      const { code, err } = await exporting(`-o ${name} ${flags}`)
      expect([code, err]).toEqual([0, expect.stringMatching(/ Nothing was written\.\n$/)])
    }
    expect(names()).toEqual([])
  })

  test('ends early when nobody reads any more', async () => {
    const out = testOut({ closed: true })
    expect((await exporting('-f jsonl', readerOf(THREADS), out)).out).toBe('')
  })

  test('posts of a status', async () => {
    const [garden] = THREADS as [StoredThread]
    const gone = readerOf([thread([post('1', null), post('2', '1', { status: 'gone' })], { title: garden.title })])
    const statuses = async (flags: string) => ids((await exporting(`-f jsonl ${flags}`, gone)).out)
    expect(await statuses('')).toEqual(['1', '2'])
    expect(await statuses('--status live')).toEqual(['1'])
    expect(await statuses('--status gone')).toEqual(['2'])
    expect((await exporting('-f jsonl --status gone -o gone.jsonl', gone)).err).toMatch(/^1 thread, 1 post written/)
    expect((await exporting('-f jsonl --status gone -o none.jsonl')).err).toBe('No thread has a post that is gone.\n')
    expect((await exporting('-f jsonl --status live -o live.jsonl', gone)).err).toMatch(/^1 thread, 1 post written/)
    const json = JSON.parse((await exporting('-f json --status live', gone)).out)
    expect(json[0].post.replies[0]).toMatchObject({ id: '2', status: 'gone', text: '', html: '', author: null })
  })

  test('the fields of templates with the values of the first thread', async () => {
    const { code, out, err } = await exporting('bees --fields')
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('{group}   bees')
    expect(out.split('\n')).toHaveLength(11)
    expect(names()).toEqual([])
  })

  test('a site in one file without an ending says how to get a folder', async () => {
    const hint = 'This is one file. -o site/ writes a folder of pages.\n'
    expect((await exporting('-f html -o site')).err).toContain(`written to site\n${hint}`)
    expect((await exporting('-f html -o site.html')).err).not.toContain('folder')
    expect((await exporting('-f html -o pages/')).err).not.toContain('This is one file')
  })

  test('one file of several threads says so', async () => {
    const { err } = await exporting('-o notes.md')
    expect(err).toBe(
      `2 threads, 3 posts written to notes.md\nAll are in one file; -o notes/ writes one file per thread.\n${LEFT_OUT}`,
    )
    expect((await exporting('1 -o notes.md')).err).not.toContain('All')
  })

  test.each(['md', 'html', 'json', 'jsonl', 'csv', 'tsv', 'edges', 'nodes', 'graphml', 'gexf', 'svg', 'as2'])(
    'a locale says where it changes nothing: %s',
    async format => {
      const [en, de] = [
        await exporting(`-f ${format} -o - --locale en`),
        await exporting(`-f ${format} -o - --locale de`),
      ]
      expect(de.err.includes(`--locale changes nothing in ${format}: data has`)).toBe(en.out === de.out)
      expect((await exporting(`-f ${format} -o - --timezone Asia/Tokyo`)).err.includes('--timezone changes')).toBe(
        en.out === de.out,
      )
    },
  )

  test('a flag of a fetch says that it changes nothing where nothing is fetched', async () => {
    const { code, err } = await exporting('1 -o - --sleep-requests=3 --cookies cookies.txt')
    expect([code, err.split('\n')[0]]).toEqual([
      0,
      'Nothing is fetched for this export, so --cookies and --sleep-requests changed nothing. To read the site anew first: threadkeep sync',
    ])
    expect((await exporting('1 -o -')).err).not.toContain('fetched')
  })

  test.each([
    ['--timezone Mars/Olympus', '"Mars/Olympus" is no time zone.'],
    ['--locale de_DE.UTF-8', 'It must be a tag of BCP 47, such as de'],
    ['--locale polski', 'A language is named by its code: pl.'],
    ['--locale tlh', 'This Node has no dates and numbers of that locale.'],
    ['--status lost', 'Allowed choices are live, gone, all.'],
  ])('%s is wrong usage', async (line, message) => {
    const { code, err } = await exporting(line)
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(message)])
  })
})
