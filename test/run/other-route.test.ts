import { expect, it } from 'vitest'
import { communityOf, type SeenRequest, type ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { bending, withoutLoadMore } from './bent.js'
import { desk, idsHeld, outcome } from './outside.js'

/** Sites whose streams have no second page under its own address: AJAX has it, or the gap is named. */

type Intercept = NonNullable<ServeOptions['intercept']>

/** A page cache that keeps one copy of each path. */
const oneCopy: Intercept = request => {
  request.query.delete('acpage')
  return false
}

const oneCopyWithoutLink: Intercept = (request, response) => {
  oneCopy(request, response)
  return bending(withoutLoadMore)(request, response)
}

/** Plain permalinks: a page number leads to the directory. */
const toDirectory: Intercept = (request, response) => {
  if (!request.query.has('acpage')) return false
  response.writeHead(301, { Location: '/groups/' }).end()
  return true
}

const toNowhere: Intercept = (request, response) => {
  if (!request.query.has('acpage')) return false
  response.writeHead(301, { Location: 'mailto:nobody' }).end()
  return true
}

const isAjax = ({ form }: SeenRequest): boolean => form['action'] === 'activity_get_older_updates'

const withoutAjax =
  (intercept: Intercept): Intercept =>
  (request, response) => {
    if (!isAjax(request)) return intercept(request, response)
    response.writeHead(400, { 'Content-Type': 'text/html' }).end('0')
    return true
  }

async function archived(size: number, intercept: Intercept, via: 'auto' | 'page' = 'auto', path = 'groups/gardeners/') {
  const options = { pack: 'legacy', rest: false, intercept } as const
  const { server } = await town(options, communityOf({ posts: Array.from({ length: size }, () => ({})) }))
  const one = desk()
  const { target, ...end } = outcome(await one.run(server.url + path, { via, retries: 0 }))
  const asked = server.requests.filter(isAjax).map(({ form }) => Number(form['page']))
  const whole = one.groups()[0]?.completeness.state
  return { ...end, held: idsHeld(one).length, whole, asked, notes: target?.notes.map(({ message }) => message) ?? [] }
}

const SITES = [
  ['the first page again', oneCopy],
  ['the first page again, without a link to the next', oneCopyWithoutLink],
  ['a redirect to the directory', toDirectory],
  ['a redirect that leads nowhere', toNowhere],
] as const

it.each(SITES)('a second page that is %s is read by AJAX, and all after it', async (_what, intercept) => {
  const end = await archived(45, intercept)
  expect([end.code, end.held, end.whole]).toEqual([0, 45, 'complete'])
  expect(end.asked.slice(0, 2)).toEqual([2, 3])
  expect(end.notes).toContainEqual(expect.stringContaining('From page 2 on'))
})

it.each(SITES)('where AJAX fails too, %s is named as a gap', async (_what, intercept) => {
  const end = await archived(45, withoutAjax(intercept))
  expect([end.code, end.held]).toEqual([3, 20])
  expect(end.whole).not.toBe('complete')
  expect(end.message).toContain('Page 2 of')
})

it.each(SITES)('with --via page no other route is taken, and %s is named as a gap', async (_what, intercept) => {
  const end = await archived(45, intercept, 'page')
  expect([end.code, end.held, end.asked]).toEqual([3, 20, []])
  expect(end.whole).not.toBe('complete')
})

it('a stream of one page is whole if AJAX shows that it has no second', async () => {
  const end = await archived(3, oneCopyWithoutLink)
  expect([end.code, end.held, end.whole, end.asked]).toEqual([0, 3, 'complete', [2]])
})

it('a member stream whose second page is the first again is named: the AJAX response would not say whose it is', async () => {
  const end = await archived(45, oneCopyWithoutLink, 'auto', 'members/ada/')
  expect([end.code, end.held, end.asked]).toEqual([3, 20, []])
  expect(end.message).toContain('its second page is the first one again')
})
