import { segments } from '../addresses.js'

/** Forums of bbPress: their posts have ids of their own, beside those of the activity. */

/** The id of a topic or reply, by its number in WordPress. */
export const forumId = (number: string): string => `bbp:${number}`

export const isForumId = (id: string): boolean => id.startsWith('bbp:')

/** Types of the activity items that repeat a topic or a reply of a forum. */
export const MIRROR_TYPES = ['bbp_topic_create', 'bbp_reply_create'] as const

export const isMirror = (type: string): boolean => (MIRROR_TYPES as readonly string[]).includes(type)

/** The slugs of forums in the languages of WordPress, decoded: bbPress has `forum` in groups, and sites translate it. */
const SLUGS = new Set(
  'forum forums foren foro foros fora foorum foorumit foorumi fórum fóruns fórumok fóra forumet forumlar φόρουμ форум форуми форумы المنتدى المنتديات منتدى انجمن פורום פורומים フォーラム 论坛 論壇 포럼 กระดานสนทนา diễn-đàn dien-dan'.split(
    ' ',
  ),
)

/** True for the address of a list of topics or forums: `/groups/gardeners/forum/`, `/forums/`. */
export const isForumUrl = (url: string): boolean => SLUGS.has(segments(url).at(-1)?.toLowerCase() ?? '')

/** The number of a topic or reply in the fragment of its permalink; null: there is none. */
export const forumPostIn = (url: string): string | null => /#post-(\d+)$/.exec(url)?.[1] ?? null

/** True for the address of a topic or reply: `/groups/gardeners/forum/topic/watering/`, `/forums/reply/12/`, or any address with `#post-12`. */
export const isTopicUrl = (url: string): boolean =>
  forumPostIn(url) !== null || /(?:^|\/)(?:topic|reply)\/[^/]+(?:\/page\/\d+)?$/.test(segments(url).join('/'))

/** The address of a forum or topic without the number of one of its pages: `/forum/topic/watering/page/2/`. */
export function withoutForumPage(pathname: string): string {
  return /\/(?:forums?|topic)\//.test(pathname) ? pathname.replace(/\/page\/\d+\/?$/, '/') : pathname
}
