import { folded } from '../model/fold.js'
import { segments, siteKey, spellings } from '../model/urls.js'

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
    : {
        sql: 'SELECT id FROM groups WHERE group_id = ? OR folded(slug) = ? OR folded(name) = ?',
        values: [name, folded(name), folded(name)],
      }

export const membersNamed = (name: string): Where =>
  isUrl(name)
    ? { sql: 'SELECT id FROM members WHERE url IN (?, ?, ?, ?)', values: spellings(`${name.replace(/\/*$/, '')}/`) }
    : {
        sql: 'SELECT id FROM members WHERE member_id = ? OR folded(slug) = ? OR folded(name) = ?',
        values: [name, folded(name), folded(name)],
      }
