import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import type { Attachment } from '../../src/model/discussion.js'
import { running, testIo } from '../cli/test-io.js'
import { archiveShowing, attached, fetching, file, HOST, hosts, png } from '../run/media/hosts.js'
import { newFile } from '../run/outside.js'
import { ENV, member, page, post, rows, shelf } from './shelf.js'

const MAEVE = member('maeve', {
  id: '5',
  name: 'Maeve',
  url: `${HOST}members/maeve/`,
  avatarUrl: `${HOST}avatars/m.png`,
})
const BEN = member('ben', { id: '6', name: 'Ben', url: `${HOST}members/ben/` })

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.\w+$/.test(name))
    : []
const mediaOf = (path: string) => path.replace(/\.db$/, '.media')
const command = (...line: string[]) => running(line, testIo({ env: { NO_COLOR: '1' } }))

/** Maeve and Ben show a picture each, and one together; Maeve has one that she took out of her post again. */
async function town() {
  const showing = (...names: string[]): { attachments: Attachment[] } => ({
    attachments: names.map(name => attached(`${HOST}${name}.png`)),
  })
  const one = shelf()
  const saved = (words: string, ...names: string[]) =>
    one.save(
      page(
        [
          post('1', null, { author: MAEVE, url: `${HOST}activity/p/1/`, text: words, ...showing(...names) }),
          post('2', null, { author: BEN, url: `${HOST}activity/p/2/`, ...showing('ben', 'both') }),
        ],
        { site: { url: HOST, name: 'Town' }, url: `${HOST}groups/gardeners/` },
      ),
    )
  saved('First words', 'maeve', 'both', 'earlier')
  one.close()
  const names = ['maeve', 'ben', 'both', 'earlier']
  const answers = Object.fromEntries(names.map(name => [`${HOST}${name}.png`, file(png(name))]))
  const { proxy } = await hosts({ ...answers, [`${HOST}avatars/m.png`]: file(png('face')) })
  await fetching(one.file, proxy, { limits: { avatars: true } })
  const later = shelf(one.file)
  later.save(
    page(
      [
        post('1', null, {
          author: MAEVE,
          url: `${HOST}activity/p/1/`,
          text: 'Other words',
          ...showing('maeve', 'both'),
        }),
      ],
      {
        site: { url: HOST, name: 'Town' },
      },
    ),
  )
  later.close()
  return one.file
}

const kept = (path: string) =>
  rows<{ url: string }>(path, "SELECT url FROM media WHERE state = 'kept' ORDER BY url").map(({ url }) =>
    url.slice(HOST.length),
  )

describe('forgetting a member', () => {
  it('removes the files that nobody else shows, also those of earlier texts, and the picture of the profile', async () => {
    const path = await town()
    expect([kept(path).length, filesIn(mediaOf(path)).length]).toEqual([5, 5])
    const { out, code } = await command('forget', 'maeve', '--yes', '--json', '--db', path)
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ posts: 1, files: 3 })])
    expect([kept(path), filesIn(mediaOf(path)).length]).toEqual([['ben.png', 'both.png'], 2])
  })

  it('says so before, and changes nothing', async () => {
    const path = await town()
    const { out } = await command('forget', 'maeve', '--dry-run', '--db', path)
    expect(out).toContain('3 files that only they show are erased.')
    expect(filesIn(mediaOf(path))).toHaveLength(5)
  })

  it('is finished by the next call after a crash: a file that no row names goes', async () => {
    const path = await town()
    await command('forget', 'maeve', '--yes', '--db', path)
    const [folder = ''] = readdirSync(mediaOf(path))
    const stray = join(mediaOf(path), folder, `${folder}${'0'.repeat(62)}.png`)
    writeFileSync(stray, 'what a killed run left')
    const archive = openArchive(path, 'write', ENV)
    expect(archive.media.sweep()).toBe(1)
    archive.close()
    expect([existsSync(stray), filesIn(mediaOf(path)).length]).toEqual([false, 2])
  })

  it('takes the name out of addresses with --mentions redact, as in the posts of others', async () => {
    const one = shelf()
    const about = { site: { url: HOST, name: 'Town' } }
    const url = `${HOST}members/maeve/garden.png`
    one.save(
      page([post('1', null, { author: MAEVE }), post('2', null, { author: BEN, attachments: [attached(url)] })], about),
    )
    one.close()
    const { proxy } = await hosts({ [url]: file(png('two')) })
    await fetching(one.file, proxy)
    await command('forget', 'maeve', '--yes', '--mentions', 'redact', '--db', one.file)
    const [row] = rows<Record<string, string>>(one.file, 'SELECT url, final_url, name, state FROM media')
    const [shown] = rows<{ url: string }>(one.file, 'SELECT url FROM attachments')
    expect([JSON.stringify(row).includes('maeve'), row?.['state'], row?.['url']]).toEqual([false, 'kept', shown?.url])
    expect(filesIn(mediaOf(one.file))).toHaveLength(1)
  })
})

