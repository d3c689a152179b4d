import { describe, expect, it } from 'vitest'
import { archiveOf, merged, postsOf } from './merge/merging.js'
import { GARDENERS, page, post, SITE, shelf } from './shelf.js'

const reply = (id: string, parent: string, changes = {}) => post(id, parent, { threadId: '1', ...changes })
const named = { parentNamed: true as const }

describe('the parent of a reply', () => {
  const PARENTS = `SELECT post.site_post_id AS id, parent.site_post_id AS parent, post.parent_named AS named
    FROM posts AS post JOIN posts AS parent ON parent.id = post.parent_id WHERE post.site_post_id = '3'`
  const nested = page([post('1', null), reply('2', '1'), reply('3', '1')])
  const told = page([post('1', null), reply('2', '1', named), reply('3', '2', named)])

  it.each([
    ['before', [told, nested]],
    ['after', [nested, told]],
    ['between', [nested, told, nested]],
  ])('is the one that the site has named, %s the nesting of a page has shown another', (_when, pages) => {
    const one = shelf()
    for (const view of pages) one.save(view)
    expect(one.sql(PARENTS)).toEqual([{ id: '3', parent: '2', named: 1 }])
    one.close()
  })

  it('is not settled by a name that the archive does not hold: the nesting of a later page moves it', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1'), reply('3', '9', named)]))
    expect(one.sql(PARENTS)).toEqual([{ id: '3', parent: '1', named: 0 }])
    one.save(page([post('1', null), reply('2', '1'), reply('3', '2')]))
    expect(one.sql(PARENTS)).toEqual([{ id: '3', parent: '2', named: 0 }])
    one.close()
  })

  it('is the last that the nesting showed, where the site has named none', () => {
    const one = shelf()
    one.save(page([post('1', null), reply('2', '1'), reply('3', '2')]))
    one.save(nested)
    expect(one.sql(PARENTS)).toEqual([{ id: '3', parent: '1', named: 0 }])
    one.close()
  })
})

describe('the address of a post', () => {
  const PERMALINK = `${SITE}activity/p/1/`
  const IN_LIST = `${SITE}groups/gardeners/#activity-1`
  const by = (url: string) => page([post('1', null, { url })])

  it.each([
    ['its permalink, which no place in a list replaces', [PERMALINK, IN_LIST], PERMALINK],
    ['its permalink, as soon as one is known', [IN_LIST, PERMALINK], PERMALINK],
    [
      'the place in a list where it was seen last, until then',
      [IN_LIST, `${SITE}activity/#activity-1`],
      `${SITE}activity/#activity-1`,
    ],
  ])('is %s', (_what, urls, expected) => {
    const one = shelf()
    for (const url of urls) one.save(by(url))
    expect(one.sql('SELECT url FROM posts')).toEqual([{ url: expected }])
    one.close()
  })

  it.each([1, 3])(
    'is its permalink also where another archive has seen a place in a list, at hour %i of 1 to 3',
    hour => {
      const other = archiveOf('other', [{ page: by(IN_LIST), hour }])
      expect(postsOf(merged(archiveOf('one', [{ page: by(PERMALINK), hour: 2 }]), other))).toMatchObject([
        { url: PERMALINK },
      ])
    },
  )
})

describe('a page that shows a thread twice', () => {
  const both = [post('1', null), reply('2', '1')]

  it('brings each of its posts once', () => {
    const one = shelf()
    expect(one.save(page([...both, ...both]))).toMatchObject({ newPosts: 2, changedPosts: 0 })
    expect(one.sql('SELECT site_post_id AS id FROM posts ORDER BY id')).toEqual([{ id: '1' }, { id: '2' }])
    one.close()
  })

  it('has shown it whole, where one of its items did: a reply may be an item of its own, too', () => {
    const whole = { id: '1', shown: 2, whole: true, claimed: null }
    const part = { id: '1', shown: 1, whole: false, claimed: null }
    for (const threads of [
      [whole, part],
      [part, whole],
    ]) {
      const one = shelf()
      one.save(page([...both, reply('2', '1', { parentId: undefined })], { threads }))
      expect(one.sql('SELECT held, claimed, completeness FROM readable_threads')).toEqual([
        { held: 2, claimed: 2, completeness: 'complete' },
      ])
      one.close()
    }
  })
})

describe("an item in a group's stream", () => {
  it('lies in that group where it names none, and in no group where it is outside all of them', () => {
    const one = shelf()
    one.save(page([post('1', null)]))
    const items = [post('2', null, { group: undefined }), post('3', null, { group: null })]
    one.save(page(items), { url: GARDENERS.url })
    expect(
      one.sql('SELECT site_post_id AS id, slug FROM posts LEFT JOIN groups ON groups.id = posts.group_id ORDER BY 1'),
    ).toEqual([
      { id: '1', slug: 'gardeners' },
      { id: '2', slug: 'gardeners' },
      { id: '3', slug: null },
    ])
    one.close()
  })
})
