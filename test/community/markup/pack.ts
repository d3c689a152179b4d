import type { DemoGroup, DemoPost } from '../community.js'
import type { Site } from '../site.js'
import type { Stream, StreamKind, StreamPage } from '../streams.js'

export const NOTHING = 'Sorry, there was no activity found. Please try a different filter.'
export const PRIVATE_NOTICE =
  'This is a private group. To join you must be a registered site member and request group membership.'

export interface GroupsPage {
  groups: DemoGroup[]
  total: number
  number: number
}

/** A template pack: the same community in other markup. */
export interface Pack {
  /** Attributes of the element around everything. */
  wrapper: string
  item(site: Site, post: DemoPost, kind: StreamKind): string
  /** Items with their load-more link, or the empty message: what the AJAX loaders answer. */
  contents(site: Site, page: StreamPage): string
  /** The place of a stream in a page: the items, or a loader where a script fetches them. */
  streamBox(site: Site, page: StreamPage): string
  groupHeader(site: Site, group: DemoGroup): string
  groupsContents(site: Site, page: GroupsPage): string
  groupsBox(site: Site, page: GroupsPage): string
  privateNotice(): string
  /** What the pack's scripts need to know. */
  scripts(site: Site, stream: Stream | null): string
}

export const GROUP_PAGE_SIZE = 20

/** "Viewing 1 - 3 of 3 groups" */
export function viewing(page: GroupsPage): string {
  const from = (page.number - 1) * GROUP_PAGE_SIZE + 1
  return `Viewing ${from} - ${from + page.groups.length - 1} of ${page.total} groups`
}
