import { authorRecord, groupRecord } from '../../export/record.js'
import type { GroupSummary, ThreadSummary } from '../../model/archive.js'
import { dateKeys, jsonDocument, records } from './json-document.js'

/** `threadkeep.list/1`: docs/schema/list-1.json. */
export const listJson = (groups: Iterable<GroupSummary>, threads: Iterable<ThreadSummary>): Generator<string> =>
  jsonDocument('list', { groups: records(groups, summaryOfGroup), threads: records(threads, summaryOfThread) })

const summaryOfGroup = (group: GroupSummary) => ({
  site: group.site,
  ...groupRecord(group),
  status: group.status,
  access: group.access,
  threads: group.threads,
  posts: group.posts,
  gone_posts: group.gonePosts,
  completeness: group.completeness,
  last_post_at: group.lastPostAt,
})

const summaryOfThread = (thread: ThreadSummary) => ({
  site: thread.site,
  group: groupRecord(thread.group),
  id: thread.id,
  url: thread.url,
  title: thread.title,
  type: thread.type,
  author: authorRecord(thread.author),
  ...dateKeys(thread.when),
  last_post_at: thread.lastPostAt,
  replies: thread.replies,
  status: thread.status,
  gone_posts: thread.gonePosts,
  completeness: thread.completeness,
})
