import { describe, expect, it } from 'vitest'
import { taskByRequest } from '../../../src/run/plan/task-from-request.js'
import { rows } from '../../archive/shelf.js'
import { archived, ROUTES, synced } from '../reparse/reread.js'

interface Row {
  url: string
  form: string | null
  referer: string | null
  purpose: string
}

/** What the request alone can't tell, or what makes no difference to how the answer is read. */
const UNTOLD = [
  'byNouveau',
  'texts',
  'in',
  'pass',
  'reason',
  'site',
  'noReadMore',
  'second',
  'legacy',
  'arrivals',
  'idle',
  'firstItems',
  'lookingBack',
]

const told = (task: object): object =>
  Object.fromEntries(Object.entries(task).filter(([name, value]) => !UNTOLD.includes(name) && value !== null))

describe.each(ROUTES)('what a request was for ($pack by $via)', way => {
  it('is told by the request itself', async () => {
    const { one, server, later } = await archived(way)
    await one.run([`${server.url}activity/`, `${server.url}activity/p/4/`, `${server.url}members/ada/`], {
      via: way.via,
    })
    later(86_400)
    await synced(one, { audit: 2, lookBackSeconds: 60 })
    const captures = rows<Row>(one.file, 'SELECT url, form, referer, purpose FROM captures')
    expect(captures.length).toBeGreaterThan(10)
    for (const { url, form, referer, purpose } of captures) {
      const request = {
        url,
        ...(form === null ? {} : { form: JSON.parse(form) as Record<string, string> }),
        ...(referer === null ? {} : { referer }),
      }
      const task = JSON.parse(purpose) as { kind: string; home?: string }
      const guess = taskByRequest(request)
      // A page by its address may have been any of these; only what came tells.
      const pages = ['target', 'group', 'thread', 'stream']
      if (pages.includes(task.kind) && !form && !url.includes('wp-json')) expect(pages).toContain(guess.kind)
      else expect({ [url]: guess.kind }).toEqual({ [url]: task.kind })
      if (form) expect(told(guess)).toMatchObject(told(task))
    }
  })
})

describe('what a call of the pages was for', () => {
  const ajax = 'https://town.example/wp-admin/admin-ajax.php'
  const home = 'https://town.example/groups/gardeners/'
  const cases: [string, object, object][] = [
    ['a text', { form: { action: 'get_single_activity_content', id: '7' } }, { kind: 'text', id: '7' }],
    [
      'a text by Legacy',
      { form: { action: 'get_single_activity_content', activity_id: '7' } },
      { kind: 'text', id: '7' },
    ],
    ['groups', { form: { action: 'groups_filter', page: '2' } }, { kind: 'directory', page: 2 }],
    ['replies', { form: { action: 'activity_loadmore_comments', activity_id: '7' } }, { kind: 'replies', id: '7' }],
    [
      'a stream',
      { form: { action: 'activity_filter', page: '3' }, referer: home },
      { kind: 'stream', route: 'ajax', page: 3, groupSlug: 'gardeners', home },
    ],
    [
      'a thread',
      { form: { action: 'activity_filter', page: '1' }, referer: 'https://town.example/members/ada/activity/7/' },
      { kind: 'thread', id: '7' },
    ],
    ['a page of a stream', { url: `${home}?acpage=2` }, { kind: 'stream', route: 'page', page: 2, home }],
    ['a page of groups', { url: 'https://town.example/groups/?grpage=2' }, { kind: 'directory', page: 2 }],
  ]
  it.each(cases)('%s', (_what, request, task) => {
    expect(taskByRequest({ url: ajax, ...request })).toMatchObject(task)
  })

  const api = 'https://town.example/wp-json/buddypress/v1/'
  it.each([
    ['https://town.example/wp-json/?_fields=name,namespaces', { kind: 'api' }],
    [
      `${api}activity?component=groups&group_id=4&page=2&display_comments=threaded`,
      { kind: 'stream', route: 'rest', page: 2, groupSlug: '4' },
    ],
    [`${api}activity?page=1&display_comments=threaded`, { kind: 'stream', groupSlug: null }],
    [`${api}activity/7?display_comments=threaded`, { kind: 'thread', id: '7' }],
    [`${api}activity?primary_id=7&type=activity_comment&page=2`, { kind: 'thread', id: '7', check: { page: 2 } }],
    [`${api}activity?include=7,8&display_comments=stream`, { kind: 'parents' }],
    [`${api}activity?include=7,8&display_comments=threaded`, { kind: 'turns' }],
    [`${api}activity?type=activity_comment&display_comments=stream&page=1`, { kind: 'latest' }],
    [`${api}groups?page=2`, { kind: 'directory', page: 2 }],
    [`${api}members?include=2`, { kind: 'members' }],
  ])('REST: %s', (url, task) => {
    expect(taskByRequest({ url })).toMatchObject(task)
  })
})
