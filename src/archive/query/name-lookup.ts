import { foldLetters } from '../../model/fold.js'
import { segments, siteKey, spellings } from '../../model/urls.js'

export interface Where {
  sql: string
  values: (string | number)[]
}

export const isUrl = (name: string): boolean => /^https?:\/\//i.test(name) && URL.canParse(name)

/** The segment behind the groups' folder, or the last one where that folder was renamed. */
export function slugIn(url: string): string {
  const parts = segments(url)
  return (parts.includes('groups') ? parts[parts.indexOf('groups') + 1] : parts.at(-1)) ?? ''
}

/** Row ids of the groups of this name. The same slug on another site is another group. */
export const groupsNamed = (name: string): Where =>
  isUrl(name)
    ? {
        sql: `SELECT groups.id FROM groups JOIN sites ON sites.id = groups.site_id
          WHERE groups.slug = ? AND substr(?, 1, length(sites.key)) = sites.key`,
        values: [slugIn(name), siteKey(name)],
      }
    : byName('groups', 'group_id', name)

export const membersNamed = (name: string): Where =>
  isUrl(name)
    ? { sql: 'SELECT id FROM members WHERE url IN (?, ?, ?, ?)', values: spellings(`${name.replace(/\/*$/, '')}/`) }
    : byName('members', 'member_id', name)

/** As it is written; `asa` finds Åsa where nobody is called just so. */
function byName(table: string, native: string, name: string): Where {
  const exact = `SELECT id FROM ${table} WHERE ${native} = ? OR slug = ? COLLATE NOCASE OR name = ? COLLATE NOCASE`
  return {
    sql: `${exact} UNION ALL
      SELECT id FROM ${table} WHERE NOT EXISTS (${exact}) AND (folded(slug) = ? OR folded(name) = ?)`,
    values: [name, name, name, name, name, name, foldLetters(name), foldLetters(name)],
  }
}
