import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { inTimeOrder } from '../../../src/archive/history/change-feed.js'
import type { Change, ChangeQuery } from '../../../src/model/reports/changes.js'
import { exactly } from '../../../src/model/time.js'
import { readings } from '../readings.js'
import { GARDENERS, group, member, page, post } from '../shelf.js'

const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

function kept() {
  const one = readings()
  open.push(one)
  const since = (query: Partial<ChangeQuery> = {}) => [
    ...one.archive.changes.since({ since: '2026-01-01T00:00:00Z', until: null, selections: [], ...query }),
  ]
  return { ...one, since }
}

const named = (name: string) => member('ada', { id: '2', name })
const brief = (change: Change) =>
  change.kind === 'renamed'
    ? `${change.at} ${change.member ? 'member' : change.group?.slug} ${change.field}: ${change.before} > ${change.after}`
    : `${change.at} ${change.kind} ${change.post.id}`

describe('changes', () => {
  it('tells all that was seen to happen, in order of time', () => {
    const { read, since } = kept()
    read('2026-01-01T10:00:00.000Z', [page([post('1', null), post('2', '1'), post('3', '1')])])
    read('2026-01-02T10:00:00.000Z', [page([post('1', null), post('2', '1', { html: 'Other', text: 'Other' })])])
    const renamed = { ...GARDENERS, name: 'Growers' }
    read('2026-01-03T10:00:00.000Z', [
      page([1, 2, 3].map(id => post(`${id}`, id === 1 ? null : '1', { group: renamed, author: named('Ada L.') }))),
    ])
    read('2026-01-04T10:00:00.000Z', [page([])], { gone: '1' })
    expect(since().map(brief)).toEqual([
      '2026-01-01T10:00:01.000Z new 1',
      '2026-01-01T10:00:01.000Z new 2',
      '2026-01-01T10:00:01.000Z new 3',
      '2026-01-02T10:00:01.000Z edited 2',
      '2026-01-02T10:00:59.000Z gone 3',
      '2026-01-03T10:00:01.000Z gardeners name: Gardeners > Growers',
      '2026-01-03T10:00:01.000Z member name: ada > Ada L.',
      '2026-01-03T10:00:01.000Z back 3',
      '2026-01-03T10:00:01.000Z edited 2',
      '2026-01-04T10:00:01.000Z gone 1',
      '2026-01-04T10:00:01.000Z gone 2',
      '2026-01-04T10:00:01.000Z gone 3',
    ])
    const edits = since().flatMap(one => (one.kind === 'edited' ? `${one.before.text} > ${one.after.text}` : []))
    expect(edits).toEqual(['Post 2 > Other', 'Other > Post 2'])
    expect(since().filter(({ kind }) => kind === 'gone')).toMatchObject([
      { reason: 'absent from a complete thread', lastSeenAt: '2026-01-01T10:00:01.000Z', post: { status: 'gone' } },
      { reason: '404', post: { thread: { id: '1', title: 'Post 1' } } },
      { reason: 'its thread is gone', post: { parent: { id: '1', author: { name: 'Ada L.' } } } },
      { reason: 'its thread is gone' },
    ])
  })

  it('takes the first instant and not the last one, whether or not they have milliseconds', () => {
    const { read, since } = kept()
    for (const [at, id] of Object.entries({
      '09:59:58.999': '1',
      '09:59:59.000': '2',
      '10:59:58.999': '3',
      '10:59:59.000': '4',
    }))
      read(`2026-01-01T${at}Z`, [page([post(id, null)])])
    const ids = (from: string, until: string | null) =>
      since({ since: from, until }).flatMap(one => (one.kind === 'new' ? one.post.id : []))
    expect(ids('2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z')).toEqual(['2', '3'])
    expect(ids('2026-01-01T10:00:00.000Z', '2026-01-01T10:59:59.999Z')).toEqual(['2'])
    expect(ids('2026-01-01T11:00:00.000Z', null)).toEqual(['4'])
  })

  it('keeps to the groups and threads that are asked for, names included', () => {
    const { read, since } = kept()
    const bees = group('bees', { id: '2', name: 'Bees' })
    const by = (id: string, name: string) => member(name, { id, name })
    const seen = (suffix: string) => [
      page([
        post('1', null, { group: { ...GARDENERS, name: `Gardeners${suffix}` }, author: by('2', `ada${suffix}`) }),
        post('2', '1', { group: { ...GARDENERS, name: `Gardeners${suffix}` }, author: by('2', `ada${suffix}`) }),
        post('5', null, { group: { ...bees, name: `Bees${suffix}` }, author: by('3', `ben${suffix}`) }),
        post('6', null, { group: null, author: by('4', `cy${suffix}`) }),
      ]),
    ]
    read('2026-01-01T10:00:00.000Z', seen(''))
    read('2026-01-02T10:00:00.000Z', seen('!'))
    const chosen = (...selections: ChangeQuery['selections']) =>
      since({ selections }).map(one =>
        one.kind === 'renamed' ? `${one.member?.name ?? one.group?.name} ${one.field}` : `new ${one.post.id}`,
      )
    expect(chosen({ groups: ['https://town.example/groups/bees/'] })).toEqual([
      'new 5',
      'Bees! name',
      'ben! slug',
      'ben! name',
    ])
    expect(chosen({ threads: ['2'] })).toEqual(['new 1', 'new 2', 'ada! slug', 'ada! name'])
    expect(chosen({ groups: ['bees'] }, { threads: ['6'] })).toEqual([
      'new 5',
      'new 6',
      'Bees! name',
      'ben! slug',
      'ben! name',
      'cy! slug',
      'cy! name',
    ])
    expect(chosen({ groups: ['none'] })).toEqual([])
    expect(chosen({})).toHaveLength(4 + 2 + 6)
  })

  it('takes an opening post that was only spoken of for new when it is read', () => {
    const { read, since } = kept()
    read('2026-01-01T10:00:00.000Z', [page([post('2', '1')])])
    read('2026-01-02T10:00:00.000Z', [page([post('1', null), post('2', '1')])])
    expect(since().map(brief)).toEqual(['2026-01-01T10:00:01.000Z new 2', '2026-01-02T10:00:01.000Z new 1'])
  })

  it('tells titles before and after', () => {
    const { read, since } = kept()
    read('2026-01-01T10:00:00.000Z', [page([post('1', null, { heading: 'Old' })])])
    read('2026-01-02T10:00:00.000Z', [page([post('1', null, { heading: 'New' })])])
    expect(since().at(-1)).toMatchObject({ before: { heading: 'Old' }, after: { heading: 'New' } })
  })

  it('holds more than one batch in order', () => {
    const { read, since } = kept()
    const ids = Array.from({ length: 1234 }, (_, at) => `${at + 1}`)
    read('2026-01-01T10:00:00.000Z', [page(ids.map(id => post(id, null)))])
    expect(since().flatMap(one => (one.kind === 'new' ? one.post.id : []))).toEqual(ids)
  })
})

