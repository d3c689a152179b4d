import type { DemoMember, DemoPost } from '../community.js'

/** A short way to write a community down: who said what, and who answered. Ids and dates are worked out from it. */
export interface Told {
  by: string
  /** ISO without seconds, UTC: `2024-03-02T09:15`. Replies say minutes after what they answer. */
  at: string | number
  html: string
  replies: Told[]
  type?: string
}

/** Bare words become one paragraph. */
const paragraph = (words: string): string => (words === '' || words.startsWith('<') ? words : `<p>${words}</p>\n`)

export const thread = (by: string, at: string, words: string, ...replies: Told[]): Told => ({
  by,
  at,
  html: paragraph(words),
  replies,
})

export const reply = (by: string, minutes: number, words: string, ...replies: Told[]): Told => ({
  by,
  at: minutes,
  html: paragraph(words),
  replies,
})

export const notice = (by: string, at: string, type: string): Told => ({ by, at, html: '', replies: [], type })

/** Single quotes, as BuddyPress writes its mentions. */
export const mention = (slug: string): string =>
  `<a class='bp-suggestions-mention' href='{site}members/${slug}/' rel='nofollow'>@${slug}</a>`

interface Draft extends Omit<DemoPost, 'id' | 'parentId'> {
  parent: Draft | null
}

/** Ids count up with the dates, over all groups, as they do on a site. */
export function tell(groups: Record<string, Told[]>, authors: readonly DemoMember[], firstId: number): DemoPost[] {
  const drafts = Object.entries(groups).flatMap(([slug, told]) => told.flatMap(one => draft(one, slug, null, authors)))
  drafts.sort((a, b) => a.date.localeCompare(b.date))
  const ids = new Map(drafts.map((one, index) => [one, firstId + index]))
  const idOf = (one: Draft): number => ids.get(one) ?? 0
  return drafts.map(({ parent, ...post }, index) => ({
    id: firstId + index,
    parentId: parent ? idOf(parent) : null,
    ...post,
  }))
}

function draft(told: Told, groupSlug: string, parent: Draft | null, authors: readonly DemoMember[]): Draft[] {
  const type = told.type ?? (parent ? 'activity_comment' : 'activity_update')
  const memberId = authors.find(member => member.slug === told.by)?.id ?? 0
  const post = { parent, groupSlug, memberId, type, date: dateOf(told.at, parent), html: told.html }
  return [post, ...told.replies.flatMap(one => draft(one, groupSlug, post, authors))]
}

function dateOf(at: string | number, parent: Draft | null): string {
  const time = typeof at === 'string' ? Date.parse(`${at}:00Z`) : Date.parse(parent?.date ?? '') + at * 60_000
  return new Date(time).toISOString().replace('.000', '')
}
