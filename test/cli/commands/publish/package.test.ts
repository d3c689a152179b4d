import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { ABOUT_TEMPLATE } from '../../../../src/export/package/about.js'
import { EXIT } from '../../../../src/model/errors.js'
import { exactly } from '../../../../src/model/time.js'
import { GARDENERS, member, page, post, shelf } from '../../../archive/shelf.js'
import { ABOUT_FILE } from '../../../export/package/about-file.js'
import { newFile } from '../../../run/outside.js'
import { running, testIo } from '../../test-io.js'

const HOSTILE = '=1+1 <script>H()</script> | `x` \u202e[a](javascript:H())\nManifest: x'

/** An archive in a folder of its own, beside a file about a package. */
function archive(status: 'public' | 'private' | 'hidden' = 'public', claimed: number | null = null): string {
  const one = shelf(newFile('bees.db'))
  const posts = [
    post('1', null, { text: HOSTILE, html: '<p>=1+1</p>', author: member('ada', { id: '2', name: HOSTILE }) }),
    post('2', '1', { text: 'a\r\nb "c"\td\\' }),
    post('3', null),
  ]
  const views = ['1', '3'].map(id => ({
    id,
    shown: id === '1' ? 2 : 1,
    whole: true,
    claimed: id === '1' ? claimed : null,
  }))
  one.save(page(posts, { groups: [{ ...GARDENERS, status, name: HOSTILE }], threads: views }))
  one.close()
  writeFileSync(join(dirname(one.file), 'about.yaml'), ABOUT_FILE)
  return one.file
}

/** A zip file in which the compressed bytes of one entry are invalid. */
function withDamage(whole: Buffer, name: string): Buffer {
  const bytes = Buffer.from(whole)
  // Entries of the package have no extra field: their bytes follow the name.
  bytes[bytes.indexOf(`/${name}`) + name.length + 1] = 0xff
  return bytes
}

const run = (command: string, file: string, ...line: string[]) => {
  const cwd = dirname(file)
  const readFile = async (path: string) => readFileSync(path, 'utf8')
  return running([command, '--db', file, ...line], testIo({ cwd, readFile }))
}
const packed = (file: string, ...line: string[]) => run('package', file, '--about', 'about.yaml', ...line)
const verified = async (file: string, path: string) => {
  const { code, out } = await run('verify', file, path, '--json')
  return {
    code,
    report: JSON.parse(out) as {
      sound: boolean
      checks: { name: string; findings: { file: string; what: string }[] }[]
    },
  }
}
const damaged = async (file: string, path: string) => {
  const { code, report } = await verified(file, path)
  expect(code).toBe(EXIT.archive)
  return report.checks.flatMap(({ findings }) => findings.map(({ file: name, what }) => `${name}: ${what}`))
}
const schemaOf = (name: string) =>
  new Ajv2020({ allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(new URL(`../../../../docs/schema/${name}-1.json`, import.meta.url), 'utf8')),
  )
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

