import { createHash } from 'node:crypto'
import { decoded } from '../../model/addresses.js'
import type { StoredAuthor, StoredGroup } from '../../model/archive.js'
import type { When } from '../../model/discussion.js'
import { knownAddress } from '../../model/unknown-site.js'
import { isAddress, siteKey } from '../../model/urls.js'
import { authorRecord } from '../record.js'
import { cleanLine } from '../text.js'
import { groupName, memberName } from '../words/names.js'

/** A member or a group. Posts, threads and dates are those of the export. */
export interface Node {
  id: string
  kind: 'member' | 'group'
  label: string
  site: string
  siteId: string | null
  slug: string | null
  name: string | null
  url: string | null
  /** Posts that the member wrote, or that are in the group. */
  posts: number
  /** Threads that the member began, or that are in the group. */
  threads: number
  /** From the earliest to the latest time that one of the posts can have. */
  when: When
}

/** The nodes of a network, each once. */
export class Nodes {
  private readonly nodes = new Map<string, Node>()
  private readonly candidates = new Map<string, Node>()

  /** A member who was known only by a link gets the name as soon as a post shows it. */
  member(site: string, author: StoredAuthor): Node {
    const id = memberId(site, author)
    const known = this.nodes.get(id)
    if (known && (known.name !== null || author.name === null)) return known
    const { slug, name, url } = author
    const own = { siteId: authorRecord(author)?.id ?? null, slug, name, url: addressOf(url) }
    return this.added({ id, kind: 'member', label: cleanLine(memberName(author)), site, ...own })
  }

  group(site: string, group: StoredGroup): Node {
    const id = nodeId(site, 'group', group.slug.toLowerCase())
    const { slug, name, url, id: siteId } = group
    const own = { label: cleanLine(groupName(group)), site, siteId, slug, name, url: addressOf(url) }
    return this.nodes.get(id) ?? this.added({ id, kind: 'group', ...own })
  }

  /** Stands for a member of this slug, who is no node as long as nothing else shows that there is one. */
  candidate(site: string, slug: string): Node {
    const id = slugId(site, slug)
    const candidate = this.candidates.get(id) ?? {
      ...NO_POSTS,
      ...{ id, kind: 'member', label: slug, site },
      ...{ siteId: null, slug, name: null, url: null },
    }
    this.candidates.set(id, candidate)
    return candidate
  }

  /** The node itself; for a candidate the node of its slug; undefined: there is none. */
  known({ id }: Node): Node | undefined {
    return this.nodes.get(id)
  }

  all(): Iterable<Node> {
    return this.nodes.values()
  }

  private added(own: Omit<Node, 'posts' | 'threads' | 'when'>): Node {
    const node = Object.assign(this.nodes.get(own.id) ?? { ...NO_POSTS }, own)
    this.nodes.set(own.id, node)
    return node
  }
}

/** Null: not known, or nothing that leads to a page. */
const addressOf = (url: string | null): string | null => (url !== null && isAddress(url) ? knownAddress(url) : null)

const NO_POSTS = { posts: 0, threads: 0, when: { from: null, to: null } as When }

/** By the slug, which pages and links both show; else by the number, as for a member who was deleted on the site; else by the name. */
function memberId(site: string, { id, slug, name }: StoredAuthor): string {
  if (slug !== null) return slugId(site, slug)
  return id !== null ? nodeId(site, 'member-id', id) : nodeId(site, 'member-name', name ?? '')
}

const slugId = (site: string, slug: string): string => nodeId(site, 'member', decoded(slug).toLowerCase())

/** The same in each export: made of the address of the site and the slug. It is a name token of XML (NMTOKEN), as GraphML wants it. */
const nodeId = (site: string, kind: string, own: string): string =>
  [knownAddress(site) === null ? 'unknown' : siteKey(site).replace(/\/$/, ''), kind, own].map(token).join(':')

const MOST_LETTERS = 120

/** Letters, digits, `.`, `-` and `_`; each byte of any other character as `_` and two hexadecimal digits. No two texts have one token. */
function token(text: string): string {
  const written = text.replace(/[^A-Za-z0-9._-]|_(?=[0-9A-F]{2})/gu, bytesOf)
  if (written.length <= MOST_LETTERS) return written
  return `${written.slice(0, MOST_LETTERS)}_${createHash('sha256').update(text).digest('hex')}`
}

const bytesOf = (character: string): string =>
  [...Buffer.from(character)].map(byte => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** The interval with another one in it. An end that is not known does not count. */
export const spanning = (span: When, { from, to }: When): When => ({
  from: earlier(span.from, from ?? to),
  to: later(span.to, to ?? from),
})

// Instants of one form compare as strings.
const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a)
const later = (a: string | null, b: string | null) => (a === null || (b !== null && b > a) ? b : a)
