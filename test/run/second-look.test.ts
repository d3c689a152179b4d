import { expect, it } from 'vitest'
import type { Page } from '../../src/model/page.js'
import type { ThreadTask } from '../../src/model/task.js'
import { follow } from '../../src/run/plan/follow.js'
import { noRest } from '../../src/run/plan/outcome.js'
import { ThreadAddresses } from '../../src/run/plan/thread-addresses.js'
import { page, SITE, shelf } from '../archive/shelf.js'

const CONTEXT = {
  via: 'ajax',
  resumed: false,
  sameBefore: 0,
  plan: { kind: 'whole' },
  member: false,
  rest: noRest(),
  named: new Set<string>(),
  readsAll: true,
  isKnown: true,
  failedBefore: false,
  addresses: new ThreadAddresses(),
  pageSizes: new Map(),
  listed: () => [],
  knownGroups: () => [],
  held: null,
} as const
const AJAX = `${SITE}wp-admin/admin-ajax.php`
const PERMALINK = `${SITE}news-feed/p/220/`
const single: ThreadTask = {
  ...{ kind: 'thread', reason: 'partial', id: '220', texts: [], ajaxUrl: AJAX, noReadMore: true, permalink: PERMALINK },
  request: {
    url: AJAX,
    referer: `${SITE}members/ada/activity/220/`,
    nonce: 'activity',
    form: { action: 'activity_filter', object: 'activity', scope: 'all', page: '1' },
  },
}
const result = {
  newPosts: 0,
  changedPosts: 0,
  improvedPosts: 0,
  posts: 0,
  firstInRun: 0,
  firstInPass: 0,
  fresh: 0,
  repeated: 0,
  group: null,
  groupName: null,
  groupStatus: null,
  groupSeen: false,
  leftOut: 0,
  contradictions: [],
  reusedIds: [],
}
const after = (task: ThreadTask, came: Page) => follow(task, came, { ...result, textRefused: false }, { ...CONTEXT })

/** BuddyBoss: a login form in place of one thread's view, once; its permalink leads to the very same call. */
it('the view of a thread that something else came for is asked for once more, though its call is the same', () => {
  const wall = page([], { wall: { kind: 'login', seen: 'the login form' } })
  const [byPermalink] = after(single, wall).tasks as ThreadTask[]
  expect(byPermalink?.request).toEqual({ url: PERMALINK })
  const loader = page([], {
    ...{
      url: `${SITE}members/ada/activity/220/`,
      about: { kind: 'thread', id: '220' },
      loader: 'activity',
      ajaxUrl: AJAX,
    },
  })
  const [again] = after(byPermalink as ThreadTask, loader).tasks as ThreadTask[]
  expect(again?.request).toEqual(single.request)

  const one = shelf()
  const pass = one.archive.beginPass(SITE, { reader: 'visitor', via: 'auto' }, single, '2026-01-01T00:00:00Z')
  one.archive.frontier.add(pass, [byPermalink as ThreadTask, again as ThreadTask, again as ThreadTask], null)
  expect(one.archive.frontier.pending(pass)).toBe(3)
  one.close()
  // And if it comes again, the run says so.
  expect(after(again as ThreadTask, wall)).toMatchObject({
    end: 'pending',
    problem: { message: expect.stringContaining('Thread 220') },
  })
})