describe('verify', () => {
  const path = async () => {
    const db = archiveShowing(`${HOST}a.png`, `${HOST}b.png`)
    const { proxy } = await hosts({ [`${HOST}a.png`]: file(png('a')), [`${HOST}b.png`]: file(png('b')) })
    await fetching(db, proxy)
    return { db, proxy, files: filesIn(mediaOf(db)).map(name => join(mediaOf(db), name)) }
  }

  it('is content with files that are in their place', async () => {
    const { db } = await path()
    expect((await command('verify', '--db', db)).code).toBe(0)
  })

  it.each([
    ['absent', (name: string) => rmSync(name), 'files', /it is not there/],
    ['too short', (name: string) => writeFileSync(name, 'x'), 'files', /it has 1 bytes instead of 9/],
    ['changed', (name: string) => writeFileSync(name, png('z')), 'contents', /its SHA-256 differs/],
  ] as const)(
    'finds a file that is %s, and mends it so that the next run fetches it',
    async (_what, harm, check, words) => {
      const { db, proxy, files } = await path()
      harm(files[0] ?? '')
      const found = await command('verify', '--db', db)
      expect([found.code, found.out]).toEqual([6, expect.stringMatching(new RegExp(`^wrong\\t${check}\\t`, 'm'))])
      expect(found.out).toMatch(words)
      expect((await command('verify', '--mend', '--db', db)).code).toBe(0)
      await fetching(db, proxy)
      expect(filesIn(mediaOf(db))).toHaveLength(2)
      expect((await command('verify', '--db', db)).code).toBe(0)
    },
  )
})

describe('merge', () => {
  const archives = async () => {
    const [a, b] = [
      archiveShowing(`${HOST}a.png`, `${HOST}both.png`),
      archiveShowing(`${HOST}b.png`, `${HOST}both.png`),
    ]
    const { proxy } = await hosts({
      [`${HOST}b.png`]: file(png('b')),
      [`${HOST}both.png`]: file(png('both')),
    })
    await fetching(b, proxy)
    await fetching(a, proxy)
    return { a, b }
  }

  it('brings the files of the other archives along, and merging again copies nothing', async () => {
    const { a, b } = await archives()
    const result = newFile('all.db')
    const { out, code } = await command('merge', a, b, '-o', result, '--json')
    expect([code, JSON.parse(out).files]).toEqual([0, { copied: 2, missing: 0 }])
    expect(kept(result)).toEqual(['b.png', 'both.png'])
    expect(filesIn(mediaOf(result))).toHaveLength(2)
    expect((await command('verify', '--db', result)).code).toBe(0)
    const again = await command('merge', b, '--into', result, '--json')
    expect(JSON.parse(again.out)).toMatchObject({ changed: false, files: { copied: 0, missing: 0 } })
    expect(rows(result, 'SELECT count(*) AS uses FROM media_uses')).toEqual([{ uses: 3 }])
  })

  it('says of files that are in none of the folders', async () => {
    const { a, b } = await archives()
    rmSync(mediaOf(b), { recursive: true })
    const { out } = await command('merge', b, '--into', a)
    expect(out).toContain('1 file of posts not found beside the archives.')
    expect(dirname(a)).not.toBe(dirname(b))
  })
})

describe('the list of files', () => {
  it('says what is kept and what is missing, and why', async () => {
    const db = archiveShowing(`${HOST}a.png`, `${HOST}b.png`)
    const { proxy } = await hosts({ [`${HOST}a.png`]: file(png('a')) })
    await fetching(db, proxy)
    const { out } = await command('media', '--db', db)
    expect(out.split('\n').map(line => line.split('\t').slice(0, 4))).toEqual([
      ['kept', `${HOST}a.png`, 'image', 'image/png'],
      ['missing', `${HOST}b.png`, 'image', ''],
      [''],
    ])
    expect((await command('media', 'list', '--missing', '--db', db)).out).toMatch(/^missing\t.*\tnot-found\t/)
    expect((await command('status', '--db', db)).out).toContain('Files: 1 file kept, 9 B; 1 missing')
  })

  it('is one document with --json, as its schema says', async () => {
    const { Ajv2020 } = await import('ajv/dist/2020.js')
    const url = new URL('../../docs/schema/media-1.json', import.meta.url)
    const valid = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(url, 'utf8')) as object)
    const db = archiveShowing(`${HOST}a.png`, `${HOST}b.png`)
    const { proxy } = await hosts({ [`${HOST}a.png`]: file(png('a')) })
    await fetching(db, proxy)
    const document = JSON.parse((await command('media', '--json', '--db', db)).out) as object
    expect([valid(document), valid.errors]).toEqual([true, null])
    expect(document).toMatchObject({ kept: 1, bytes: 9, missing: 1, folder: mediaOf(db) })
  })

  it('is empty for an archive of an earlier schema, which is read as it is', async () => {
    const { copyFileSync, mkdirSync } = await import('node:fs')
    const db = newFile('old.db')
    mkdirSync(dirname(db), { recursive: true })
    copyFileSync(join(import.meta.dirname, '../../fixtures/archive/v5.db'), db)
    const { out, code } = await command('media', '--json', '--db', db)
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ kept: 0, files: [] })])
    expect((await command('verify', '--db', db)).code).toBe(0)
  })

  it.each([
    [['media', 'eat'], /"eat" is nothing that media can do/],
    [['media', 'list', 'http://x.example/'], /list takes no targets/],
    [['archive', '--avatars', 'http://x.example/'], /Add --media/],
    [['archive', '--media', '--wayback', 'http://x.example/'], /--media fetches files from the community/],
    [['archive', '--media', '--media-max', 'huge', 'http://x.example/'], /It must be a size/],
    [['archive', '--media', '--media-types', 'image,cheese', 'http://x.example/'], /The types are image/],
  ])('%s is refused', async (line, words) => {
    const { code, err } = await command(...line, '--db', newFile())
    expect([code, err]).toEqual([2, expect.stringMatching(words)])
  })
})
