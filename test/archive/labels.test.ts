import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/archive/index.js'
import { pageFingerprint } from '../../src/archive/write/page-fingerprint.js'
import { json } from '../../src/export/json.js'
import { jsonl } from '../../src/export/jsonl.js'
import { mbox } from '../../src/export/mail/mbox.js'
import { postFixity } from '../../src/export/methods/index.js'
import { csv } from '../../src/export/table/csv.js'
import type { StoredPost } from '../../src/model/archive.js'
import { byLabel, LABEL_NAMES, TYPED_LABELS } from '../../src/model/columns/post-labels.js'
import { coveredPosts, person } from '../export/pseudonyms/covered.js'
import { rendered } from '../export/threads.js'
import { both, postsOf } from './merge/merging.js'
import { ENV, member, page, post, rows, type Shelf, shelf } from './shelf.js'

/** What follows from the list of labels: a new one must reach all of this by its entry there. */

const ADA = member('ada', { id: '2', name: 'Ada Byron' })
const shown = (words: string) => byLabel(name => `${words} of ${name}`)
const columns = LABEL_NAMES.join(', ')
const storedIn = (file: string, id: string) => rows(file, `SELECT ${columns} FROM posts WHERE site_post_id = ?`, id)[0]

function postIn(one: Shelf): StoredPost {
  for (const thread of one.archive.reader.threads({})) for (const { post: first } of thread.posts) return first
  throw new Error('none')
}

describe('the labels of a post', () => {
  it('are stored, and stay where a later view does not show them', () => {
    const one = shelf()
    one.save(page([post('1', null, shown('Word'))]))
    one.save(page([post('1', null)]))
    expect(storedIn(one.file, '1')).toEqual(shown('Word'))
    one.save(
      page([
        post(
          '1',
          null,
          byLabel(() => null),
        ),
      ]),
    )
    expect(storedIn(one.file, '1')).toEqual(byLabel(() => null))
  })

  it('are those of the later view in a merge', () => {
    const reads = (words: string, hour: number) => [{ page: page([post('1', null, shown(words))]), hour }]
    expect(postsOf(both(reads('Old', 1), reads('New', 2)))).toMatchObject([shown('New')])
    expect(postsOf(both(reads('New', 2), reads('Old', 1)))).toMatchObject([shown('New')])
  })

  it('are in jsonl, json, csv and mail, in the fixity hash and in the fingerprint of a page, each for itself', () => {
    const one = shelf()
    one.save(page([post('1', null, shown('Word'))]))
    const [thread] = one.archive.reader.threads({})
    if (!thread) throw new Error('none')
    expect(postIn(one)).toMatchObject(shown('Word'))
    expect(JSON.parse(rendered(jsonl, thread))).toMatchObject(shown('Word'))
    expect(JSON.parse(rendered(json, thread))).toMatchObject([{ post: shown('Word') }])
    const [head = '', line = ''] = rendered(csv, thread).split('\r\n')
    for (const name of LABEL_NAMES) {
      expect(head.split(',')).toContain(name)
      expect(line.split(',')).toContain(`Word of ${name}`)
      expect(rendered(mbox, thread)).toMatch(new RegExp(`^X-Threadkeep-${name}: Word of ${name}$`, 'im'))
      const other = { ...postIn(one), [name]: 'Other' }
      expect(postFixity(thread.site, other, undefined)).not.toBe(postFixity(thread.site, postIn(one), undefined))
      const print = (changes: object) => pageFingerprint(page([post('1', null, changes)]))
      expect(print({ [name]: 'Word' })).not.toBe(print({}))
    }
  })

  it('are not known where an archive that is only read is older than their columns', () => {
    const one = shelf()
    one.save(page([post('1', null, shown('Word'))]))
    one.close()
    const db = new Sqlite(one.file)
    for (const name of LABEL_NAMES) db.exec(`ALTER TABLE posts DROP COLUMN ${name}`)
    db.close()
    const archive = openArchive(one.file, 'read', ENV)
    const [thread] = archive.reader.threads({})
    expect([...(thread?.posts ?? [])].map(node => node.post)).toMatchObject([byLabel(() => null)])
    expect([...archive.reader.threads({})].map(read => JSON.parse(rendered(jsonl, read)))).toMatchObject([
      byLabel(() => null),
    ])
    archive.close()
  })
})

describe('a label that people type', () => {
  it('is covered as the texts are, and no other', () => {
    const [covered] = coveredPosts([{ ...byLabel(() => 'For Ada Byron'), author: null }], {
      people: [person('2', 'ada', 'Ada Byron')],
    })
    for (const name of LABEL_NAMES)
      expect(covered?.[name]?.includes('Ada Byron'), name).toBe(!TYPED_LABELS.some(one => one === name))
  })

  it('is erased with the words of its author, and loses the name in posts of others', () => {
    const one = shelf()
    const both = [
      post('1', null, { ...shown('Word'), author: ADA }),
      post('2', null, { ...shown('For Ada Byron'), author: member('ben', { id: '3' }) }),
    ]
    one.save(page(both))
    one.close()
    const archive = openArchive(one.file, 'write', ENV)
    const [ada] = archive.forgetting.people.named('ada', null)
    if (!ada) throw new Error('nobody')
    const { mentions } = archive.forgetting.forget(ada, { at: '2026-02-01T00:00:00.000Z', version: '0', redact: true })
    expect(mentions).toEqual(['2'])
    archive.close()
    const again = shelf(one.file)
    again.save(page(both))
    again.close()
    for (const name of TYPED_LABELS) {
      expect(storedIn(one.file, '1')).toMatchObject({ [name]: null })
      expect(storedIn(one.file, '2')).toMatchObject({ [name]: `For forgotten-member of ${name}` })
    }
  })
})
