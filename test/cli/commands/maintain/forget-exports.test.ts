import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import type { ExportedFile, ForgetReport } from '../../../../src/model/reports/forget.js'
import { MANIFEST } from '../../../../src/node/manifest.js'
import { member, page, post, SITE, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const MAEVE = member('maeve', { id: '5', name: "Maeve O'Neill" })
const BEN = member('ben', { id: '6', name: 'Ben' })

const words = (text: string) => ({ text, html: `<p>${text}</p>` })

function archived(): string {
  const one = shelf()
  one.save(
    page([
      post('1', null, { author: MAEVE, ...words('My secret bean is a purple one') }),
      post('2', null, { author: BEN, ...words('Maeve O’Neill, really?') }),
      post('3', null, { author: BEN, ...words('Nothing of the kind') }),
    ]),
  )
  one.close()
  return one.file
}

const cli = (file: string, ...line: string[]) =>
  running([...line, '--db', file], testIo({ cwd: dirname(file), env: { NO_COLOR: '1' } }))

const schema = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../../../docs/schema/forget-1.json', import.meta.url), 'utf8')) as object,
)

async function exportsOf(file: string, ...line: string[]): Promise<ExportedFile[]> {
  const { code, out } = await cli(file, 'forget', 'maeve', '--json', ...line)
  expect(code).toBe(0)
  const report = JSON.parse(out) as ForgetReport
  expect(schema(report), JSON.stringify(schema.errors)).toBe(true)
  return report.exports
}

const idOf = ({ file }: ExportedFile) => /-(\d)\.md$/.exec(file)?.[1] ?? file

test('forget lists the exported files that hold the member, until they are exported again', async () => {
  const file = archived()
  await cli(file, 'export', '-o', 'notes/', '-q')
  await cli(file, 'export', '-f', 'csv', '-o', 'deep/er/', '-q')
  const found = await exportsOf(file, '--dry-run')
  expect(found.map(idOf).sort()).toEqual(['1', '2', expect.stringMatching(/\.csv$/)])
  expect(found.every(({ because, changed }) => because === 'words' && !changed)).toBe(true)
  expect(found.find(one => idOf(one) === '1')).toMatchObject({
    folder: join(dirname(file), 'notes'),
    format: 'md',
    selection: '',
  })

  const done = await exportsOf(file, '--yes', '--mentions', 'redact')
  expect(done).toEqual(found)
  await cli(file, 'export', '-o', 'notes/', '-q')
  expect((await exportsOf(file, '--yes')).map(({ format }) => format)).toEqual(['csv'])
  await cli(file, 'export', '-f', 'csv', '-o', 'deep/er/', '-q')
  expect(await exportsOf(file, '--yes')).toEqual([])
})

test('a file that was changed since is said to be, and one that is gone is not listed', async () => {
  const file = archived()
  await cli(file, 'export', '-o', 'notes/', '-q')
  const [first] = await exportsOf(file, '--dry-run')
  appendFileSync(join(first?.folder ?? '', first?.file ?? ''), '\nMy own note\n')
  const { out } = await cli(file, 'forget', 'maeve', '--dry-run')
  expect(out).toMatch(
    /2 exported files hold or may hold the member:\n.*notes \(2 files\)\n.*: has the name; it was changed since, so edit it by hand\n/,
  )
})

test('what can not be searched goes by its thread, or is said to be unread; pictures of others are passed over', async () => {
  const file = archived()
  const folder = join(dirname(file), 'other')
  mkdirSync(folder)
  const files = {
    'a.docx': `${SITE} 1`,
    'b.docx': `${SITE} 2`,
    'c.docx': `${SITE} 3`,
    'd.epub': undefined,
    'e.png': undefined,
  }
  for (const name of Object.keys(files)) writeFileSync(join(folder, name), 'PK')
  const written = Object.entries(files).map(([name, thread]) => [name, { sha256: 'x', ...(thread && { thread }) }])
  const list = {
    schema: 'threadkeep.manifest/1',
    exports: [{ format: 'docx', selection: '', files: Object.fromEntries(written) }],
  }
  writeFileSync(join(folder, MANIFEST), JSON.stringify(list))
  const reasons = (await exportsOf(file, '--dry-run')).map(one => [one.file, one.because])
  expect(reasons).toEqual([
    ['a.docx', 'thread'],
    ['b.docx', 'thread'],
    ['d.epub', 'unread'],
  ])
})

