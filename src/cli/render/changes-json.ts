import { authorRecord, groupRecord } from '../../export/record.js'
import type { Change, PostChange, PostInContext, Renamed, Wording } from '../../model/reports/changes.js'
import type { Period } from '../options/period.js'
import { dateKeys, jsonDocument, records } from './json-document.js'

/** `threadkeep.changes/1`: docs/schema/changes-1.json. */
export const changesJson = ({ since, until }: Period, changes: Iterable<Change>): Generator<string> =>
  jsonDocument('changes', { since, until, changes: records(changes, changeRecord) })

const changeRecord = (change: Change): object => (change.kind === 'renamed' ? renameRecord(change) : postChange(change))

function postChange(change: PostChange): object {
  const { at, kind, post } = change
  const { site, group, thread } = post
  return {
    at,
    kind,
    site,
    group: groupRecord(group),
    thread: { id: thread.id, url: thread.url, title: thread.title },
    post: postRecord(post),
    ...(kind === 'edited' ? { before: wordingRecord(change.before), after: wordingRecord(change.after) } : {}),
    ...(kind === 'moved' ? { field: change.field, before: change.before, after: change.after } : {}),
    ...(kind === 'gone' ? { reason: change.reason, last_seen_at: change.lastSeenAt } : {}),
  }
}

const wordingRecord = ({ author, when, heading, text }: Wording): object => ({
  author: authorRecord(author),
  ...dateKeys(when),
  heading,
  text,
})

/** Keys as in `threadkeep.post/1`. */
const postRecord = (post: PostInContext): object => ({
  id: post.id,
  parent: post.parent?.id ?? null,
  type: post.type,
  author: authorRecord(post.author),
  ...dateKeys(post.when),
  heading: post.heading,
  text: post.text,
  url: post.url,
  status: post.status,
})

const renameRecord = ({ at, kind, site, member, group, field, before, after }: Renamed): object => ({
  at,
  kind,
  site,
  member: authorRecord(member),
  group: groupRecord(group),
  field,
  before,
  after,
})
