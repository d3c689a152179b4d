import * as z from 'zod'
import type { Attachment, Post } from '../../model/discussion.js'
import { siteJson } from '../../model/markup/storable-text.js'
import { resolveUrl } from '../document/links.js'

/**
 * The data of a post that BuddyBoss prepares for its edit form and shows to every reader: in pages as `data-bp-activity` and
 * `data-bp-activity-comment`, by REST as `activity_data` (BuddyBoss 3.4, bp_activity_get_edit_data and its filters). Topics
 * came with 2.8.80, titles with 2.13. Each field is checked alone, so an invalid field does not invalidate the others.
 */
export const EDIT_DATA = z.object({
  /** The stored text, never shortened, without the paragraphs and links that pages add. */
  content: z.string().optional().catch(undefined),
  privacy: z.string().max(20).optional().catch(undefined),
  post_title: z.string().nullish().catch(undefined),
  topics: z.object({ topic_name: z.string().optional() }).optional().catch(undefined),
  media: z.unknown().optional(),
  video: z.unknown().optional(),
})
export type EditData = z.infer<typeof EDIT_DATA>

/** The edit data of an attribute; empty if there is none or if it is not JSON. */
export function editDataOf(attribute: string | undefined): EditData {
  if (!attribute?.startsWith('{')) return {}
  try {
    return EDIT_DATA.parse(siteJson(attribute))
  } catch {
    return {}
  }
}

export type ShownFields = Pick<EditData, 'privacy' | 'post_title' | 'topics'>

/** The post fields of the edit data. Fields that it does not give are absent, so that the values of other views stay. */
export function editDataFields({
  privacy,
  post_title,
  topics,
}: ShownFields): Pick<Post, 'privacy' | 'heading' | 'topic'> {
  return {
    ...(privacy ? { privacy } : {}),
    ...(typeof post_title === 'string' ? { heading: post_title.trim() || null } : {}),
    ...(topics ? { topic: topics.topic_name?.trim() || null } : {}),
  }
}

/** All media of a post: a page shows five pictures and hides the others behind "+3 More Photos". */
export const editDataMedia = ({ media, video }: EditData, base: string): Attachment[] => [
  ...attachmentsOf('image', media, base),
  ...attachmentsOf('video', video, base),
]

/** One picture, video or document; the names of the fields depend on the kind and the route. */
const MEDIUM = z.object({
  url: z.string().optional().catch(undefined),
  download_url: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
})

/** The attachments of a BuddyBoss media list; none if the value is not a list. The URL of a document is its download URL. */
export function attachmentsOf(kind: Attachment['kind'], list: unknown, base: string): Attachment[] {
  if (!Array.isArray(list)) return []
  return list.flatMap(entry => {
    const { url, download_url, name, title } = MEDIUM.safeParse(entry).data ?? {}
    const address = resolveUrl((kind === 'document' ? download_url : null) || url, base)
    return address ? [{ kind, url: address, name: name || title || null }] : []
  })
}