test('packages are searched, as folders and as zip files; words without the name are told from the name', async () => {
  const file = archived()
  const folder = dirname(file)
  for (const of of ['name', 'words', 'nobody']) mkdirSync(join(folder, 'deposits', of, 'data'), { recursive: true })
  const bag = (of: string, text: string) => {
    writeFileSync(join(folder, 'deposits', of, 'bagit.txt'), 'BagIt-Version: 1.0\n')
    writeFileSync(join(folder, 'deposits', of, 'data/posts.csv'), `id,text\n1,${text}\n`)
  }
  bag('name', 'Maeve O’Neill, really?')
  bag('words', 'My secret bean is a purple one')
  bag('nobody', 'Nothing of the kind')
  const zip = new yazl.ZipFile()
  zip.addBuffer(Buffer.from('BagIt-Version: 1.0\n'), 'p/bagit.txt')
  zip.addBuffer(Buffer.from('{"text":"My secret bean is a purple one"}\n'), 'p/data/posts.jsonl')
  zip.end()
  writeFileSync(join(folder, 'p.zip'), await buffer(zip.outputStream as Readable))
  const found = await exportsOf(file, '--dry-run', '--exports', join(folder, 'deposits', 'name'))
  expect(found.map(one => [one.folder.slice(folder.length), one.file, one.format, one.because, one.named])).toEqual([
    ['/deposits/name', 'data/posts.csv', 'package', 'words', true],
    ['/deposits/words', 'data/posts.csv', 'package', 'words', false],
    ['', 'p.zip', 'package', 'words', false],
  ])
  const { out } = await cli(file, 'forget', 'maeve', '--dry-run', '--exports', 'p.zip')
  expect(out).toContain(`
    ${folder}/deposits/name (1 file; package: make it again)
      data/posts.csv: has the name
    ${folder}/deposits/words (1 file; package: make it again)
      data/posts.csv: has words of the member, not the name
    ${folder} (1 file)
      p.zip: has words of the member, not the name; package: make it again
`)
  expect(out).toContain('Not searched: single files (-o posts.csv)')
})

test('many files of a folder are counted, and --json is named for the rest', async () => {
  const file = archived()
  mkdirSync(join(dirname(file), 'p'))
  writeFileSync(join(dirname(file), 'p/bagit.txt'), '')
  for (let at = 0; at < 23; at++) writeFileSync(join(dirname(file), 'p', `${at}.txt`), '@maeve')
  const { out } = await cli(file, 'forget', 'maeve', '--dry-run')
  expect(out).toContain('/p (23 files; package: make it again)\n')
  expect(out).toContain('      and 3 more: --json lists all\n')
})

test('a damaged list is named, and hides no other; --exports wants an export', async () => {
  const file = archived()
  await cli(file, 'export', '-o', 'notes/', '-q')
  mkdirSync(join(dirname(file), 'bad'))
  writeFileSync(join(dirname(file), 'bad', MANIFEST), '{')
  const found = await exportsOf(file, '--dry-run')
  expect(found.map(({ because }) => because).sort()).toEqual(['unread', 'words', 'words'])
  expect(await cli(file, 'forget', 'maeve', '--yes', '--exports', '/nowhere/at/all')).toMatchObject({
    code: 2,
    err: expect.stringContaining('/nowhere/at/all has no folder of an export and no package.'),
  })
  expect((await exportsOf(archived(), '--dry-run', '--exports', dirname(file))).length).toBe(3)
})
