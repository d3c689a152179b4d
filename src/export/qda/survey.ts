import type { PostNode, StoredThread } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { knownAddress } from '../../model/unknown-site.js'
import type { ShownStatus } from '../exporter.js'
import { cutTo, safeComponent } from '../names.js'
import { shownPosts } from '../shown.js'
import { titleOf } from '../text.js'
import { groupName } from '../words/names.js'
import { DistinctNames, type Nameable } from './identity.js'
import { Participants } from './participants.js'

/** What the head of a project says of all its threads: known after one walk. */
export interface Survey {
  participants: Participants
  /** The name of each source, in the order of the threads. */
  nameOf(thread: StoredThread): string
  threads: number
  /** Codes and coders of annotations, in the order in which they come. */
  codes: ReadonlySet<string>
  coders: ReadonlySet<string>
  posts: number
  /** Names of the groups, '' for threads outside of all, and hosts of the sites. */
  groups: ReadonlySet<string>
  hosts: ReadonlySet<string>
  /** When a post of the project was last read; null: there is none. */
  readAt: Instant | null
}

/** Walks all posts once. In memory stay the participants, the ids of their posts, and numbers for the names of threads. */
export function surveyOf(threads: Iterable<StoredThread>, status: ShownStatus): Survey {
  const participants = new Participants()
  const [codes, coders, groups, hosts] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  const names = new DistinctNames()
  let [sources, posts, readAt]: [number, number, Instant | null] = [0, 0, null]
  for (const thread of threads) {
    sources++
    names.see(nameable(thread))
    groups.add(thread.group ? groupName(thread.group) : '')
    if (knownAddress(thread.site) !== null) hosts.add(new URL(thread.site).host)
    for (const { post } of shownPosts(thread, status)) {
      posts++
      if (readAt === null || post.lastSeenAt > readAt) readAt = post.lastSeenAt
      participants.add(thread.site, post)
      noteAnnotations(post, codes, coders)
    }
  }
  const nameOf = (thread: StoredThread) => names.nameOf(nameable(thread))
  return { participants, nameOf, threads: sources, codes, coders, groups, hosts, posts, readAt }
}

function noteAnnotations({ annotations = [] }: PostNode['post'], codes: Set<string>, coders: Set<string>): void {
  for (const one of annotations) {
    coders.add(one.coder)
    for (const code of one.codes) codes.add(code)
  }
}

/** Programs make files of the names of sources, so that a name is one of a file. */
function nameable(thread: StoredThread): Nameable {
  const day = (thread.when.from ?? thread.when.to ?? 'undated').slice(0, 10)
  const { host } = new URL(thread.site)
  const marks = [thread.id, `${thread.id} ${host}`].map(mark => safeComponent(cutTo(mark, MOST_BYTES)))
  return { name: safeComponent(cutTo(`${day} ${titleOf(thread)}`, MOST_BYTES)), marks }
}

const MOST_BYTES = 100
