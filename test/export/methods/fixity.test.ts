import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { postFixity, ThreadSetFixity, threadFixity } from '../../../src/export/methods/index.js'
import type { StoredThread } from '../../../src/model/archive.js'
import { page, post, type Shelf, shelf } from '../../archive/shelf.js'

const hashesOf = ({ archive: { reader } }: Shelf): string => {
  const all = new ThreadSetFixity(reader.earlierVersions?.bind(reader))
  for (const thread of reader.threads({})) all.add(thread)
  return all.hash()
}

const first = (one: Shelf): StoredThread => [...one.archive.reader.threads({})][0] as StoredThread

describe('the fixity hash', () => {
  it('is that of the documented JSON', () => {
    const one = shelf()
    one.save(page([post('1', null, { text: 'Word "ü" 😀\u2028', html: '<p>x</p>' })]))
    const thread = first(one)
    const [opening] = [...thread.posts].map(node => node.post)
    const json = JSON.stringify([
      ...['threadkeep.post/1', 'https://town.example/', '1', null, 'activity_update', ['2', 'ada', 'ada']],
      ...[['2025-06-01T12:00:00Z', '2025-06-01T12:00:00Z'], null, [], '<p>x</p>', 'Word "ü" 😀\u2028'],
      ...['live', false, false, [], [], []],
    ])
    const sha = (text: string) => createHash('sha256').update(text).digest('hex')
    expect(opening && postFixity(thread.site, opening, undefined)).toBe(sha(json))
    const head = '["threadkeep.thread/1","https://town.example/","1",["1","gardeners","Gardeners"]]\n'
    expect(threadFixity(thread, undefined)).toBe(sha(`${head}${sha(json)}\n`))
    expect(hashesOf(one)).toBe(sha(`threadkeep.threads/1\n${sha(`${head}${sha(json)}\n`)}\n`))
  })

  it('does not change with the rows, the order or the time of reading', () => {
    const [a, b] = [shelf(), shelf()]
    const [one, two] = [post('1', null), post('2', null, { text: 'Two' })]
    a.save(page([one]))
    a.save(page([two]))
    b.save(page([two, one]))
    b.save(page([one]))
    expect(hashesOf(a)).toBe(hashesOf(b))
  })

  it.each([
    ['a text', { text: 'Other', html: '<p>Other</p>' }],
    ['the author', { author: null }],
    ['the date', { when: { from: '2024-01-01T00:00:00Z', to: '2024-02-01T00:00:00Z' } }],
  ])('changes with %s', (_, changes) => {
    const [a, b] = [shelf(), shelf()]
    a.save(page([post('1', null)]))
    b.save(page([post('1', null, changes)]))
    expect(hashesOf(a)).not.toBe(hashesOf(b))
  })

  it('knows an edited post from one that was always so', () => {
    const [a, b] = [shelf(), shelf()]
    a.save(page([post('1', null)]))
    for (const one of [a, b]) one.save(page([post('1', null, { text: 'New', html: '<p>New</p>' })]))
    expect(hashesOf(a)).not.toBe(hashesOf(b))
  })
})
