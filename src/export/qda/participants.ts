import type { StoredAuthor, StoredPost } from '../../model/archive.js'
import type { Instant } from '../../model/discussion.js'
import { bytesOf, cutTo } from '../names.js'
import { authorRecord } from '../record.js'
import { memberName } from '../words/names.js'
import { distinctNames, guidOf, type Nameable } from './identity.js'

/** A member who wrote posts of the project: a case, and a code of the same GUID. */
export interface Participant {
  guid: string
  site: string
  member: StoredAuthor
  /** Ids of the posts, in the order of the project. A number takes a quarter of the memory of a text. */
  posts: (number | string)[]
  /** Dates of the first and the last of them; null: none is known. */
  first: Instant | null
  last: Instant | null
}

/** The participants, in the order of their first post. */
export class Participants {
  private readonly found = new Map<string, Participant>()

  /** Who wrote the post; undefined: it is not known, or erased. */
  of(site: string, { author, forgotten }: StoredPost): Participant | undefined {
    return forgotten ? undefined : this.found.get(keyOf(site, author) ?? '')
  }

  add(site: string, post: StoredPost): void {
    const key = post.forgotten ? null : keyOf(site, post.author)
    if (key === null || !post.author) return
    const participant = this.found.get(key) ?? newParticipant(site, post.author, key)
    this.found.set(key, participant)
    participant.posts.push(compact(post.id))
    const { from, to } = post.when
    if (from && (participant.first === null || from < participant.first)) participant.first = from
    if (to && (participant.last === null || to > participant.last)) participant.last = to
  }

  get all(): readonly Participant[] {
    return [...this.found.values()]
  }

  /** A name for each, in the same order. `taken`: names of other codes. */
  names(taken: readonly string[]): string[] {
    return distinctNames(this.all.map(nameable), taken)
  }
}

const compact = (id: string): number | string => (String(Number(id)) === id ? Number(id) : id)

const newParticipant = (site: string, author: StoredAuthor, key: string): Participant => ({
  ...{ guid: guidOf('member', key), site, member: authorRecord(author) ?? author },
  ...{ posts: [], first: null, last: null },
})

/** Null: nothing tells the member from another one. */
function keyOf(site: string, author: StoredAuthor | null): string | null {
  const { id, slug, name } = author ?? { id: null, slug: null, name: null }
  const own = id ? `id ${id}` : slug ? `slug ${slug}` : name ? `name ${name}` : null
  return own === null ? null : `${site} ${own}`
}

const nameable = ({ site, member }: Participant): Nameable => {
  const { host } = new URL(site)
  const marks = [member.slug, member.id, `${member.slug ?? member.id ?? ''} ${host}`.trim()]
  return { name: shortName(memberName(member)), marks: marks.flatMap(mark => (mark ? [shortName(mark)] : [])) }
}

/** Long enough for any name, and short enough for a list of codes. */
const MOST_BYTES = 120

const shortName = (name: string): string => (bytesOf(name) > MOST_BYTES ? cutTo(name, MOST_BYTES) : name)
