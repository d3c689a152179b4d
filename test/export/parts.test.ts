import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deliveredWords } from '../../src/cli/commands/publish/export-words.js'
import type { Exporter } from '../../src/export/exporter.js'
import { partsOf } from '../../src/export/office/parts.js'
import { partName } from '../../src/export/parts.js'
import { exportTo } from '../../src/index.js'
import { page, post, shelf } from '../archive/shelf.js'

/** A format of documents that hold some 1,000 bytes of markdown, each with the ids of its posts. */
const small: Exporter = {
  ...{ name: 'small', summary: 'small documents', extension: 'small', scope: 'thread', delivery: 'file' },
  parts: (threads, about) => partsOf(threads, about, 1000),
  *render(threads, { part, again }) {
    const ids = [...threads].flatMap(({ posts }) => [...posts].map(one => one.post.id))
    yield `${part ? `${part.number}/${part.of} ` : ''}${[...again()].length} ${ids.join(',')}\n`
  },
}

const WORDS = 'word '.repeat(40)

/** Two threads: of 9 posts, and of 1. */
function filled(): { db: string; at(name: string): string } {
  const one = shelf()
  const replies = Array.from({ length: 8 }, (_, at) => post(`${at + 2}`, '1', { text: WORDS, html: `<p>${WORDS}</p>` }))
  one.save(page([post('1', null), ...replies, post('50', null)]))
  return { db: one.file, at: name => join(dirname(one.file), name) }
}

const exported = (db: string, to: string, more = {}) =>
  exportTo(to, { db, format: 'small', exporters: [small], ...more })

const textsIn = (folder: string, end = '.small'): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith(end))
      .sort()
      .map(name => [name, readFileSync(join(folder, name), 'utf8').trim()]),
  )

describe('what is too much for one document', () => {
  it('is written beside the file that was named', async () => {
    const { db, at } = filled()
    await exported(db, at('all.small'), { threads: ['1'] })
    const texts = textsIn(dirname(db))
    expect(Object.keys(texts)).toEqual(['all-2.small', 'all-3.small', 'all-4.small', 'all.small'])
    expect(texts['all.small']).toMatch(/^1\/4 1 1,2/)
    expect(texts['all-4.small']).toMatch(/^4\/4 1 .*9$/)
  })

  it('replaces no file that nobody has named, unless it is told to', async () => {
    const { db, at } = filled()
    writeFileSync(at('all-2.small'), 'mine')
    await expect(exported(db, at('all.small'))).rejects.toThrow(
      /several documents, and .*all-2\.small is there already/,
    )
    expect([existsSync(at('all.small')), readFileSync(at('all-2.small'), 'utf8')]).toEqual([false, 'mine'])
    await exported(db, at('one.small'), { threads: ['50'] })
    await exported(db, at('all.small'), { overwrite: true })
    expect(readFileSync(at('all-2.small'), 'utf8')).toMatch(/^2\//)
  })

  it('replaces the files of its last export, removes those that are no part any more, and keeps one that was changed', async () => {
    const { db, at } = filled()
    await exported(db, at('all.small'), { threads: ['1'] })
    await exported(db, at('all.small'), { threads: ['1'] })
    writeFileSync(at('all-2.small'), 'mine')
    await exported(db, at('all.small'), { threads: ['50'] })
    expect(textsIn(dirname(db))).toEqual({ 'all.small': '1 50', 'all-2.small': 'mine' })
    await expect(exported(db, at('all.small'), { threads: ['1'] })).rejects.toThrow(/all-2\.small is there already/)
  })

  it('is not begun where a folder, or a link that leads to nothing, is in place of a later document', async () => {
    const { db, at } = filled()
    mkdirSync(at('one-2.small'))
    symlinkSync('nowhere', at('two-2.small'))
    for (const overwrite of [false, true]) {
      await expect(exported(db, at('one.small'), { overwrite })).rejects.toThrow(/one-2\.small can't be written/)
      await expect(exported(db, at('two.small'), { overwrite })).rejects.toThrow(/two-2\.small is a link to nowhere/)
    }
    expect([existsSync(at('one.small')), existsSync(at('two.small'))]).toEqual([false, false])
  })

  it('is one document for a device, which has nothing beside it', async () => {
    const { db, at } = filled()
    symlinkSync('/dev/null', at('none.small'))
    await exported(db, at('none.small'))
    expect(existsSync(at('none-2.small'))).toBe(false)
  })

  it('has names of its thread in a folder, and those of parts that are no longer there are removed', async () => {
    const { db, at } = filled()
    const template = `${at('out')}/{id}.{ext}`
    await exported(db, template)
    expect(Object.keys(textsIn(at('out')))).toEqual(['1-2.small', '1-3.small', '1-4.small', '1.small', '50.small'])
    expect(textsIn(at('out'))['50.small']).toBe('1 50')
    await exported(db, template, { status: 'gone', threads: ['1'] })
    expect(Object.keys(textsIn(at('out')))).toEqual(['1.small', '50.small'])
  })

  it('takes no name of another thread', async () => {
    const { db, at } = filled()
    await exported(db, `${at('out')}/x.{ext}`)
    const texts = textsIn(at('out'))
    expect(Object.keys(texts)).toEqual(['x-2.small', 'x-3.small', 'x-4.small', 'x-50.small', 'x.small'])
    expect(texts['x-50.small']).toBe('1 50')
  })

  it('is told', () => {
    const done = { threads: 1, posts: 9, where: 'all.small', removed: [], kept: [], overwritten: [] }
    const plan = { kind: 'file' as const, path: '/w/all.small' }
    expect(deliveredWords({ ...done, parts: ['all.small', 'all-2.small'] }, small, plan)).toBe(
      '1 thread, 9 posts written to all.small\n2 documents are parts of what was too much for one: all.small, all-2.small\n',
    )
    expect(deliveredWords({ ...done, parts: [] }, small, plan)).not.toContain('parts')
    const many = { ...done, threads: 2 }
    const hint = (parts: string[]) => deliveredWords({ ...many, parts }, small, plan, 'all.small')
    expect(hint([])).toContain('All are in one file')
    expect(hint(['all.small', 'all-2.small'])).not.toContain('All are in one file')
  })
})

describe('the name of the second document', () => {
  it.each([
    ['a.docx', 'a-2.docx'],
    ['town.2026/a', 'town.2026/a-2'],
    ['out/.docx', 'out/.docx-2.docx'],
    ['.a.docx', '.a-2.docx'],
  ])('of %s is %s', (name, second) => expect(partName(name, 2)).toBe(second))
})
