export const ERASED_MEMBER = 'erased member'

/** What a member is called of whom no name and no slug is known: who was deleted from the site, and has a number at most. Null: the site names nobody. */
export function namelessMember(member: { id: string | null } | null): string {
  if (member === null) return 'unknown member'
  // A text has no numbers of members, and what a hostile site calls one is not repeated.
  return /^\d+$/.test(member.id ?? '') ? `former member ${member.id}` : 'former member'
}

/** The same where a line begins. */
export const namelessFirst = (member: { id: string | null }): string => {
  const words = namelessMember(member)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What documents of this and of earlier versions call those who have no name. */
export const NAMELESS =
  /^(?:former member(?: \d+)?|unknown member|an? (?:former|unknown|erased|forgotten) member|erased member)$/