describe('the newest run', () => {
  it('is the last one that came to its end, with the runs that it went on with', () => {
    const { read, archive } = kept()
    const newest = () => archive.changes.newestRun()
    expect(newest()).toBeNull()
    read('2026-01-01T10:00:00.000Z', [], { killed: true })
    expect(newest()).toBeNull()
    read('2026-01-02T10:00:00.000Z', [], { stopped: 'time-limit', exitCode: 3 })
    expect(newest()).toEqual({
      since: '2026-01-01T10:00:00.000Z',
      until: null,
      finishedAt: '2026-01-02T10:01:00.000Z',
      exitCode: 3,
    })
    read('2026-01-03T10:00:00.000Z', [])
    read('2026-01-04T10:00:00.000Z', [])
    read('2026-01-05T10:00:00.000Z', [], { killed: true })
    expect(newest()).toMatchObject({ since: '2026-01-04T10:00:00.000Z', until: '2026-01-05T10:00:00.000Z' })
    expect(archive.changes.newestRun('2026-01-04T00:00:00Z')).toMatchObject({
      since: '2026-01-01T10:00:00.000Z',
      until: '2026-01-04T10:00:00.000Z',
    })
    expect(archive.changes.lastRunStart('2026-01-04T10:00:00.000Z')).toBe('2026-01-01T10:00:00.000Z')
  })

  it('is none of another command', () => {
    const { read, archive } = kept()
    read('2026-01-01T10:00:00.000Z', [])
    const { run } = archive.startRun('forget 1', '0', '2026-01-02T10:00:00.000Z')
    const counts = { requests: 0, bytes: 0, newPosts: 0, changedPosts: 0 }
    archive.finishRun({
      run,
      finishedAt: '2026-01-02T10:01:00.000Z',
      schema: 'threadkeep.forget/1',
      ...counts,
    } as never)
    expect(archive.changes.newestRun()?.since).toBe('2026-01-01T10:00:00.000Z')
  })
})

