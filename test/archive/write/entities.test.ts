import { describe, expect, it } from 'vitest'
import type { Group, Member } from '../../../src/model/discussion.js'
import { group, member, page, post, SITE, shelf } from '../shelf.js'

const MEMBERS = 'SELECT site_member_id, slug, name FROM members ORDER BY id'
const GROUPS = 'SELECT site_group_id, slug, name, url FROM groups ORDER BY id'
const by = (author: Member | null, id = '1') => page([post(id, null, { author })])
const inGroup = (where: Group, id = '1') => page([post(id, null, { group: where })], { group: where })

describe('members', () => {
  it('merge by number and by slug, whichever comes first', () => {
    for (const order of [
      [member('ada', { id: '2' }), member('ada')],
      [member('ada'), member('ada', { id: '2' })],
    ]) {
      const one = shelf()
      for (const [at, author] of order.entries()) one.save(by(author, String(at + 1)))
      expect(one.sql(MEMBERS)).toEqual([{ site_member_id: '2', slug: 'ada', name: 'ada' }])
      one.close()
    }
  })

  it('keep their row through a new name and a new slug', () => {
    const one = shelf()
    one.save(by(member('ada', { id: '2', name: 'Ada' })))
    one.save(by(member('ada', { id: '2', name: 'Ada B.' })))
    one.save(by(member('ada-b', { id: '2', name: 'Ada B.' }), '2'))
    expect(one.sql(MEMBERS)).toEqual([{ site_member_id: '2', slug: 'ada-b', name: 'Ada B.' }])
    one.close()
  })

  it('met under a new slug without a number are one again once the number is seen', () => {
    const one = shelf()
    one.save(by(member('ada', { id: '2' })))
    one.save(by(member('ada-b'), '2'))
    one.save(by(member('ada-b', { id: '2' }), '3'))
    expect(one.sql(MEMBERS)).toEqual([{ site_member_id: '2', slug: 'ada-b', name: 'ada-b' }])
    expect(one.sql('SELECT count(DISTINCT member_id) AS authors FROM posts')).toEqual([{ authors: 1 }])
    one.close()
  })

  it('that are deleted keep the number and the earlier name', () => {
    const one = shelf()
    one.save(by(member('ada', { id: '2', name: 'Ada' })))
    one.save(by(member(null, { id: '2' })))
    one.save(by(member(null, { id: '9' }), '2'))
    one.save(by(null, '3'))
    expect(one.sql(MEMBERS)).toEqual([
      { site_member_id: '2', slug: 'ada', name: 'Ada' },
      { site_member_id: '9', slug: null, name: null },
    ])
    expect([...one.archive.reader.threads({})].map(thread => thread.author?.name)).toEqual(['Ada', null, undefined])
    one.close()
  })

  it('a post whose author is no longer told keeps its author', () => {
    const one = shelf()
    one.save(by(member('ada')))
    one.save(by(null))
    expect(one.sql('SELECT slug FROM posts JOIN members ON members.id = posts.member_id')).toEqual([{ slug: 'ada' }])
    one.close()
  })

  it('another one with the same slug is another one', () => {
    const one = shelf()
    one.save(by(member('ada', { id: '2' })))
    one.save(by(member('ada', { id: '7' }), '2'))
    expect(one.sql(MEMBERS)).toHaveLength(2)
    one.close()
  })
})