describe('package', () => {
  it('says on its first page that it has posts which are gone from the site', async () => {
    const file = archive()
    const gone = async (sql: string, name: string) => {
      const db = new Sqlite(file)
      db.exec(sql)
      db.close()
      await packed(file, '-o', name, '-f', 'csv')
      return readFileSync(join(dirname(file), name, 'README.md'), 'utf8')
    }
    expect(await gone('SELECT 1', 'p')).not.toContain('no longer on the site')
    const sql = "UPDATE posts SET status = 'gone', gone_at = last_seen_at WHERE site_post_id = '2'"
    expect(await gone(sql, 'q')).toContain(
      '1 post of these threads was no longer on the site when it was last read: tables have it with the status `gone`',
    )
  })

  it('says on its first page when, how and how completely it was collected, and how to cite it', async () => {
    const pageOf = async (file: string) => {
      await packed(file, '-o', 'p', '-f', 'csv')
      return readFileSync(join(dirname(file), 'p/README.md'), 'utf8')
    }
    const readme = await pageOf(archive())
    expect(readme).toMatch(/collected with threadkeep \S+ in 1 run on \d+ \w+ \d{4} \(UTC\)\. .*\(data\/methods\.md\)/)
    expect(readme).toMatch(/ \(public\): 2 threads, 3 posts, complete$/m)
    expect(readme).toContain(
      'Lind, Mara (2026): Questions and answers of neighbours, 2021 to 2026. Version 1.0. Data set. https://doi.org/10.0000/neighbours\n',
    )
    const other = archive('public', 5)
    writeFileSync(join(dirname(other), 'about.yaml'), ABOUT_FILE.replace(/^(title: ).*/m, '$1Who asks?'))
    const short = await pageOf(other)
    expect(short).toContain('\nLind, Mara (2026): Who asks? Version 1.0. Data set. https')
    expect(short).toMatch(/ \(public\): 2 threads, 3 of 6 posts$/m)
  })

  it('has all files in the lists of BagIt, with their hashes, and says on its first page what it holds', async () => {
    const file = archive()
    const { code, err } = await packed(file, '-o', 'p', '-f', 'csv,tsv,jsonl,md,parquet')
    expect([code, err]).toEqual([0, expect.stringContaining('posts.csv  2 threads, 3 posts')])
    const folder = join(dirname(file), 'p')
    const lists = ['manifest-sha256.txt', 'tagmanifest-sha256.txt'].map(name =>
      readFileSync(join(folder, name), 'utf8'),
    )
    const listed = lists.flatMap(text =>
      text
        .trim()
        .split('\n')
        .map(line => line.split('  ') as [string, string]),
    )
    for (const [hash, name] of listed) expect(sha256(join(folder, name)), name).toBe(hash)
    const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    expect(listed).toHaveLength(all.length - 1)
    const info = readFileSync(join(folder, 'bag-info.txt'), 'utf8')
    expect(info).toMatch(/^Payload-Oxum: \d+\.\d+$/m)
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    expect(readme).toMatch(/^# Questions and answers/)
    expect(readme).toContain('| `posts.csv` | one table of all posts, for spreadsheets and statistics | 2 | 3 |')
    expect(readme).toContain('2 of 2 threads: every post that the site showed is held in full.')
    expect(readme).not.toMatch(/<script|\u202e|\]\(javascript/)
  })

  it('is sound, as a folder and as a zip file, and the same again', async () => {
    const file = archive()
    const folder = dirname(file)
    for (const name of ['a.zip', 'b.zip', 'p', 'q']) expect((await packed(file, '-o', name)).code, name).toBe(0)
    expect(sha256(join(folder, 'a.zip'))).toBe(sha256(join(folder, 'b.zip')))
    expect(readFileSync(join(folder, 'p/manifest-sha256.txt'), 'utf8')).toBe(
      readFileSync(join(folder, 'q/manifest-sha256.txt'), 'utf8'),
    )
    const data = readdirSync(join(folder, 'p/data'), { recursive: true, withFileTypes: true }).filter(one =>
      one.isFile(),
    )
    expect((await run('verify', file, 'p')).err).toContain(`${data.length} files in data/, `)
    const valid = schemaOf('package-verify')
    for (const path of ['a.zip', 'p']) {
      const { code, report } = await verified(file, path)
      expect([code, report.sound, valid(report) ? [] : valid.errors]).toEqual([0, true, []])
    }
    expect(readdirSync(folder).filter(name => name.includes('threadkeep-'))).toEqual([])
  })

  it('states columns, rows and dialects that are those of the tables', async () => {
    const file = archive()
    const { out } = await packed(file, '-o', 'p', '-f', 'csv,tsv,jsonl', '--json', '--columns', 'id,text,status')
    const valid = schemaOf('package')
    const report = JSON.parse(out) as { formats: { data: { name: string; rows: number }[] }[]; has_gaps: boolean }
    expect([valid(report) ? [] : valid.errors, report.has_gaps]).toEqual([[], false])
    expect(report.formats.flatMap(({ data }) => data.map(({ rows }) => rows))).toEqual([3, 3, 3])
    const descriptor = JSON.parse(readFileSync(join(dirname(file), 'p/data/datapackage.json'), 'utf8')) as {
      version: string
      resources: { path: string; schema?: { fields: { name: string }[] } }[]
    }
    expect(descriptor.version).toBe('1.0')
    const names = (path: string) =>
      descriptor.resources.find(one => one.path === path)?.schema?.fields.map(({ name }) => name)
    expect(names('posts.csv')).toEqual(['id', 'text', 'status'])
    expect(names('posts.jsonl')).toBeUndefined()
  })

  it('lists each file in RO-Crate, and refers only to what it describes', async () => {
    const file = archive()
    await packed(file, '-o', 'p')
    const crate = JSON.parse(readFileSync(join(dirname(file), 'p/data/ro-crate-metadata.json'), 'utf8')) as {
      '@graph': Record<string, unknown>[]
    }
    const ids = crate['@graph'].map(one => one['@id'])
    const references = [
      ...JSON.stringify(crate['@graph'].map(({ '@id': _, ...rest }) => rest)).matchAll(/\{"@id":"([^"]+)"\}/g),
    ]
    expect(
      references.map(match => match[1]).filter(id => !ids.includes(id) && !id?.startsWith('https://w3id.org/')),
    ).toEqual([])
    expect(crate['@graph'][1]).toMatchObject({
      '@id': './',
      datePublished: '2026-11-27',
      author: [{ '@id': 'https://orcid.org/0000-0001-2345-6789' }],
    })
    expect(ids).toEqual(expect.arrayContaining(['posts.csv', 'md/', 'codebook.md', 'methods.md', 'residual-risk.md']))
  })

  it('says on its first page that something is missing', async () => {
    const file = archive('public', 5)
    expect((await packed(file, '-o', 'p')).err).toContain('It has gaps')
    const readme = readFileSync(join(dirname(file), 'p/README.md'), 'utf8')
    expect(readme.split('\n')[2]).toContain('**This data set has gaps')
    expect(readme).toContain('1 thread: something is missing; 2 of 5 posts are held in full.')
    const whole = archive()
    await packed(whole, '-o', 'p')
    expect(readFileSync(join(dirname(whole), 'p/README.md'), 'utf8')).not.toMatch(
      /something is missing|never seen|^- 0/m,
    )
  })

  it('names groups that are closed to the reader, and missing files, in its first sentence', async () => {
    const file = archive()
    const db = new Sqlite(file)
    db.exec(`CREATE TEMP TABLE bees AS SELECT * FROM groups;
      UPDATE bees SET id = 77, site_group_id = NULL, slug = 'bees', name = 'Bees', access = 'members',
        url = 'https://town.example/groups/bees/';
      INSERT INTO groups SELECT * FROM bees;
      INSERT INTO media (url, kind, state, tries) VALUES ('https://town.example/a.png', 'image', 'missing', 1)`)
    db.close()
    expect((await packed(file, '-o', 'p')).err).toContain('It has gaps')
    expect(readFileSync(join(dirname(file), 'p/README.md'), 'utf8').split('\n')[2]).toBe(
      '**This data set has gaps:** 1 group closed to the reader (Bees); 1 file of posts missing. See [Completeness](#completeness).',
    )
    expect((await packed(file, '-o', 'others', 'gardeners')).code).toBe(0)
    expect(readFileSync(join(dirname(file), 'others/README.md'), 'utf8')).not.toContain('Bees')
    expect(await packed(file, '-o', 'none', 'bees')).toMatchObject({
      code: EXIT.access,
      err: expect.stringContaining('"Bees" is for members only'),
    })
  })

  it('withholds what it is asked to, with the report on risk beside it and none of its words in it', async () => {
    const file = archive()
    const { err } = await packed(file, '-o', 'p.zip', '-f', 'csv', '--pseudonyms', 'study.key')
    expect(err).toContain('p.risk.md')
    await packed(file, '-o', 'p', '-f', 'csv', '--pseudonyms', 'study.key')
    expect(readFileSync(join(dirname(file), 'p/README.md'), 'utf8')).toContain(
      'What was withheld: names of members are pseudonyms.',
    )
    const risk = readFileSync(join(dirname(file), 'p/data/residual-risk.md'), 'utf8')
    expect(risk).toContain('**This makes nobody anonymous.**')
    expect(risk).not.toContain('town.example')
    expect(readFileSync(join(dirname(file), 'p/data/posts.csv'), 'utf8')).not.toContain('ada')
    expect((await verified(file, 'p.zip')).code).toBe(0)
  })

  it('has no time of a post finer than a month, and no made-up address, in any byte', async () => {
    const one = shelf(newFile('bees.db'))
    const to = 'https://town.example/activity/p/1/'
    const text = `See ${to} @ada`
    const html = `<p>See <a href="${to}">it</a> <a href="https://town.example/members/ada/">@ada</a></p>`
    const links = [{ kind: 'mention' as const, url: 'https://town.example/members/ada/', text: '@ada' }]
    const when = exactly('2019-07-17T13:37:42Z')
    one.save(page([post('1', null, { when }), post('2', '1', { when, html, text, links })]))
    one.close()
    writeFileSync(join(dirname(one.file), 'about.yaml'), ABOUT_FILE)
    const formats = 'md,html,json,jsonl,csv,tsv,4cat,mbox,graphml,gexf,svg,atom,as2,nodes,edges'
    const flags = ['--pseudonyms', 'key.json', '--dates', 'month', '--drop-links', '--include-private']
    expect((await packed(one.file, '-o', 'p', '-f', formats, ...flags)).code).toBe(0)
    const folder = join(dirname(one.file), 'p')
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      const bytes = entry.isFile() ? readFileSync(path, 'utf8') : ''
      expect(bytes, path).not.toMatch(
        /unknown\.invalid|town\.example\/activity|2019-07-(?!01|31T23:59:59)|17 Jul|July 17|13:37|15633707/,
      )
    }
    expect(readFileSync(join(folder, 'data/posts.mbox'), 'utf8')).toContain('Mon, 01 Jul 2019 00:00:00 +0000')
  })

  it('draws a sample once for all formats, with and without pseudonyms, and says of what', async () => {
    const file = archive()
    const sample = ['--sample', '1', '--seed', '7', '--stratify', 'group', '-f', 'csv,jsonl,md']
    const { code, err, out } = await packed(file, '-o', 'p', ...sample, '--json')
    const figures = { size: 1, of: 2, seed: '7', stratify: 'group', strata: [{ drawn: 1, of: 2 }] }
    expect([code, err]).toEqual([0, expect.stringContaining('Sample: 1 of 2 threads')])
    const valid = schemaOf('package')
    const report = JSON.parse(out) as { formats: { threads: number; posts: number }[] }
    expect([valid(report) ? [] : valid.errors, report]).toMatchObject([[], { threads: 1, sample: figures }])
    expect(new Set(report.formats.map(({ threads, posts }) => `${threads} ${posts}`)).size).toBe(1)
    const text = (name: string) => readFileSync(join(dirname(file), name), 'utf8')
    expect(text('p/README.md')).toContain('**The threads are a sample: 1 of 2 threads, drawn at random with the seed 7')
    expect(text('p/data/methods.md')).toContain('it is a sample: 1 of 2 threads')
    for (const name of ['p/README.md', 'p/data/methods.md'])
      expect(text(name), name).not.toMatch(/<script|\u202e|\]\(javascript/)
    const rows = (JSON.parse(text('p/data/datapackage.json')) as { resources: { rows?: number }[] }).resources
    expect(rows.map(one => one.rows)).toEqual(report.formats.slice(0, 2).map(({ posts }) => posts))
    await packed(file, '-o', 'q', ...sample, '--pseudonyms', 'study.key')
    const ids = (name: string) => text(name).match(/^\d+(?=,)/gm)
    expect(ids('q/data/posts.csv')).toEqual(ids('p/data/posts.csv'))
    for (const name of ['q/README.md', 'q/data/methods.md', 'q/data/methods.json'])
      expect(text(name), name).toContain('Group 1')
    expect((await verified(file, 'q')).code).toBe(0)
  })

  it('describes the archive by its whole content, also where a sample is packed', async () => {
    const file = archive()
    await packed(file, '-o', 'p')
    await packed(file, '-o', 'q', '--sample', '1', '--seed', '7')
    const report = (name: string) =>
      JSON.parse(readFileSync(join(dirname(file), name, 'data/methods.json'), 'utf8')) as { fixity: string }
    expect(report('q').fixity).toBe(report('p').fixity)
  })

  it('has annotations, matched to what the site calls posts, with their columns in codebook and schema', async () => {
    const file = archive()
    const folder = dirname(file)
    writeFileSync(join(folder, 'kim.csv'), 'id,coder,code,note\n2,Kim,care;reply to ada,asks ada\n')
    const line = ['--annotations', 'kim.csv', '-f', 'csv,jsonl,md', '--pseudonyms', 'study.key', '--dates', 'month']
    expect((await packed(file, '-o', 'p', ...line)).err).toContain('3 posts')
    const text = (name: string) => readFileSync(join(folder, 'p/data', name), 'utf8')
    expect(
      text('posts.csv')
        .split('\r\n')
        .filter(row => row.includes('care; reply to Member 001,Kim,Kim: asks Member 001')),
    ).toHaveLength(1)
    expect(text('posts.jsonl')).toContain('"note":"asks Member 001"')
    expect(text('codebook.md')).toContain('codes that any coder gave the post')
    const { resources } = JSON.parse(text('datapackage.json')) as {
      resources: { schema?: { fields: { name: string }[] } }[]
    }
    expect(resources[0]?.schema?.fields.map(({ name }) => name).slice(-3)).toEqual(['codes', 'coders', 'notes'])
    expect(text('README.md')).toContain('codes and notes of coders')
    expect((await verified(file, 'p')).code).toBe(0)
    await packed(file, '-o', 'codes', '--annotations', 'kim.csv', '-f', 'csv', '--columns', 'id,codes')
    expect(readFileSync(join(folder, 'codes/data/codebook.md'), 'utf8')).toContain('codes that any coder gave the post')
  })

  it('claims no selection where there was none', async () => {
    const file = archive()
    await packed(file, '-o', 'p', '--pseudonyms', 'study.key')
    const report = readFileSync(join(dirname(file), 'p/data/methods.json'), 'utf8')
    expect((JSON.parse(report) as { exports: { selection: string }[] }).exports[0]?.selection).toBe('')
  })

  it.each(['private', 'hidden'] as const)('refuses a %s group, unless it is asked for', async status => {
    const file = archive(status)
    const { code, err } = await packed(file, '-o', 'p')
    expect([code, existsSync(join(dirname(file), 'p'))]).toEqual([EXIT.usage, false])
    expect(err).toContain('--include-private')
    expect((await packed(file, '-o', 'p', '--include-private')).code).toBe(0)
  })

  it.each([
    [['-o', 'full'], 'is not empty'],
    [['-o', 'bees.db'], 'is a file'],
    [[], 'A package is a folder or a zip file.'],
    [['-o', 'p', '-f', 'maildir'], 'maildir cannot be in a package'],
    [['-o', 'p', '-f', 'nope'], 'Allowed choices'],
    [['-o', 'p', '-f', 'wacz', '--pseudonyms', 'study.key'], 'holds the pages as the site has sent them'],
    [['-o', 'p', '--pseudonyms', 'p/study.key'], 'p/study.key'],
    [['-o', 'p', 'nobody'], 'nobody'],
    [['-o', 'p', '--sample', '9'], 'There are only 2 threads to draw 9 from.'],
    [['-o', 'p', '--seed', '9'], 'A seed is for a sample.'],
    [['-o', 'p', '-f', 'csv,warc', '--sample', '1'], 'No sample can be drawn for warc.'],
    [['-o', 'p', '--annotations', 'none.csv'], 'none.csv'],
    [['-o', 'p', '--annotations', 'about.yaml'], 'about.yaml has no column for the post.'],
  ])('%j: says what is wrong, and leaves nothing', async (line, words) => {
    const file = archive()
    mkdirSync(join(dirname(file), 'full'))
    writeFileSync(join(dirname(file), 'full/x'), 'x')
    const before = readdirSync(dirname(file))
    const { code, err } = await packed(file, ...line)
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(words)])
    expect(readdirSync(dirname(file)).filter(name => name !== 'study.key')).toEqual(before)
  })

  it('prints an example of the file about it', async () => {
    expect((await run('package', archive(), '--about-template')).out).toBe(ABOUT_TEMPLATE)
  })

  it('takes a version as it is written, with or without quotes', async () => {
    const file = archive()
    writeFileSync(join(dirname(file), 'about.yaml'), ABOUT_FILE.replace(/^version:.*/m, 'version: 1.10'))
    expect((await packed(file, '-o', 'p')).code).toBe(0)
    expect(readFileSync(join(dirname(file), 'p/README.md'), 'utf8')).toContain('Version: 1.10\n')
  })

  it('has one title in all its files, and is sound, whatever characters the title has', async () => {
    const file = archive()
    const title = 'title: "\\u202eBees  and\\tbees\\e[31m ]]>"'
    writeFileSync(join(dirname(file), 'about.yaml'), ABOUT_FILE.replace(/^title:.*/m, title))
    expect((await packed(file, '-o', 'p')).code).toBe(0)
    const { code, out } = await run('verify', file, 'p')
    expect([code, out]).toEqual([0, expect.not.stringContaining('wrong')])
    expect(readFileSync(join(dirname(file), 'p/README.md'), 'utf8')).toMatch(/^# Bees and bees\[31m \]\]>\n/)
  })

  it.each([
    [ABOUT_FILE.replace(/^licence:.*$/m, ''), 'does not name the licence.'],
    [ABOUT_FILE.replace(/^creators:[\s\S]*?(?=# An SPDX)/m, 'creators: []\n'), 'The creators of'],
    [ABOUT_FILE.replace('  - name: Lind, Mara', '  - nick: Ada'), 'creators 1'],
    [`${ABOUT_FILE}colour: blue\n`, 'unknown entry "colour"'],
    [`${ABOUT_FILE}# wordpress_logged_in_${'a'.repeat(32)}=x\n`, 'looks like a cookie of WordPress'],
    [ABOUT_FILE.replace('no. 2026-017', 'abcd EFGH 1234 ijkl MNOP 5678'), 'looks like an application password'],
    ['title: [', 'is not YAML'],
    ['description: d\ntitle: Two: parts\n', 'about.yaml is not YAML: line 2: '],
    ['title: a\ncontact: b\n', 'about.yaml does not name the description, creators, licence and consent.'],
    [
      ABOUT_FILE.replace('0000-0001-2345-6789', '0000-0001-2345-6798'),
      'creators 1 orcid of about.yaml cannot be used: one',
    ],
    [
      ABOUT_FILE.replace(/^funding:[\s\S]*?(?=^language)/m, 'funding: DFG\n'),
      'it is no list, one entry a line after a',
    ],
    [ABOUT_FILE.replace(/^language:.*/m, 'language:'), 'The language of about.yaml cannot be used: it is empty.'],
    [ABOUT_TEMPLATE, 'about.yaml still has examples of the template: title, description, creators, consent, contact,'],
    [ABOUT_FILE.replace('Lind, Mara', 'Example,  Ada'), 'examples of the template: creators.'],
    [ABOUT_FILE.replace('mara.lind@', 'ada@'), 'examples of the template: contact.'],
    [
      ABOUT_FILE.replace('https://doi.org/10.0000/neighbours', 'doi:10.0000/example'),
      'examples of the template: identifier.',
    ],
    [
      ABOUT_FILE.replace('A neighbour announced', 'The convenor of the group announced'),
      'examples of the template: consent.',
    ],
    ['a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n', 'refers to its own entries too often'],
    ['', 'does not name the title, description, creators, licence, consent and contact.'],
  ])('names what is wrong with the file about it', async (text, words) => {
    const file = archive()
    writeFileSync(join(dirname(file), 'about.yaml'), text)
    const { code, err } = await packed(file, '-o', 'p')
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(words)])
    // The advice must not replace the file that is to be corrected.
    expect(err).not.toContain('> about.yaml')
    expect(existsSync(join(dirname(file), 'p'))).toBe(false)
  })
})

