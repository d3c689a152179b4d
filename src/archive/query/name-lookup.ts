import { foldLetters } from '../../model/fold.js'
import { segments, siteKey, spellings } from '../../model/urls.js'

/** An SQL condition with the values of its placeholders. */
export interface Where {
  sql: string
  values: (string | number)[]
}

export const isUrl = (name: string): boolean => /^https?:\/\//i.test(name) && URL.canParse(name)

/** Slug of a group URL: the segment after `groups`, or the last one if the site renamed that folder. */
export function slugIn(url: string): string {
  const parts = segments(url)
  return (parts.includes('groups') ? parts[parts.indexOf('groups') + 1] : parts.at(-1)) ?? ''
}

/** SQL for the row ids of the groups with this slug, id, name or URL. A URL matches only groups of its own site. */
export const groupsNamed = (name: string): Where =>
  isUrl(name)
    ? {
        sql: `SELECT groups.id FROM groups JOIN sites ON sites.id = groups.site_id
          WHERE groups.slug = ? AND substr(?, 1, length(sites.key)) = sites.key`,
        values: [slugIn(name), siteKey(name)],
      }
    : byName('groups', 'site_group_id', name)

/** SQL for the row ids of the members with this slug, id, name or URL. */
export const membersNamed = (name: string): Where =>
  isUrl(name)
    ? { sql: 'SELECT id FROM members WHERE url IN (?, ?, ?, ?)', values: spellings(`${name.replace(/\/*$/, '')}/`) }
    : byName('members', 'site_member_id', name)

/** Exact matches, ignoring ASCII case; if there are none, matches without accents: `asa` finds Åsa. */
function byName(table: string, native: string, name: string): Where {
  const exact = `SELECT id FROM ${table} WHERE ${native} = ? OR slug = ? COLLATE NOCASE OR name = ? COLLATE NOCASE`
  return {
    sql: `${exact} UNION ALL
      SELECT id FROM ${table} WHERE NOT EXISTS (${exact}) AND (folded(slug) = ? OR folded(name) = ?)`,
    values: [name, name, name, name, name, name, foldLetters(name), foldLetters(name)],
  }
}
