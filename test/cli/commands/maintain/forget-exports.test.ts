import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
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
    /2 exported files hold or may hold the member:\n.*: has words or the name; it was changed since, so edit it by hand\n/,
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

test('a damaged list is named, and hides no other; --exports wants an export', async () => {
  const file = archived()
  await cli(file, 'export', '-o', 'notes/', '-q')
  mkdirSync(join(dirname(file), 'bad'))
  writeFileSync(join(dirname(file), 'bad', MANIFEST), '{')
  const found = await exportsOf(file, '--dry-run')
  expect(found.map(({ because }) => because).sort()).toEqual(['unread', 'words', 'words'])
  expect(await cli(file, 'forget', 'maeve', '--yes', '--exports', '/nowhere/at/all')).toMatchObject({
    code: 2,
    err: expect.stringContaining('/nowhere/at/all has no folder of an export.'),
  })
  expect((await exportsOf(archived(), '--dry-run', '--exports', dirname(file))).length).toBe(3)
})
