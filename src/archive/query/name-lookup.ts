import { addressKey, decoded } from '../../model/addresses.js'
import { foldLetters } from '../../model/fold.js'

/** An SQL condition with the values of its placeholders. */
export interface Where {
  sql: string
  values: (string | number)[]
}

export const isUrl = (name: string): boolean => /^https?:\/\//i.test(name) && URL.canParse(name)

/** SQL for the row ids of the groups with this slug, id, name or URL. A URL matches the group that it is the address of, or of a page below it. */
export const groupsNamed = (name: string): Where =>
  isUrl(name)
    ? {
        sql: 'SELECT id FROM groups WHERE substr(?, 1, length(address_key(url))) = address_key(url)',
        values: [addressKey(name)],
      }
    : byName('groups', 'site_group_id', name)

/** SQL for the row ids of the members with this slug, id, name or URL. */
export const membersNamed = (name: string): Where =>
  isUrl(name)
    ? { sql: 'SELECT id FROM members WHERE address_key(url) = ?', values: [addressKey(name)] }
    : byName('members', 'site_member_id', name)

/** Exact matches, ignoring ASCII case; if there are none, matches without accents: `asa` finds Åsa. */
function byName(table: string, native: string, name: string): Where {
  const exact = `SELECT id FROM ${table} WHERE ${native} = ? OR slug = ? COLLATE NOCASE OR name = ? COLLATE NOCASE`
  const slug = decoded(name)
  return {
    sql: `${exact} UNION ALL
      SELECT id FROM ${table} WHERE NOT EXISTS (${exact}) AND (folded(slug) = ? OR folded(name) = ?)`,
    values: [name, slug, name, name, slug, name, foldLetters(name), foldLetters(name)],
  }
}
