import { activityIdOf, decoded, plainNumber } from '../../model/addresses.js'
import type { Selection } from '../../model/archive.js'
import { forumId, forumPostIn, isTopicUrl } from '../../model/forum/posts.js'
import type { Query } from '../../model/query/query.js'
import { siteKey } from '../../model/urls.js'
import { IN_LIST } from '../database/statements.js'
import { HELD_MIRRORS, TOPIC_AT, topicAddress } from './mirrors.js'
import { groupsNamed, isUrl, type Where } from './name-lookup.js'
import { subqueriesOf } from './query-sql.js'

/** A condition on `threads`, the opening posts, that holds for what any of the selections selects; null: everything. */
export function conditionOfAny(selections: readonly Selection[]): Where | null {
  const parts = selections.map(conditionOf)
  const known = parts.filter(part => part !== null)
  if (parts.length === 0 || known.length < parts.length) return null
  return { sql: known.map(({ sql }) => `(${sql})`).join(' OR '), values: known.flatMap(({ values }) => values) }
}

/** A condition on `threads`, the opening posts; null if the selection selects everything. */
export function conditionOf(selection: Selection): Where | null {
  const parts = [
    groups(selection.groups),
    threads(selection.threads),
    types(selection),
    ...(selection.posts === 'matching'
      ? [withPost([dates(selection), matching(selection.matching)])]
      : [withPost([dates(selection)]), withPost([matching(selection.matching)])]),
  ].filter(part => part !== null)
  return parts.length === 0 ? null : all(parts)
}

/** A condition on `posts` that holds for those that match the dates and the query of a selection; null: it has none. */
export function postConditionOf(selection: Selection): Where | null {
  const parts = [dates(selection), matching(selection.matching)].filter(part => part !== null)
  return parts.length === 0 ? null : all([READ, ...parts])
}

const READ: Where = { sql: "posts.status <> 'unread'", values: [] }

const all = (parts: readonly Where[]): Where => ({
  sql: parts.map(({ sql }) => `(${sql})`).join(' AND '),
  values: parts.flatMap(({ values }) => values),
})

/** Whole threads with at least one post for which all of these conditions hold. */
function withPost(conditions: readonly (Where | null)[]): Where | null {
  const given = conditions.filter(one => one !== null)
  if (given.length === 0) return null
  const { sql, values } = all([READ, ...given])
  return { sql: `threads.id IN (SELECT posts.thread_id FROM posts WHERE ${sql})`, values }
}

function groups(names: readonly string[] = []): Where | null {
  return anyName(names, name => {
    const { sql, values } = isUrl(name)
      ? groupsNamed(name)
      : {
          sql: 'SELECT id FROM groups WHERE slug = ? OR site_group_id = ? OR name = ? COLLATE NOCASE',
          values: [decoded(name), name, name],
        }
    return { sql: `threads.group_id IN (${sql})`, values }
  })
}

function threads(names: readonly string[] = []): Where | null {
  return anyName(names, name => {
    const { sql, values } = postByName(name)
    return { sql: `threads.id IN (SELECT thread_id FROM posts WHERE ${sql})`, values }
  })
}

/** Condition on `posts`: the post with this id, or with this permalink in any form. */
export function postByName(name: string): Where {
  if (isUrl(name) && forumPostIn(name) === null && isTopicUrl(name))
    return { sql: `${TOPIC_AT} AND posts.${ON_SITE}`, values: [topicAddress(name), siteKey(name)] }
  return isUrl(name)
    ? { sql: `posts.site_post_id = ? AND posts.${ON_SITE}`, values: [postIdIn(name), siteKey(name)] }
    : { sql: `posts.site_post_id = ? AND ${ON_ANY_SITE}`, values: [name] }
}

function anyName(names: readonly string[], conditionOf: (name: string) => Where): Where | null {
  if (names.length === 0) return null
  const conditions = names.map(conditionOf)
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' OR '),
    values: conditions.flatMap(({ values }) => values),
  }
}

/** The same slug or id on another site is another group or thread. URLs that differ in scheme or `www.` name the same site. */
const ON_SITE = 'site_id IN (SELECT id FROM sites WHERE substr(?, 1, length(key)) = key)'

/** Always true; lets SQLite use the unique index on `posts`, whose first column is the site. */
const ON_ANY_SITE = 'posts.site_id IN (SELECT id FROM sites)'

/** The post id in `name`: an id, or a permalink in any form, also one of a reply. */
function postIdIn(name: string): string {
  const fragment = /#(?:bb-rl-)?acomment-(\d+)$/.exec(name)?.[1]
  if (fragment) return fragment
  const number = forumPostIn(name)
  if (number !== null) return forumId(number)
  if (isUrl(name)) return activityIdOf(name) ?? name
  return /^\d+$/.test(name) ? plainNumber(name) : name
}

function types({ types = [], withoutTypes = [] }: Selection): Where | null {
  if (types.length > 0) return { sql: `threads.type ${IN_LIST}`, values: [JSON.stringify(types)] }
  if (withoutTypes.length === 0) return null
  const sql = `threads.type NOT ${IN_LIST} AND threads.id NOT IN (${HELD_MIRRORS})`
  return { sql, values: [JSON.stringify(withoutTypes)] }
}

/** A post whose date is an interval matches if the interval overlaps the period. */
function dates({ after, before }: Selection): Where | null {
  if (!after && !before) return null
  const conditions = [
    ...(after ? ["COALESCE(posts.posted_to, '9999') >= ?"] : []),
    ...(before ? ["COALESCE(posts.posted_from, '') < ?"] : []),
  ]
  return { sql: conditions.join(' AND '), values: [after, before].filter(date => date !== undefined) }
}

function matching(query: Query | undefined): Where | null {
  if (!query) return null
  const parts = subqueriesOf(query)
  const ids = parts.map(({ sql, id }) => `SELECT ${id} ${sql}`).join(' UNION ALL ')
  return { sql: `posts.id IN (${ids})`, values: parts.flatMap(({ values }) => values) }
}
