/** Folders below which the next part of an address names a member. */
const PROFILES = new Set(
  'members member users user author profile profiles u mitglieder mitglied membres miembros участники'.split(' '),
)

/** Pages in such a folder that are no profile. */
const PAGES = new Set('page type me login logout register edit settings search feed activity'.split(' '))

export const isProfileFolder = (part: string): boolean => PROFILES.has(part.toLowerCase())

/** The slug or id in the address of a profile or of a page below it; null: it is none. `parts`: decoded parts of the path. */
export function profileSlug(parts: readonly string[]): string | null {
  return parts.find((_, at) => at > 0 && isProfileFolder(parts[at - 1] ?? '')) ?? null
}

/** As `profileSlug`, without the pages of the folder: what may be taken for a member whom nothing else shows. */
export function linkedSlug(parts: readonly string[]): string | null {
  const slug = profileSlug(parts)
  return slug === null || PAGES.has(slug.toLowerCase()) ? null : slug
}
