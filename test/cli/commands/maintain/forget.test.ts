import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import type { Io } from '../../../../src/cli/terminal/io.js'
import { member, page, post, rows, SITE, shelf } from '../../../archive/shelf.js'
import { running, testIo } from '../../test-io.js'

const schema = JSON.parse(
  readFileSync(new URL('../../../../docs/schema/forget-1.json', import.meta.url), 'utf8'),
) as object
const valid = new Ajv2020({ allowUnionTypes: true }).compile(schema)

const MAEVE = member('maeve', { id: '5', name: "Maeve O'Neill" })

function archived(): string {
  const one = shelf()
  const words = 'My secret bean is a purple one'
  one.save(
    page([
      post('1', null, { author: MAEVE, text: words, html: `<p>${words}</p>` }),
      post('2', '1', { author: member('ben', { id: '6', name: 'Ben' }), text: 'Maeve O’Neill, really?' }),
      post('3', '1', { author: member('beth', { id: '7', name: 'Ben' }) }),
    ]),
  )
  one.close()
  return one.file
}

function forget(file: string, line: string[], changes: Partial<Io> = {}) {
  return running(['forget', '--db', file, ...line], testIo({ env: { NO_COLOR: '1' }, ...changes }))
}

const texts = (file: string) =>
  rows<{ text: string }>(file, 'SELECT text FROM posts ORDER BY id').map(({ text }) => text)

test('--dry-run tells, and changes nothing', async () => {
  const file = archived()
  const before = readFileSync(file)
  const { code, out, err } = await forget(file, ['maeve', '--dry-run'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toBe(`Maeve O'Neill (https://town.example/members/maeve/)
  1 post and 0 earlier texts lose their words, and keep their places in the threads.
  Names, URLs and pictures of the profile are erased.
  Bodies of 1 captured response with their words or name are erased: reparse can't read these pages again.
  Name kept in 1 post of others (--mentions redact removes it): 2
  This command does not change backups and exports: erase the member there, too.
  Searched: folders of exports and packages. Not searched: single files (-o posts.csv), and copies elsewhere (--exports PATH).
`)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('without a terminal it wants --yes', async () => {
  const file = archived()
  for (const line of [['maeve'], ['maeve', '--no-input'], ['maeve', '--json']]) {
    const out = line.includes('--json') ? expect.stringContaining('threadkeep.error/1') : ''
    expect(await forget(file, line)).toMatchObject({ code: 2, out, err: expect.stringContaining('--yes') })
  }
  expect(texts(file)[0]).toContain('secret')
})

test('at a terminal it asks, and takes no for an answer', async () => {
  const file = archived()
  const answering = (answer: string | null) => ({ stdinIsTTY: true, ask: async () => answer })
  for (const answer of [null, '', 'n', 'yesterday']) {
    const { code, err } = await forget(file, ['maeve'], answering(answer))
    expect([code, err.split('\n').at(-2)]).toEqual([0, 'Nothing was changed.'])
  }
  expect(texts(file)[0]).toContain('secret')
  const { code, out } = await forget(file, ['maeve'], answering('y'))
  expect(code).toBe(0)
  expect(out).toContain('Erased: 1 post, 0 earlier texts, 1 captured response.')
  expect(texts(file)[0]).toBe('')
})

test('a second time says that it is done, by whatever name', async () => {
  const file = archived()
  await forget(file, ['5', '--yes'])
  for (const name of ['maeve', "Maeve O'Neill", `${SITE}members/maeve/`, '5']) {
    const { code, out } = await forget(file, [name, '--yes'])
    expect([code, out.split('\n')[0]]).toEqual([0, 'This member was already erased on 2024-05-20.'])
  }
})

test('unknown and ambiguous names', async () => {
  const file = archived()
  expect(await forget(file, ['mave', '--yes'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/No member "mave" is in this archive\.[\s\S]*maeve {2}Maeve O'Neill {2}1 post/),
  })
  expect(await forget(file, ['Ben', '--yes', '--site', 'https://other.example/'])).toMatchObject({ code: 2 })
  const { code, err } = await forget(file, ['Ben', '--yes'])
  expect([code, err]).toEqual([2, expect.stringContaining('names 2 members of this archive')])
  expect(err).toContain('ben  Ben  1 post  https://town.example/members/ben/')
  expect(await forget(file, ['beth', '--yes'])).toMatchObject({ code: 0 })
})

test('the command line, which names them, is kept nowhere', async () => {
  const file = archived()
  await forget(file, ["Maeve O'Neill", '--yes', '--mentions', 'redact'])
  expect(rows(file, 'SELECT command FROM runs ORDER BY id DESC LIMIT 1')).toEqual([{ command: 'forget' }])
  expect(readFileSync(file).toString('utf8')).not.toMatch(/maeve|neill/i)
  expect(texts(file)[1]).toBe('forgotten-member, really?')
})

test('--json is a record that names nobody', async () => {
  const file = archived()
  for (const [line, state] of [
    [['--dry-run', '--json'], 'dry-run'],
    [['--yes', '--json'], 'forgotten'],
    [['--yes', '--json'], 'already'],
  ] as const) {
    const { out } = await forget(file, ['maeve', ...line])
    const report = JSON.parse(out)
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true)
    expect(report).toMatchObject({ state, member: '5', site: SITE })
    expect(out).not.toMatch(/maeve/i)
  }
})

test('copies beside the archive are named', async () => {
  const file = archived()
  writeFileSync(`${file}.before-schema-4`, '')
  const { out } = await forget(file, ['maeve', '--yes'])
  expect(out).toContain(`  Not changed: ${file}.before-schema-4\n`)
})

test('show, list and markdown show the place', async () => {
  const file = archived()
  await forget(file, ['maeve', '--yes'])
  const io = () => testIo({ env: { NO_COLOR: '1' } })
  const shown = await running(['show', '1', '--db', file], io())
  expect(shown.out).toContain(`erased member · 2025-06-01 12:00\n│  (forgotten)\n`)
  const document = await running(['export', '1', '-o', '-', '-f', 'md', '--db', file], io())
  expect(document.out).toMatch(/\*\*#1 erased member\*\*/i)
  expect(document.out).toContain('*Forgotten.*')
  expect((await running(['list', '--db', file], io())).out).toContain('(forgotten)')
})
