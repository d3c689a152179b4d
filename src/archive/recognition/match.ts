import type { Node, Tree } from './trees.js'

/** Posts of a text with the posts that they are, by row id. */
export interface Match {
  pairs: ReadonlyMap<number, number>
  /** Number of replies with more than a few words that are in both. */
  replies: number
}

/** Letters of a reply that says more than "Thank you!", and of an opening post that nobody else writes. */
const FEW = 20
const MANY = 40

/**
 * The posts of a text in a thread; null if it may be another thread. Dates must agree. The opening post must have the same words, or two
 * replies must. `hasWords`: the ids say that the opening posts of two texts have the same words; then the dates alone decide. Otherwise a
 * short one is not enough alone: another thread may begin with "Thanks!". The author and the group must agree as well,
 * unless two replies are the same: both may have another name now.
 */
export function matchThreads(made: Tree, real: Tree, hasWords = false): Match | null {
  const [opening, root] = [made.nodes[0], real.nodes[0]]
  if (!opening || !root || !agreeInTime(opening, root)) return null
  const isAtOnce = shareTime(opening, root)
  if (hasWords && root.isMade && !isAtOnce) return null
  const match = pairsOf(made.nodes, real.nodes)
  if (hasWords && isAtOnce) return match
  const isNamed = agreeInName(opening.author, root.author) && agreeInName(made.group, real.group)
  if (match.replies >= 2) return match
  if (!isSame(opening, root) || !isNamed) return null
  const isKnown = opening.author !== null && root.author !== null && made.group !== null && real.group !== null
  const isEnough = opening.text.length >= MANY || match.replies > 0 || (isKnown && opening.text.length >= FEW)
  return isEnough ? match : null
}

/** False if a thread says so little that only its id can tell which one it is. */
export const saysEnough = ({ nodes }: Tree): boolean => nodes.some(({ text }) => text.length >= FEW)

/** Posts of a text that were kept in this thread because it lacked them, with the posts that have come since. `taken`: rows that others of the text are. */
export function matchKept({ nodes }: Tree, taken: ReadonlySet<number>): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>()
  const free = nodes.filter(({ id, isMade }) => !isMade && !taken.has(id))
  for (const node of nodes.slice(1)) {
    if (!node.isMade) continue
    const found =
      bestOf(
        node,
        free.filter(({ parent }) => parent === node.parent),
      ) ?? onlyOne(node, nodes, free)
    if (!found) continue
    pairs.set(node.id, found.id)
    free.splice(free.indexOf(found), 1)
  }
  return pairs
}

const agreeInName = (a: string | null, b: string | null): boolean => a === null || b === null || a === b

const agreeInTime = (a: Node, b: Node): boolean => a.from <= b.to && b.from <= a.to

/** Without the days by which intervals are widened: both are as the texts give them. */
const shareTime = (a: Node, b: Node): boolean => a.from + 2 <= b.to && b.from + 2 <= a.to

const agree = (a: Node, b: Node): boolean => agreeInName(a.author, b.author) && agreeInTime(a, b)

/** True for the same words, also where one of the texts is shortened. A text without words is the same as no other. */
function isSame(a: Node, b: Node): boolean {
  if (a.text === '' || b.text === '') return false
  if (a.text === b.text || b.others.includes(a.text) || a.others.includes(b.text)) return true
  return (a.truncated && isStart(a.text, b.text)) || (b.truncated && isStart(b.text, a.text))
}

/** BuddyPress may cut the last word. */
const isStart = (start: string, text: string): boolean => start.length >= FEW && text.startsWith(start.slice(0, -8))

/** Pairs by place first, then by words alone: converters lose places, and pages show other parents than the site names. */
function pairsOf(made: readonly Node[], real: readonly Node[]): Match {
  const pairs = new Map<number, number>()
  const free = new Set(real)
  const pair = (one: Node, other: Node | undefined) => {
    if (!other) return
    pairs.set(one.id, other.id)
    free.delete(other)
  }
  const [opening, root] = [made[0], real[0]]
  if (opening && root) pair(opening, root)
  const byId = new Map(real.map(node => [node.siteId, node]))
  for (const one of made.slice(1)) if (one.isMade) pair(one, byId.get(one.siteId))
  const children = grouped(real, ({ parent }) => parent ?? 0)
  const places = grouped(real, ({ parent, text }) => `${parent} ${text}`)
  for (const one of made.slice(1)) {
    const parent = one.parent === null ? undefined : pairs.get(one.parent)
    if (parent === undefined || pairs.has(one.id)) continue
    const isFree = (node: Node) => free.has(node) && agree(one, node)
    const same = one.text === '' ? undefined : places.get(`${parent} ${one.text}`)?.find(isFree)
    pair(one, same ?? children.get(parent)?.find(node => isFree(node) && isSame(one, node)))
  }
  const words = byText([...free])
  for (const one of made.slice(1)) {
    if (pairs.has(one.id)) continue
    const same = (words.get(one.text) ?? []).filter(node => free.has(node) && agree(one, node))
    if (one.text.length >= FEW || same.length === 1) pair(one, same[0])
  }
  return { pairs, replies: countReplies(made, real, pairs) }
}

/** A thread may have thousands of replies to one post, so that no list is copied for each of them. */
function grouped<Key>(nodes: readonly Node[], keyOf: (node: Node) => Key): Map<Key, Node[]> {
  const groups = new Map<Key, Node[]>()
  for (const node of nodes) addTo(groups, keyOf(node), node)
  return groups
}

function addTo<Key>(groups: Map<Key, Node[]>, key: Key, node: Node): void {
  const group = groups.get(key)
  if (group) group.push(node)
  else groups.set(key, [node])
}

function byText(nodes: readonly Node[]): Map<string, Node[]> {
  const found = new Map<string, Node[]>()
  for (const node of nodes) for (const text of new Set([node.text, ...node.others])) addTo(found, text, node)
  return found
}

const bestOf = (one: Node, nodes: readonly Node[]): Node | undefined =>
  nodes.find(node => node.text === one.text && node.text !== '' && agree(one, node)) ??
  nodes.find(node => isSame(one, node) && agree(one, node))

/** The only post with these words, if the text has them once, too. */
function onlyOne(one: Node, nodes: readonly Node[], free: readonly Node[]): Node | undefined {
  const [found, ...more] = free.filter(node => node.text === one.text && agree(one, node))
  const isOnce = nodes.filter(node => node.isMade && node.text === one.text).length === 1
  return more.length === 0 && isOnce && one.text !== '' ? found : undefined
}

function countReplies(made: readonly Node[], real: readonly Node[], pairs: ReadonlyMap<number, number>): number {
  const byRow = new Map(real.map(node => [node.id, node]))
  const isSaid = (one: Node) => {
    const other = byRow.get(pairs.get(one.id) ?? 0)
    return other !== undefined && one.text.length >= FEW && isSame(one, other)
  }
  return made.slice(1).filter(isSaid).length
}
