import type { Statements } from '../database/statements.js'

/** Tables and columns of groups or members. */
export interface EntityKind {
  table: 'groups' | 'members'
  /** Column of the site's own id. */
  native: 'site_group_id' | 'site_member_id'
  /** Column of the row id in the tables that refer to it. */
  reference: 'group_id' | 'member_id'
}

export const GROUP_KIND = { table: 'groups', native: 'site_group_id', reference: 'group_id' } as const
export const MEMBER_KIND = { table: 'members', native: 'site_member_id', reference: 'member_id' } as const

/** A group or member as a page, or another archive, names it. `site_id`: row id of its site. */
interface NamedEntity {
  site_id: number
  native: string | null
  slug: string | null
}

/**
 * The row of a group or member: by the site's own id, else by slug, else by an earlier slug. Ids never change, slugs may: a row with another
 * id is another one, whatever its slug. Writing, merge and reparse all ask here. `before`: an earlier slug counts only if it was replaced
 * after this time; null: whenever.
 */
export function findEntity(
  sql: Statements,
  kind: EntityKind,
  { site_id, native, slug }: NamedEntity,
  before: string | null,
): number | undefined {
  const { table, native: column, reference } = kind
  const one = (rest: string, ...values: unknown[]) =>
    sql.one<number>(`SELECT id FROM main.${table} AS known WHERE site_id = ? AND ${rest}`, site_id, ...values)
  const byId = native === null ? undefined : one(`${column} = ?`, native)
  if (byId !== undefined || slug === null) return byId
  const slugs = [slug, encodedSlug(slug)]
  const numberless = one(`slug IN (?, ?) AND ${column} IS NULL`, ...slugs)
  if (numberless !== undefined || native !== null) return numberless
  const first = `ORDER BY ${column} LIMIT 1`
  return (
    one(`slug IN (?, ?) ${first}`, ...slugs) ??
    one(`${column} IS NOT NULL AND ${FORMER(reference)} ${first}`, slug, before ?? '')
  )
}

const FORMER = (reference: string) => `known.id IN (SELECT ${reference} FROM main.events
  WHERE kind = 'renamed' AND field = 'slug' AND before = ? AND at > ?)`

/** The slug as WordPress stores it: some pages print it in this form. */
const encodedSlug = (slug: string): string => encodeURIComponent(slug).toLowerCase()
