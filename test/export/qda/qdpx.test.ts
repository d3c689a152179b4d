import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { distinctNames, guidOf } from '../../../src/export/qda/identity.js'
import { qdpx } from '../../../src/export/qdpx.js'
import type { StoredPost, StoredThread } from '../../../src/model/archive.js'
import { anyThread } from '../arbitrary.js'
import { THREADS } from '../attacks/corpus.js'
import { exported } from '../table/reading.js'
import { chain, keptThread } from '../threads.js'
import { all, faults, opened, selectionsOf } from './reading.js'

const projectOf = async (threads: readonly StoredThread[], options = {}) =>
  opened(await exported(qdpx, threads, options))

const BEN = { id: '2', slug: 'ben', name: 'Ben', url: null }

const THREAD = keptThread({
  posts: [
    { id: '1', heading: 'Kettles', text: 'Who has one?', topic: 'Kitchen' },
    {
      id: '2',
      parentId: '1',
      author: BEN,
      text: 'I 🌻 do.\r\nAnd \u{1F469}\u200D\u{1F469}.',
      type: 'activity_comment',
    },
    { id: '3', parentId: '2', text: 'A \ud800 b\u0000c', status: 'gone' },
    {
      id: '4',
      parentId: '1',
      author: BEN,
      text: '',
      attachments: [{ kind: 'image', url: 'https://a.example/k.png', name: 'Kettle' }],
    },
    { id: '5', parentId: '9', author: null, text: '' },
    { id: '6', parentId: '1', author: null, text: '', forgotten: true },
  ],
})

describe('the text of a source', () => {
  it('has a line before each post, and only line feeds', async () => {
    const { texts } = await projectOf([THREAD])
    expect(texts.get(guidOf('source', THREAD.site, '1'))).toBe(`Kettles
Care at Home, https://community.example/activity/1/

#1 Anna, 28 October 2026, 12:00
Kettles

Who has one?

#2 Ben, 12:00, answers #1
I 🌻 do.
And 👩‍👩.

#3 Anna, 12:00, answers #2, gone from the site
A \ufffd bc

#4 Ben, 12:00, answers #1
[image: Kettle]

#5 erased member, 12:00, answers #1
[erased]

#6 unknown member, 12:00, answers a post that is not held
[no text]
`)
  })

  it('is found at the positions of the selections, counted in code points', async () => {
    const selections = selectionsOf(await projectOf([THREAD]))
    expect(selections.map(({ name, words }) => [name, words])).toEqual([
      ['post 1', 'Kettles\n\nWho has one?'],
      ['post 2', 'I 🌻 do.\nAnd 👩‍👩.'],
      ['post 3', 'A \ufffd bc'],
      ['post 4', '[image: Kettle]'],
      ['post 6', '[erased]'],
      ['post 5', '[no text]'],
    ])
    expect(selections[1]?.note).toBe(
      'post 2; reply to 1; depth 1; activity_comment; live; https://community.example/activity/2/',
    )
  })
})

describe('participants', () => {
  it('are cases, and codes of the same GUID which their posts have', async () => {
    const project = await projectOf([THREAD])
    const cases = all(project.root, 'Case').map(({ attributes }) => attributes)
    expect(cases.map(({ name }) => name)).toEqual(['Anna', 'Ben'])
    const [anna, ben] = cases.map(({ guid }) => guid as string)
    expect(selectionsOf(project).map(({ codes }) => codes)).toEqual([[anna], [ben], [anna], [ben], [], []])
    const [category] = all(project.root, 'Code')
    expect(category?.attributes).toMatchObject({ name: 'Participants', isCodable: 'false' })
    expect(category?.children.map(({ attributes }) => attributes['guid'])).toEqual([anna, ben])
    const posts = all(project.root, 'Case').map(one => all(one, 'SelectionRef').length)
    expect(posts).toEqual([2, 2])
  })

  it('are only cases with person-codes=no', async () => {
    const project = await projectOf([THREAD], { 'person-codes': 'no' })
    expect(all(project.root, 'Code')).toEqual([])
    expect(all(project.root, 'Case')).toHaveLength(2)
    expect(selectionsOf(project).map(({ codes }) => codes.length)).toEqual([0, 0, 0, 0, 0, 0])
    expect(faults(project)).toEqual([])
  })

  it('of one name are told apart, in any spelling', async () => {
    const member = (id: string, slug: string | null, name: string | null) => ({ id, slug, name, url: null })
    const authors = [
      member('1', 'anna', 'Anna'),
      member('2', 'anna2', 'ANNA'),
      member('3', null, null),
      member('4', null, null),
    ]
    const project = await projectOf([keptThread({ posts: authors.map((author, at) => ({ id: `${at + 1}`, author })) })])
    const names = all(project.root, 'Case').map(({ attributes }) => attributes['name'])
    expect(names).toEqual(['Anna (anna)', 'ANNA (anna2)', 'former member 3', 'former member 4'])
  })
})