describe('groups', () => {
  it('keep their row through a changed slug, by the number', () => {
    const one = shelf()
    one.save(inGroup(group('beans', { id: '1', name: 'Beans' })))
    one.save(inGroup(group('beans-and-peas', { id: '1', name: 'Beans & Peas' }), '2'))
    expect(one.sql(GROUPS)).toEqual([
      { site_group_id: '1', slug: 'beans-and-peas', name: 'Beans & Peas', url: `${SITE}groups/beans-and-peas/` },
    ])
    expect([...one.archive.reader.threads({ groups: ['beans-and-peas'] })]).toHaveLength(2)
    one.close()
  })

  it('met under the new slug without a number are one again once the number is seen', () => {
    const one = shelf()
    one.save(inGroup(group('beans', { id: '1' })))
    one.save(page([post('2', null, { group: group('peas') })], { groups: [group('peas')] }))
    one.save(inGroup(group('peas', { id: '1' }), '3'))
    expect(one.sql(GROUPS)).toMatchObject([{ site_group_id: '1', slug: 'peas' }])
    expect([...one.archive.reader.threads({ groups: ['peas'] })]).toHaveLength(3)
    expect(one.sql('PRAGMA foreign_key_check')).toEqual([])
    one.close()
  })

  it('a slug that goes to another group takes nothing with it', () => {
    const one = shelf()
    one.save(inGroup(group('beans', { id: '1', name: 'Old beans' })))
    one.save(inGroup(group('beans', { id: '2', name: 'New beans' }), '2'))
    expect(one.sql(GROUPS)).toMatchObject([
      { site_group_id: '1', name: 'Old beans' },
      { site_group_id: '2', slug: 'beans', name: 'New beans' },
    ])
    expect([...one.archive.reader.threads({ groups: ['Old beans'] })].map(thread => thread.id)).toEqual(['1'])
    one.close()
  })

  it('what a page does not say takes nothing away', () => {
    const one = shelf()
    one.save(
      page([], { group: group('beans', { id: '1', name: 'Beans', status: 'public', description: 'All of them' }) }),
    )
    one.save(page([], { group: group('beans', { name: null }) }))
    expect(one.sql('SELECT name, status, description FROM groups')).toEqual([
      { name: 'Beans', status: 'public', description: 'All of them' },
    ])
    one.close()
  })
})

describe.each([
  ["The Bees' Corner", 'The Bees’ Corner'],
  ['Bees -- and wasps', 'Bees – and wasps'],
  ["Bed 3x4: ''beans''...", 'Bed 3×4: ”beans”…'],
  ['Seeds(tm)', 'Seeds™'],
])('a name that some views print in other characters: %s', (typed, curled) => {
  it.each([
    [typed, curled, typed],
    [curled, typed, curled],
    [curled, typed],
  ])('is the typed one, and no other one: %s first', (...names) => {
    const one = shelf()
    for (const name of names) {
      one.save(inGroup(group('bees', { id: '8', name })))
      one.save(by(member('bea', { id: '7', name }), '9'))
    }
    const named =
      "SELECT name FROM groups WHERE site_group_id = '8' UNION ALL SELECT name FROM members WHERE site_member_id = '7'"
    expect(one.sql(named)).toEqual([{ name: typed }, { name: typed }])
    expect(one.sql('SELECT before, after FROM events')).toEqual([])
    one.close()
  })
})

describe('a site', () => {
  it('is one, whatever scheme and www it was reached by', () => {
    const one = shelf()
    for (const url of ['https://town.example/', 'http://town.example/', 'https://www.town.example/'])
      one.save(page([post('1', null)], { site: { url, name: null } }))
    expect(one.sql('SELECT key, url, name FROM sites')).toEqual([{ key: 'town.example/', url: SITE, name: null }])
    expect(one.sql('SELECT count(*) AS posts FROM posts')).toEqual([{ posts: 1 }])
    one.close()
  })

  it('in a sub-directory, and another on the same host, are two, and ids do not mix', () => {
    const one = shelf()
    one.save(page([post('1', null, { text: 'Here' })]))
    one.save(page([post('1', null, { text: 'There' })], { site: { url: `${SITE}town/`, name: null } }))
    expect(one.sql('SELECT text FROM posts ORDER BY id')).toEqual([{ text: 'Here' }, { text: 'There' }])
    one.close()
  })

  it('is not made up by a wall', () => {
    const one = shelf()
    one.save(
      page([], { site: { url: 'https://captive.portal/', name: 'Wi-Fi' }, wall: { kind: 'unknown', seen: 'a page' } }),
    )
    expect(one.sql('SELECT * FROM sites')).toEqual([])
    expect(one.sql('SELECT wall FROM captures')).toEqual([{ wall: 'unknown' }])
    one.close()
  })
})
