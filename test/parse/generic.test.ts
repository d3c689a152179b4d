import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { parse } from '../../src/parse/index.js'
import { CASES, type Case } from './cases.js'
import { projectionOf } from './projection.js'

/** All tables are taken away: the rules of `generic` read every item, with the AJAX traits of the family that its markup shows. */
vi.mock(import('../../src/parse/templates/index.js'), async original => {
  const templates = await original()
  const { byRuleOf, generic } = await import('../../src/parse/templates/generic.js')
  const ruled = (item: Parameters<typeof templates.templateOf>[0]) => {
    const table = templates.templateOf(item)
    return table === generic ? generic : { ...byRuleOf(table), item: generic.item, reply: generic.reply }
  }
  return { ...templates, templateOf: ruled }
})

interface Seen {
  id: string
  parent: string | null
  author: { slug?: string; name?: string } | null
  group: string | null
  text?: string
}

const partsOf = ({ id, parent, author, group, text }: Seen) => ({
  id,
  parent,
  group,
  author: author?.slug ?? author?.name ?? null,
  text: text ?? '',
})

/** The parts of each post that a fixture expects, and those that the rules alone find. */
const expectedOf = (one: Case): Seen[] =>
  (JSON.parse(readFileSync(one.expectation, 'utf8')) as { posts?: Seen[] }).posts ?? []

const READ = CASES.filter(({ parser }) => parser === 'buddypress-page' || parser === 'buddypress-ajax').filter(
  one => expectedOf(one).length > 0,
)

const isSame = (one: Case): boolean => {
  const { posts = [] } = projectionOf(parse(one.capture)) as { posts?: Seen[] }
  return JSON.stringify(posts.map(partsOf)) === JSON.stringify(expectedOf(one).map(partsOf))
}

describe('the rules alone', () => {
  const other = READ.filter(one => !isSame(one)).map(({ name }) => name)

  it('read all fixtures but two: ids, parents, authors, groups and texts', () => {
    expect(READ.length).toBeGreaterThan(80)
    // Media of BuddyBoss are told apart by its own classes.
    expect(other).toEqual([
      'buddypress-ajax/buddyboss-34/media',
      'buddypress-ajax/buddyboss-34/title-topic-more-pictures',
    ])
  })
})