describe('variables', () => {
  const valuesIn = async (element: string) => {
    const { root } = await projectOf([THREAD])
    const names = new Map(all(root, 'Variable').map(({ attributes }) => [attributes['guid'], attributes['name']]))
    return all(root, element).map(one =>
      Object.fromEntries(
        all(one, 'VariableValue').map(({ children: [reference, value] }) => [
          names.get(reference?.attributes['targetGUID']),
          `${value?.name} ${value?.text}`,
        ]),
      ),
    )
  }

  it('of a source are those of the thread', async () => {
    expect(await valuesIn('TextSource')).toEqual([
      {
        ...{ site: 'TextValue https://community.example/', group_id: 'TextValue 7', group_slug: 'TextValue care' },
        ...{ group_name: 'TextValue Care at Home', thread: 'TextValue 1', topic: 'TextValue Kitchen' },
        ...{
          type: 'TextValue activity_update',
          status: 'TextValue live',
          posted_at: 'DateTimeValue 2026-10-28T12:00:00Z',
        },
        ...{ posted_from: 'DateTimeValue 2026-10-28T12:00:00Z', posted_to: 'DateTimeValue 2026-10-28T12:00:00Z' },
        ...{ last_post_at: 'DateTimeValue 2026-10-28T12:00:00Z', posts: 'IntegerValue 6', people: 'IntegerValue 2' },
        ...{
          depth: 'IntegerValue 2',
          completeness: 'TextValue complete',
          url: 'TextValue https://community.example/activity/1/',
        },
      },
    ])
  })

  it('of a case are those of the member', async () => {
    expect((await valuesIn('Case'))[1]).toEqual({
      ...{ member_id: 'TextValue 2', member_slug: 'TextValue ben', member_posts: 'IntegerValue 2' },
      ...{
        member_first_post: 'DateTimeValue 2026-10-28T12:00:00Z',
        member_last_post: 'DateTimeValue 2026-10-28T12:00:00Z',
      },
    })
  })
})

describe('annotations of a post', () => {
  const post: Partial<StoredPost> = {
    annotations: [
      { coder: 'Kim', codes: ['care'], note: null },
      { coder: 'Lee', codes: ['care'], note: 'see #2' },
      { coder: 'Kim', codes: ['Anna', 'bees'], note: null },
      { coder: 'Lee', codes: [], note: 'unclear' },
    ],
  }

  it('are selections of their coder, with the code and the note', async () => {
    const project = await projectOf([keptThread({ posts: [post] })])
    const users = new Map(all(project.root, 'User').map(({ attributes }) => [attributes['guid'], attributes['name']]))
    const names = new Map(all(project.root, 'Code').map(({ attributes }) => [attributes['guid'], attributes['name']]))
    expect([...users.values()]).toEqual(['Kim', 'Lee', 'threadkeep'])
    expect(
      selectionsOf(project).map(({ user, codes, note, words }) => [
        users.get(user),
        codes.map(code => names.get(code)),
        note,
        words,
      ]),
    ).toEqual([
      // A code of a researcher keeps its name; the participant of the same name gets another one.
      [
        'threadkeep',
        ['Anna (anna)'],
        'post 1; depth 0; activity_update; live; https://community.example/activity/1/',
        'Hello',
      ],
      ['Kim', ['care'], null, 'Hello'],
      ['Lee', ['care'], 'see #2', 'Hello'],
      ['Kim', ['Anna', 'bees'], null, 'Hello'],
      ['Lee', [], 'unclear', 'Hello'],
    ])
    expect(faults(project)).toEqual([])
  })
})