describe('inTimeOrder', () => {
  const times = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 }).map(list => list.sort())
  it('merges any ordered streams into an ordered one, the first stream first', () => {
    fc.assert(
      fc.property(fc.array(times, { maxLength: 5 }), streams => {
        const items = streams.map((list, from) => list.map(at => ({ at, from })))
        const stable = items.flat().sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)) || a.from - b.from)
        expect([...inTimeOrder(items)]).toEqual(stable)
      }),
    )
  })
})

describe('changes of what a post is', () => {
  const bees = group('bees', { id: '2', name: 'Bees' })
  const ben = member('ben', { id: '3', name: 'Ben' })
  const edit = (text: string) => ({ html: text, text })
  const seeds = { ...edit('Who has seeds?'), author: ben, when: exactly('2025-12-01T12:00:00Z') }

  it('an edit names the author of each version, and other changes that of then', () => {
    const { read, since } = kept()
    read('2026-01-01T10:00:00.000Z', [page([post('1', null), post('2', '1')])])
    read('2026-01-02T10:00:00.000Z', [page([post('1', null), post('2', '1', edit('Edited'))])])
    read('2026-01-03T10:00:00.000Z', [page([post('1', null)])])
    read('2026-01-04T10:00:00.000Z', [page([post('1', null), post('2', '1', seeds)])])
    const told = since().flatMap(one =>
      one.kind === 'renamed' || one.post.id !== '2' ? [] : `${one.kind} ${one.post.author?.name}: ${one.post.text}`,
    )
    expect(told).toEqual([
      'new ada: Post 2',
      'edited ada: Edited',
      'gone ada: Edited',
      'back Ben: Who has seeds?',
      'edited Ben: Who has seeds?',
    ])
    expect(since().filter(({ kind }) => kind === 'edited')).toMatchObject([
      { before: { author: { name: 'ada' } }, after: { author: { name: 'ada' } }, post: { author: { name: 'ada' } } },
      {
        before: { author: { name: 'ada' }, when: exactly('2025-06-01T12:00:00Z'), text: 'Edited' },
        after: { author: { name: 'Ben' }, when: exactly('2025-12-01T12:00:00Z') },
      },
    ])
  })

  it('tells moves to those who follow the group that was left, too', () => {
    const { read, since } = kept()
    read('2026-01-01T10:00:00.000Z', [page([post('1', null), post('2', '1')])])
    read('2026-01-02T10:00:00.000Z', [page([post('1', null, { group: bees }), post('2', '1', { group: bees })])])
    const moved = { kind: 'moved', field: 'group', before: 'gardeners', after: 'bees', post: { id: '1' } }
    for (const groups of [['gardeners'], ['bees'], []])
      expect(since({ selections: [{ groups }] }).filter(({ kind }) => kind === 'moved')).toMatchObject([moved])
    expect(since({ selections: [{ threads: ['7'] }] })).toEqual([])
  })
})
