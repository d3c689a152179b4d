import type { Table } from '../describe.js'
import { GROUPS, MEMBERS, SITES } from './entities.js'
import { ATTACHMENTS, EVENTS, LINKS, REVISIONS, SIGHTINGS } from './history.js'
import { MEDIA, MEDIA_USES } from './media.js'
import { MADE_IDS, OWN_PAGES, POSTS, THREADS } from './posts.js'
import { ARCHIVES, BLOBS, CAPTURES, FRONTIER, LOCKS, RUNS, TARGETS } from './runs.js'
import { READABLE_POSTS, READABLE_THREADS } from './views.js'

/** Every table of the archive. */
export const TABLES: readonly Table[] = [
  ...[POSTS, THREADS, REVISIONS, EVENTS, SIGHTINGS, SITES, GROUPS, MEMBERS, ATTACHMENTS, LINKS],
  ...[MEDIA, MEDIA_USES],
  ...[RUNS, ARCHIVES, CAPTURES, TARGETS, BLOBS, FRONTIER, LOCKS, OWN_PAGES, MADE_IDS],
]

/** Views that show rows of several tables with the names that a reader looks for. */
export const VIEWS: readonly Table[] = [READABLE_POSTS, READABLE_THREADS]
