import { isActivityTab, isPlain, segments } from './addresses.js'

/**
 * Slugs of the directory of groups by language, as an installation makes them from the translated title of its page (BuddyPress,
 * bp-core-functions.php, bp_core_get_directory_page_default_titles; WordPress, sanitize_title).
 */
const SLUGS: Record<string, readonly string[]> = {
  en: ['groups'],
  ar: ['المجموعات', 'مجموعات'],
  bg: ['групи'],
  bs: ['grupe'],
  ca: ['grups'],
  cs: ['skupiny'],
  da: ['grupper'],
  de: ['gruppen'],
  el: ['ομάδες', 'ομαδες'],
  es: ['grupos'],
  et: ['grupid', 'ruhmad', 'ruehmad'],
  eu: ['taldeak'],
  fa: ['گروه‌ها', 'گروه-ها', 'گروهها'],
  fi: ['ryhmat'],
  fr: ['groupes'],
  gl: ['grupos'],
  he: ['קבוצות'],
  hr: ['grupe'],
  hu: ['csoportok'],
  id: ['grup', 'kelompok'],
  it: ['gruppi'],
  ja: ['グループ'],
  ko: ['그룹'],
  lt: ['grupes'],
  lv: ['grupas'],
  nb: ['grupper'],
  nl: ['groepen'],
  nn: ['grupper'],
  no: ['grupper'],
  pl: ['grupy'],
  pt: ['grupos'],
  ro: ['grupuri'],
  ru: ['группы'],
  sk: ['skupiny'],
  sl: ['skupine'],
  sr: ['групе', 'grupe'],
  sv: ['grupper'],
  th: ['กลุ่ม'],
  tr: ['gruplar'],
  uk: ['групи'],
  vi: ['nhom'],
  zh: ['群组', '群組', '小组', '小組'],
}

const ALL = new Set(Object.values(SLUGS).flat())

/** Most segments of the address of a directory below its site: `/community/groups/`. With three it is a member's own list. */
const MAX_SEGMENTS = 2

/** True if an installation in any language gives its directory of groups an address like this. */
export function isDirectoryUrl(url: string, site: string): boolean {
  const parts = segments(url)
  const below = parts.length - segments(site).length
  return below > 0 && below <= MAX_SEGMENTS && ALL.has(parts.at(-1)?.toLowerCase() ?? '')
}

/** True for an address below a directory of groups with a default name. */
export const isGroupUrl = (url: string): boolean =>
  segments(url).some((part, at, parts) => ALL.has(part.toLowerCase()) && at < parts.length - 1)

/** The slug of the group whose page or stream has this address, below a directory with a default name; null: it is another page. */
export function groupSlugAt(url: string, site: string): string | null {
  const parts = segments(url).slice(segments(site).length)
  const at = parts.slice(0, MAX_SEGMENTS).findIndex(part => ALL.has(part.toLowerCase()))
  const [slug, ...tabs] = at < 0 ? [] : parts.slice(at + 1)
  return slug !== undefined && (tabs.length === 0 || (tabs.length === 1 && isActivityTab(url))) ? slug : null
}

/** True for the address of a feed: `/groups/SLUG/feed/`, `/?bp_groups=1&bp_group=SLUG&bp_group_action=feed`. A group may be named `feed`. */
export function isFeed(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, pathname, search } = new URL(url)
  if (isPlain(url)) return /[?&]bp_\w+_action=feed(&|$)/.test(search)
  return /\/feed\/?$/.test(pathname) && groupSlugAt(url, origin) !== 'feed'
}

/** The default slugs of a language (`de`, `pt-BR`), then the English one. */
export const directorySlugs = (language: string | null): readonly string[] => [
  ...new Set([...(SLUGS[language?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? []), 'groups']),
]
