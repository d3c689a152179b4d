import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EXPORTERS } from '../../../../src/export/index.js'
import type { StoredPost, StoredThread } from '../../../../src/model/archive.js'
import { exactly } from '../../../../src/model/time.js'
import { post, readerOf, thread } from '../../fake-reader.js'
import { holding, running, testIo } from '../../test-io.js'

/** Formats that need no program of others; captures are those of the last reading. */
const FORMATS = EXPORTERS.filter(({ ready, content }) => !ready && content !== 'captures').map(({ name }) => name)

const BEES = { id: '2', slug: 'bees', name: 'Bees', url: 'https://community.example/groups/bees/' }
const READ = '2024-05-02T00:00:00Z'
const AGAIN = '2024-06-30T00:00:00Z'

/** Threads of two months and two groups; posts of one were last seen at different times. */
function archived(seen: string, changes: Partial<StoredPost> = {}) {
  const at = (day: string) => ({ when: exactly(`2024-${day}T12:00:00Z`), firstSeenAt: READ, lastSeenAt: seen })
  const beans = [
    post('1', null, at('05-01')),
    post('2', '1', { ...at('05-01'), lastSeenAt: seen === READ ? '2024-05-01T18:00:00Z' : seen, ...changes }),
    post('3', '2', at('05-01')),
  ]
  return {
    beans: thread(beans, { title: 'Beans', readAt: seen }),
    peas: thread([post('10', null, at('04-01'))], { title: 'Peas', readAt: seen }),
    wasps: thread([post('20', null, at('05-01'))], { group: BEES, title: 'Wasps', readAt: seen }),
  }
}
const all = ({ beans, peas, wasps }: ReturnType<typeof archived>) => [peas, beans, wasps]

const EDIT = { html: '<p>New</p>', text: 'New', revisions: 1, editedBy: AGAIN }
const GONE = { status: 'gone', goneAt: AGAIN } as const
const [first, later] = [archived(READ), archived(AGAIN)]
const inGroup = (one: StoredThread, name: string) => ({ ...one, group: { ...BEES, name } })

/** What is archived now, with the times of a later reading; and the same, where only what changed has those times. */
const NEWS: [string, StoredThread[], StoredThread[]][] = [
  ['no news', all(later), all(first)],
  ['an edit', all(archived(AGAIN, EDIT)), all({ ...first, beans: archived(AGAIN, EDIT).beans })],
  [
    'another name of a group',
    all({ ...later, wasps: inGroup(later.wasps, 'Hornets') }),
    all({ ...first, wasps: inGroup(later.wasps, 'Hornets') }),
  ],
  ['a post that is gone', all(archived(AGAIN, GONE)), all({ ...first, beans: archived(AGAIN, GONE).beans })],
  ['a thread that is gone', [later.beans, later.wasps], [first.beans, first.wasps]],
]

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'threadkeep-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const exporting = (format: string, folder: string, threads: StoredThread[]) =>
  running(['export', '-f', format, '-o', folder], testIo({ cwd }, holding(readerOf(threads))))

/** Text by name of all files, without the list of exported files. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(join(cwd, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(join(cwd, folder).length + 1))
    .sort()
  return Object.fromEntries(files.map(name => [name, readFileSync(join(cwd, folder, name), 'latin1')]))
}
const isDocument = ([name]: [string, string]) => !name.endsWith('.threadkeep.json')
const documents = (folder: string) => Object.fromEntries(Object.entries(contents(folder)).filter(isDocument))

const LONG_AGO = new Date('2020-01-01')
function growOld(folder: string) {
  for (const name of Object.keys(contents(folder))) utimesSync(join(cwd, folder, name), LONG_AGO, LONG_AGO)
}
const touched = (folder: string) =>
  Object.keys(contents(folder)).filter(name => statSync(join(cwd, folder, name)).mtimeMs !== LONG_AGO.getTime())

describe.each(FORMATS)('a folder of %s, exported again after', format => {
  test.each(NEWS)('%s: exactly the files that show it are touched', async (_, now, shown) => {
    await exporting(format, 'out/', all(first))
    growOld('out')
    const before = documents('out')
    await exporting(format, 'out/', now)
    await exporting(format, 'fresh/', shown)
    const expected = documents('fresh')
    expect(documents('out')).toEqual(expected)
    const changed = Object.keys(expected).filter(name => expected[name] !== before[name])
    expect(touched('out').filter(name => name !== '.threadkeep.json')).toEqual(changed)
    expect(changed.length).toBeLessThanOrEqual(Object.keys(before).length)
  })
})

test('nothing is touched without news, the list included, however often', async () => {
  for (const format of FORMATS) {
    await exporting(format, `${format}/`, all(first))
    growOld(format)
    await exporting(format, `${format}/`, all(later))
    await exporting(format, `${format}/`, all(archived('2024-07-01T00:00:00Z')))
    expect(touched(format)).toEqual([])
  }
})

test('of html, a later month and another group say no later day because of a thread that changed', async () => {
  await exporting('html', 'out/', all(first))
  growOld('out')
  await exporting(
    'html',
    'out/',
    all({ ...later, peas: { ...later.peas, posts: archived(AGAIN).peas.posts, title: 'Lentils' } }),
  )
  const site = 'community.example'
  expect(touched('out').filter(name => name.includes('bees'))).toEqual([])
  expect(touched('out')).not.toContain(`${site}/gardeners/2024-05.html`)
  expect(touched('out')).toContain(`${site}/gardeners/2024-04.html`)
})

test('several formats in one folder, and another selection, have the times of the export before', async () => {
  const formats = 'csv,json,html,mbox'
  await exporting(formats, 'out/', all(first))
  growOld('out')
  await exporting(formats, 'out/', all(later))
  expect(touched('out')).toEqual([])
  const bees = ['export', 'bees', '-f', 'csv', '-o', 'sel/']
  await running(['export', '-f', 'csv', '-o', 'sel/'], testIo({ cwd }, holding(readerOf(all(first)))))
  await running(bees, testIo({ cwd }, holding(readerOf(all(later)))))
  expect(documents('sel')['threadkeep-export.csv']).toContain(READ)
  expect(documents('sel')['threadkeep-export.csv']).not.toContain(AGAIN)
})
