import type { Selection } from '../../model/archive.js'
import type { Query } from '../../model/query/query.js'
import { activityIdOf, siteKey } from '../../model/urls.js'
import { isUrl, slugIn, type Where } from './name-lookup.js'
import { subqueriesOf } from './query-sql.js'

/** A selection as a condition on the view `threads`. */
export function whereOf(selection: Selection): Where {
  const parts = [
    groups(selection.groups),
    threads(selection.threads),
    types(selection),
    dates(selection),
    matching(selection.matching),
  ].filter(part => part !== null)
  return {
    sql: parts.length ? `WHERE ${parts.map(part => `(${part.sql})`).join(' AND ')}` : '',
    values: parts.flatMap(part => part.values),
  }
}

function groups(names: readonly string[] = []): Where | null {
  return anyName(names, name =>
    isUrl(name)
      ? {
          sql: `threads.group_id IN (SELECT id FROM groups WHERE slug = ?) AND threads.${ON_SITE}`,
          values: [slugIn(name), siteKey(name)],
        }
      : {
          sql: 'threads.group_id IN (SELECT id FROM groups WHERE slug = ? OR group_id = ? OR name = ? COLLATE NOCASE)',
          values: [name, name, name],
        },
  )
}

function threads(names: readonly string[] = []): Where | null {
  return anyName(names, name => {
    const { sql, values } = postByName(name)
    return { sql: `threads.id IN (SELECT thread_id FROM posts WHERE ${sql})`, values }
  })
}

/** The post that is named by its id or by a permalink in any form, as a condition on `posts`. */
export function postByName(name: string): Where {
  return isUrl(name)
    ? { sql: `posts.activity_id = ? AND posts.${ON_SITE}`, values: [postIdIn(name), siteKey(name)] }
    : { sql: `posts.activity_id = ? AND ${ON_ANY_SITE}`, values: [name] }
}

function anyName(names: readonly string[], conditionOf: (name: string) => Where): Where | null {
  if (names.length === 0) return null
  const conditions = names.map(conditionOf)
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' OR '),
    values: conditions.flatMap(({ values }) => values),
  }
}

/** The same slug or number on another site is another group or thread. Scheme and `www.` make no other site. */
const ON_SITE = 'site_id IN (SELECT id FROM sites WHERE substr(?, 1, length(key)) = key)'

/** Says nothing, but the index of posts begins with the site. */
const ON_ANY_SITE = 'posts.site_id IN (SELECT id FROM sites)'

/** An id, or a permalink in any form; that of a reply names its thread, too. */
export function postIdIn(name: string): string {
  const fragment = /#(?:bb-rl-)?acomment-(\d+)$/.exec(name)?.[1]
  if (fragment) return fragment
  return isUrl(name) ? (activityIdOf(name) ?? name) : name
}

function types({ types = [], withoutTypes = [] }: Selection): Where | null {
  const placeholders = (list: readonly string[]) => list.map(() => '?').join(', ')
  if (types.length > 0) return { sql: `threads.type IN (${placeholders(types)})`, values: [...types] }
  return withoutTypes.length > 0
    ? { sql: `threads.type NOT IN (${placeholders(withoutTypes)})`, values: [...withoutTypes] }
    : null
}

/** A post whose date is an interval lies in the time if it may lie there. */
function dates({ after, before }: Selection): Where | null {
  if (!after && !before) return null
  const conditions = [
    ...(after ? ["COALESCE(posted_to, '9999') >= ?"] : []),
    ...(before ? ["COALESCE(posted_from, '') < ?"] : []),
  ]
  return {
    sql: `threads.id IN (SELECT thread_id FROM posts WHERE status <> 'unread' AND ${conditions.join(' AND ')})`,
    values: [after, before].filter(date => date !== undefined),
  }
}

/** Threads, whole, of which a post matches. */
function matching(query: Query | undefined): Where | null {
  if (!query) return null
  const arms = subqueriesOf(query)
  const ids = arms.map(({ sql, id }) => `SELECT ${id} ${sql}`).join(' UNION ALL ')
  return {
    sql: `threads.id IN (SELECT thread_id FROM posts WHERE id IN (${ids}))`,
    values: arms.flatMap(({ values }) => values),
  }
}
