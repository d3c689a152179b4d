import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import type { Change, PostChange, PostInContext, Renamed } from '../../model/reports/changes.js'
import { knownDate } from '../../model/time.js'
import type { Period } from '../options/period.js'
import { terminalJson } from '../text/terminal-text.js'

/** `threadkeep.changes/1`, piece by piece: docs/schema/changes-1.json. */
export function* changesJson({ since, until }: Period, changes: Iterable<Change>): Generator<string> {
  const head = { schema: 'threadkeep.changes/1', since, until }
  yield `${terminalJson(head).slice(0, -1)},"changes":[`
  let comma = ''
  for (const change of changes) {
    yield `${comma}\n${terminalJson(change.kind === 'renamed' ? nameItem(change) : postItem(change))}`
    comma = ','
  }
  yield ']}\n'
}

function postItem(change: PostChange): object {
  const { at, kind, post } = change
  const { site, group, thread } = post
  return {
    at,
    kind,
    site,
    group: group && groupKeys(group),
    thread: { id: thread.id, url: thread.url, title: thread.title },
    post: postKeys(post),
    ...(kind === 'edited' ? { before: change.before, after: change.after } : {}),
    ...(kind === 'gone' ? { reason: change.reason, last_seen_at: change.lastSeenAt } : {}),
  }
}

/** Keys as in `threadkeep.post/1`. */
const postKeys = (post: PostInContext): object => ({
  id: post.id,
  parent: post.parent?.id ?? null,
  type: post.type,
  author: post.author && memberKeys(post.author),
  posted_at: knownDate(post.when),
  posted_between: [post.when.from, post.when.to],
  heading: post.heading,
  text: post.text,
  url: post.url,
  status: post.status,
})

const nameItem = ({ at, kind, site, member, group, field, before, after }: Renamed): object => ({
  at,
  kind,
  site,
  member: member && memberKeys(member),
  group: group && groupKeys(group),
  field,
  before,
  after,
})

const groupKeys = ({ id, slug, name, url }: StoredGroup) => ({ id, slug, name, url })
const memberKeys = ({ id, slug, name, url }: StoredAuthor) => ({ id, slug, name, url })