describe('verify of a package', () => {
  it('names each file that was changed, removed or added, and each statement that is not true', async () => {
    const file = archive()
    await packed(file, '-o', 'p')
    const folder = join(dirname(file), 'p')
    const csv = readFileSync(join(folder, 'data/posts.csv'), 'utf8')
    writeFileSync(join(folder, 'data/posts.csv'), csv.replace('Post 3', 'Post 4'))
    writeFileSync(join(folder, 'data/posts.jsonl'), `${readFileSync(join(folder, 'data/posts.jsonl'), 'utf8')}{}\n`)
    writeFileSync(join(folder, 'data/extra.txt'), 'x')
    symlinkSync('/etc/passwd', join(folder, 'data/link'))
    const found = await damaged(file, 'p')
    expect(found).toEqual(
      expect.arrayContaining([
        'data/posts.csv: it was changed: its hash is another one',
        'data/extra.txt: it is in no list',
        'data/link: it is a link',
      ]),
    )
    expect(found.join('\n')).toMatch(/data\/posts\.jsonl: datapackage\.json says 3 rows, and it has 4/)
    expect(found.join('\n')).toMatch(/bag-info\.txt: it says \d+\.\d+ \(bytes and files of data\)/)
  })

  it('sees metadata that were changed together with their hashes', async () => {
    const file = archive()
    await packed(file, '-o', 'p')
    const folder = join(dirname(file), 'p')
    const change = (name: string, from: string | RegExp, to: string) =>
      writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').replace(from, to))
    const before = sha256(join(folder, 'data/datapackage.json'))
    change('data/datapackage.json', '"rows": 3', '"rows": 7')
    const list = sha256(join(folder, 'manifest-sha256.txt'))
    change('manifest-sha256.txt', before, sha256(join(folder, 'data/datapackage.json')))
    change('tagmanifest-sha256.txt', list, sha256(join(folder, 'manifest-sha256.txt')))
    expect(await damaged(file, 'p')).toEqual(['data/posts.csv: datapackage.json says 7 rows, and it has 3'])
  })

  it('counts an entry of a zip file that cannot be read once, as one without its hash', async () => {
    const file = archive()
    const path = join(dirname(file), 'p.zip')
    await packed(file, '-o', 'p.zip')
    const whole = readFileSync(path)
    for (const name of ['data/methods.json', 'manifest-sha256.txt', 'data/datapackage.json']) {
      writeFileSync(path, withDamage(whole, name))
      const { code, out, err } = await run('verify', file, 'p.zip')
      expect([code, out]).toEqual([EXIT.archive, expect.stringContaining(`wrong\thashes\t${name}\tit has no hash`)])
      expect(out).not.toMatch(/^ok\thashes/m)
      expect(err).toContain(
        ' 1 file damaged, missing or added. Get it again from where it was deposited, or make it again with `threadkeep package`.',
      )
    }
  })

  it('refuses what is neither a package nor an archive, and options of archives', async () => {
    const file = archive()
    await packed(file, '-o', 'p')
    expect((await run('verify', file, 'about.yaml')).err).toContain('is neither an archive nor a package')
    expect((await run('verify', file, 'nope.zip')).err).toMatch(/^Error: There is no .*nope\.zip\.\n/)
    writeFileSync(join(dirname(file), 'bin'), '\0\x01')
    expect((await run('package', file, '--about', 'bin', '-o', 'q')).err).toContain('bin is no list of entries')
    expect((await run('methods', file, '-o', 'p')).err).toMatch(/^Error: .*p is a folder\.\nName a file\.\n/)
    expect((await run('export', file, '--sample', '9'.repeat(20))).err).toContain('1 or more, up to 999,999,999.')
    expect((await run('verify', file, 'p', '--mend')).err).toContain('never changed')
    expect((await run('verify', file, 'bees.db')).err).toBe('The archive is sound.\n')
  })
})