describe('names', () => {
  it('are distinct, whatever they are', () => {
    const nameable = fc.record({
      name: fc.constantFrom('a', 'A', 'a (1)', 'ß', 'ss', ''),
      marks: fc.array(fc.constantFrom('1', '2', ''), { maxLength: 2 }),
    })
    fc.assert(
      fc.property(fc.array(nameable, { maxLength: 9 }), fc.array(fc.constantFrom('a', 'b')), (items, taken) => {
        const names = distinctNames(items, [...new Set(taken)]).map(name => name.toUpperCase().toLowerCase())
        expect(new Set([...names, ...taken]).size).toBe(names.length + new Set(taken).size)
      }),
    )
  })

  it('of sources are names of files', async () => {
    const titled = (id: string, title: string) => ({ ...keptThread({ posts: [{ id }] }), id, title })
    const { root } = await projectOf([
      titled('1', '../a/b'),
      titled('2', 'Bees'),
      titled('3', 'bees'),
      titled('4', 'x'.repeat(500)),
    ])
    const names = all(root, 'TextSource').map(({ attributes }) => attributes['name'] ?? '')
    expect(names.slice(0, 3)).toEqual(['2026-10-28 ..-a-b', '2026-10-28 Bees (2)', '2026-10-28 bees (3)'])
    expect(Buffer.byteLength(names[3] ?? '')).toBeLessThanOrEqual(100)
  })
})

describe('the same threads', () => {
  it('give the same bytes, and each thing the GUID that it had in another selection', async () => {
    const [one, other] = [THREAD, { ...chain(3), id: '8' }]
    expect((await exported(qdpx, [one, other])).equals(await exported(qdpx, [one, other]))).toBe(true)
    const guids = async (...threads: StoredThread[]) =>
      new Set(all((await projectOf(threads)).root, 'TextSource').map(({ attributes }) => attributes['guid']))
    expect((await guids(one, other)).has([...(await guids(one))][0])).toBe(true)
    expect(guidOf('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set([guidOf('a', 'b'), guidOf('a b'), guidOf('ab'), guidOf('a', null)]).size).toBe(4)
  })

  it('of two sites are two sources', async () => {
    const elsewhere = { ...THREAD, site: 'https://other.example/' }
    expect(faults(await projectOf([THREAD, elsewhere]))).toEqual([])
  })
})

/** The schema of REFI-QDA, which is published under the MIT license. */
const SCHEMA = resolve(import.meta.dirname, 'REFI-QDA-Project-2019.xsd')
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0

const schemaFaults = (xml: string): string => {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--huge', '--schema', SCHEMA, '-'], {
    input: xml,
    encoding: 'utf8',
  })
  return status === 0 ? '' : stderr
}

const PROJECTS: readonly [string, StoredThread[]][] = [
  ['no thread', []],
  ['a thread', [THREAD]],
  ['a chain of 5,000 replies', [chain(5000)]],
  ['hostile texts, names and addresses', [...THREADS]],
  [
    'arbitrary threads',
    fc
      .sample(anyThread, { seed: 17, numRuns: 20 })
      .map((thread, at) => ({ ...thread, id: `${at + 1}`, site: `https://s${at}.example/` })),
  ],
]

describe.each(PROJECTS)('a project of %s', (_, threads) => {
  let made: ReturnType<typeof projectOf>
  beforeAll(() => {
    made = projectOf(threads)
  })

  it('has no faults', async () => {
    const project = await made
    expect(faults(project)).toEqual([])
    const selections = selectionsOf(project)
    expect(selections.filter(({ words }) => words.trim() === '')).toEqual([])
    expect(selections).toHaveLength(threads.reduce((sum, { posts }) => sum + posts.length, 0))
  })

  it.skipIf(!hasXmllint)('is valid (needs xmllint)', async () => {
    expect(schemaFaults((await made).xml)).toBe('')
  })
})

it.skipIf(!hasXmllint)('xmllint sees what is not valid', async () => {
  const { xml } = await projectOf([THREAD])
  expect(schemaFaults(xml.replace('isCodable="true"', ''))).toContain('isCodable')
})
