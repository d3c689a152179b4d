import { describe, expect, it } from 'vitest'
import { parse } from '../../src/parse/index.js'
import { captureOf, item, pageOf, parseItems, reply } from './markup.js'

/** Who wrote a post, where a theme or a translation says it in another way. */

const avatar = (id: number, alt: string, slug: string | null) => {
  const image = `<img class="avatar user-${id}-avatar" src="/${id}.png" alt="${alt}" />`
  return slug === null ? image : `<a href="/members/${slug}/">${image}</a>`
}
const link = (slug: string, name: string) => `<a href="/members/${slug}/">${name}</a>`

describe('one avatar for everybody', () => {
  const constant = (slug: string | null) => avatar(1, 'Profile picture of admin', slug)
  const authors = (items: string) =>
    parseItems(items).posts.map(({ author }) => author && [author.id, author.slug, author.name])

  it('folds no two authors into one: they are known by their profiles', () => {
    const items =
      item(1, {
        header: `${constant(null)}${link('ann', 'Ann')} posted`,
        replies: reply(2, { header: `${constant(null)}${link('ben', 'Ben')} replied` }),
      }) + item(3, { header: `${constant('cy')}${link('cy', 'Cy')} posted` })
    expect(authors(items)).toEqual([
      [null, 'ann', 'Ann'],
      [null, 'ben', 'Ben'],
      [null, 'cy', 'Cy'],
    ])
    expect(parseItems(items)).toMatchObject({ sharedIds: ['1'], warnings: [] })
  })

  it('gives no name to those whose profiles alone are shown', () => {
    const items = item(1, { header: constant('ann') }) + item(2, { header: constant('ben') })
    const read = parseItems(items).posts.map(({ author }) => [author?.id, author?.slug, author?.name])
    expect(read).toEqual([
      [null, 'ann', null],
      [null, 'ben', null],
    ])
  })

  it('is no sign for one member with two names or two addresses', () => {
    const items =
      item(1, { header: `${avatar(4, '', 'ann')}${link('ann', 'Ann')} posted` }) +
      item(2, { header: `${avatar(4, '', 'ann')}${link('ann', 'ann')} posted` }) +
      item(3, { header: `${avatar(4, '', 'ann-lee')}${link('ann-lee', 'Ann')} posted` })
    expect(parseItems(items).sharedIds).toBeUndefined()
    expect(authors(items).map(author => author?.[0])).toEqual(['4', '4', '4'])
  })
})

describe('a deleted member whose avatar links to a profile (BuddyPress 15)', () => {
  const gone = (alt: string) => item(9, { header: `${avatar(9, alt, 'former')} posted an update` })
  const others = (alt: (name: string) => string) =>
    item(1, { header: `${avatar(1, alt('Ann'), 'ann')}${link('ann', 'Ann')} posted` }) +
    item(2, { header: `${avatar(2, alt('Ben'), 'ben')}${link('ben', 'Ben')} posted` })

  it.each([
    ['German', 'Profilbild', (name: string) => `Profilbild von ${name}`],
    ['Polish', 'Zdjęcie profilowe', (name: string) => `Zdjęcie profilowe użytkownika ${name}`],
    ['Hungarian', 'Profilkép', (name: string) => `${name} profilképe`],
    ['Japanese', 'プロフィール写真', (name: string) => `${name} のプロフィール写真`],
  ])('is no author that was missed, in %s', (_language, alt, named) => {
    const page = parseItems(gone(alt) + others(named))
    expect(page.warnings).toEqual([])
    expect(page.posts[0]?.author).toMatchObject({ id: '9', name: null })
  })

  it.each(['Clara Profilbild', 'Clara', ''])('is not seen in the avatar of a member (%s)', alt => {
    const page = parseItems(gone(alt) + others(name => `Profilbild von ${name}`))
    expect(page.warnings).toEqual([expect.stringContaining('Post 9')])
  })

  it('is not seen where one other avatar alone begins alike: it may be a name', () => {
    const page = parseItems(
      gone('Ann') + item(1, { header: `${avatar(1, 'Ann Lee', 'lee')}${link('lee', 'Ann Lee')}` }),
    )
    expect(page.warnings).toEqual([expect.stringContaining('Post 9')])
  })
})

describe('an author with a name and no profile', () => {
  const founder = item(8, { header: `${avatar(1, 'Profile picture of Kim', null)} founded the group` })
  const other = item(9, { header: `${avatar(2, 'Profile picture of Ben', 'ben')}${link('ben', 'Ben')} posted` })
  const authorOf = (around: string, items = founder + other) =>
    parse(captureOf(pageOf(items).replace('<ul', `<div id="item-header">${around}</div><ul`))).posts[0]?.author

  it('has the one that the rest of the page links with the same avatar', () => {
    expect(authorOf(avatar(1, 'Profile picture of Kim', 'kim'))).toMatchObject({
      ...{ id: '1', name: 'Kim', slug: 'kim', url: 'https://town.example/members/kim/' },
    })
  })

  it.each([
    ['another member', avatar(3, '', 'lea')],
    ['a link to something else', avatar(1, '', 'kim').replace('/members/kim/', '/badges/founder/')],
    ['two profiles with one avatar', avatar(1, '', 'kim') + avatar(1, '', 'lea')],
  ])('has none by %s', (_what, around) => {
    expect(authorOf(around)).toMatchObject({ id: '1', name: 'Kim', slug: null })
  })
})
