import * as z from 'zod'
import type { Attachment, Post } from '../../model/discussion.js'
import { resolveUrl } from '../document/links.js'

/**
 * What BuddyBoss says of a post for its own edit form, and shows to every reader: in the page as `data-bp-activity` and
 * `data-bp-activity-comment`, by REST as `activity_data` (BuddyBoss 3.4, bp_activity_get_edit_data and its filters). Topics
 * came with 2.8.80, titles with 2.13. Each field on its own: a plugin that spoils one does not take the others.
 */
export const EDIT_DATA = z.object({
  privacy: z.string().max(20).optional().catch(undefined),
  post_title: z.string().nullish().catch(undefined),
  topics: z.object({ topic_name: z.string().optional() }).optional().catch(undefined),
  media: z.unknown().optional(),
  video: z.unknown().optional(),
})
export type EditData = z.infer<typeof EDIT_DATA>

/** Empty where there is none or where it is no JSON. */
export function editDataOf(attribute: string | undefined): EditData {
  if (!attribute?.startsWith('{')) return {}
  try {
    return EDIT_DATA.parse(JSON.parse(attribute))
  } catch {
    return {}
  }
}

/** Keys that are not told are absent: what another view has told stays. */
export function editDataFields({ privacy, post_title, topics }: EditData): Pick<Post, 'privacy' | 'heading' | 'topic'> {
  return {
    ...(privacy ? { privacy } : {}),
    ...(typeof post_title === 'string' ? { heading: post_title.trim() || null } : {}),
    ...(topics ? { topic: topics.topic_name?.trim() || null } : {}),
  }
}

/** A page shows five pictures and hides the others behind "+3 More Photos": here are all of them. */
export const editDataMedia = ({ media, video }: EditData, base: string): Attachment[] => [
  ...attachmentsOf('image', media, base),
  ...attachmentsOf('video', video, base),
]

/** What is read of one picture, video or document, under the names of each place. */
const MEDIUM = z.object({
  url: z.string().optional().catch(undefined),
  download_url: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
})

/** A list of BuddyBoss' media: anything else is none. Documents are known by the address that downloads them. */
export function attachmentsOf(kind: Attachment['kind'], list: unknown, base: string): Attachment[] {
  if (!Array.isArray(list)) return []
  return list.flatMap(entry => {
    const { url, download_url, name, title } = MEDIUM.safeParse(entry).data ?? {}
    const address = resolveUrl((kind === 'document' ? download_url : null) || url, base)
    return address ? [{ kind, url: address, name: name || title || null }] : []
  })
}
