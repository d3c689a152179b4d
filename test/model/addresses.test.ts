import { describe, expect, it } from 'vitest'
import {
  activityIdOf,
  addressKey,
  ancestors,
  bareUrl,
  below,
  isPermalink,
  isSameSlug,
  isWithin,
  segments,
} from '../../src/model/addresses.js'
import { pageUrl } from '../../src/run/plan/requests.js'

const SITE = 'https://town.example'

describe('a permalink', () => {
  it.each([
    ['/activity/p/61/', '61'],
    ['/members/tilda/activity/61/', '61'],
    ['/members/20231234/activity/61/', '61'],
    ['/town/mitglieder/tilda/wall/61/', '61'],
    ['/strom/p/61', '61'],
    ['/aktivitaet/61/', '61'],
    ['/?bp_activities=1&bp_activity_action=p&bp_activity_action_variables%5B0%5D=61', '61'],
    ['/?bp_members=1&bp_member=tilda&bp_member_component=activity&bp_member_action=61', '61'],
  ])('%s names post %s', (path, id) => expect(activityIdOf(SITE + path)).toBe(id))

  it.each([
    '/groups/2024/',
    '/members/20231234/',
    '/gruppen/2024/',
    '/town/groups/2024/',
    '/?bp_groups=1&bp_group=2024',
    '/?bp_members=1&bp_member=20231234',
    '/groups/bees/forum/topic/2024/',
    '/2024/',
    '/blog/2024/05/12/',
  ])('%s is none', path => expect(isPermalink(SITE + path)).toBe(false))
})

describe('plain permalinks', () => {
  const group = `${SITE}/?bp_groups=1&bp_group=bees`

  it('have the segments of the path that they stand for', () => {
    expect(segments(`${group}&bp_group_action=members`)).toEqual(['groups', 'bees', 'members'])
    expect(segments(`${SITE}/town/index.php?bp_groups=1&bp_group=bees`)).toEqual(['town', 'groups', 'bees'])
  })

  it('keep what says which page it is', () => {
    expect(bareUrl(`${group}&acpage=2&utm_source=mail#x`)).toBe(group)
    expect(bareUrl(`${SITE}/groups/bees/?acpage=2`)).toBe(`${SITE}/groups/bees/`)
  })

  it('name the pages below by the next field', () => {
    const member = `${SITE}/?bp_members=1&bp_member=tilda`
    expect(below(group, 'members')).toBe(`${group}&bp_group_action=members`)
    expect(segments(below(member, 'activity', '61'))).toEqual(['members', 'tilda', 'activity', '61'])
    expect(below(`${SITE}/members/tilda/`, 'activity', '61')).toBe(`${SITE}/members/tilda/activity/61/`)
  })

  it('are known where a field is sent as a list', () => {
    expect(segments(`${SITE}/?bp_groups[]=1&bp_group[]=bees`)).toEqual(['groups', 'bees'])
    expect(isWithin(`${SITE}/?bp_groups%5B%5D=1&bp_group=bees`, group)).toBe(true)
  })

  it('have ancestors as paths have', () => {
    expect(ancestors(`${group}&bp_group_action=members`).at(-2)).toBe(group)
    expect(ancestors(`${SITE}/groups/bees/members`).at(-2)).toBe(`${SITE}/groups/bees/`)
  })
})

it('an address below a page has no empty segments', () => {
  expect(below(`${SITE}/groups/`, '')).toBe(`${SITE}/groups/`)
  expect(below(`${SITE}/groups/`, '', 'bees')).toBe(`${SITE}/groups/bees/`)
})

it('an address of 10,000 segments has no more than thirty ancestors', () => {
  expect(ancestors(`${SITE}/${'a/'.repeat(10_000)}`)).toHaveLength(30)
  expect(ancestors(`${SITE}/?bp_groups=1&${'bp_group=a&'.repeat(10_000)}`)).toHaveLength(30)
})

describe('percent-encoding', () => {
  const written = `${SITE}/?bp_groups=1&bp_group=%d1%81%d0%b0%d0%b4`

  it('is in lower case, as the rewrite rules of WordPress have it', () => {
    expect(bareUrl(`${SITE}/группы/сад`)).toBe(`${SITE}/%d0%b3%d1%80%d1%83%d0%bf%d0%bf%d1%8b/%d1%81%d0%b0%d0%b4`)
    expect(below(`${SITE}/members/`, 'улей')).toBe(`${SITE}/members/%d1%83%d0%bb%d0%b5%d0%b9/`)
  })

  it('stays so where the query changes', () => {
    expect(below(written, 'members')).toBe(`${written}&bp_group_action=members`)
    expect(ancestors(written).at(-1)).toBe(written)
    expect(pageUrl(written, 2)).toBe(`${written}&acpage=2`)
  })
})

describe('the key of an address', () => {
  it.each([
    ['https://www.town.example/groups/улей/', 'http://town.example/groups/%d1%83%d0%bb%d0%b5%d0%b9'],
    ['https://town.example/groups/%F0%9F%90%9D/', 'https://town.example/groups/🐝/'],
    ['https://gärten.example/groups/bees/', 'https://xn--grten-gra.example//groups/Bees'],
    ['https://town.example/?bp_groups=1&bp_group=bees', 'https://town.example/index.php?bp_group=bees&bp_groups=1&v=2'],
    ['https://town.example/groups/caf%C3%A9/', 'https://town.example/groups/cafe\u0301/'],
  ])('%s has the key of %s', (a, b) => expect(addressKey(a)).toBe(addressKey(b)))

  it('keeps groups apart', () => {
    expect(isWithin(`${SITE}/groups/bees-2/`, `${SITE}/groups/bees/`)).toBe(false)
    expect(isWithin(`${SITE}/?bp_groups=1&bp_group=kin`, `${SITE}/?bp_groups=1&bp_group=bees`)).toBe(false)
    expect(isWithin(`${SITE}/groups/bees/members/`, `${SITE}/groups/bees`)).toBe(true)
  })
})

it('compares slugs decoded, also one that MySQL has cut in the middle of a character', () => {
  expect(isSameSlug('%d1%83%d0%bb', 'ул')).toBe(true)
  expect(isSameSlug('%D1%83%D0', '%d1%83%d0')).toBe(true)
  expect(isSameSlug('2024', '2025')).toBe(false)
})
