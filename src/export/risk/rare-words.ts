/** Words of which the users are known: as many as fit into 18 MB, whatever their length. */
const SLOTS = 2 ** 21
const MOST = SLOTS * 0.8

/** No word. */
const FREE = 0
/** Used by several members. */
const SEVERAL = -1

/** Who uses which word, by the hash of the word. Two words of one hash count as one, so that a few rare ones are not found. */
export class WordUsers {
  private readonly hashes = new Uint32Array(SLOTS)
  private readonly users = new Int32Array(SLOTS)
  /** How often, up to 255. */
  private readonly counts = new Uint8Array(SLOTS)
  private readonly numbers = new Map<string, number>()
  private held = 0

  /** True if the author is the only user so far, and has used it so often. */
  add(word: string, author: string, least: number): boolean {
    const hash = hashOf(word)
    const at = this.slot(hash)
    const user = this.numberOf(author)
    if (this.hashes[at] !== FREE) {
      this.counts[at] = Math.min(255, (this.counts[at] ?? 0) + 1)
      if (this.users[at] !== user) this.users[at] = SEVERAL
      return this.users[at] === user && (this.counts[at] ?? 0) >= least
    } else if (this.held < MOST) {
      this.held++
      this.hashes[at] = hash
      this.counts[at] = 1
      this.users[at] = user
    }
    return false
  }

  /** True if one member alone uses the word, so often or more. */
  isRare(word: string, least: number): boolean {
    const at = this.slot(hashOf(word))
    return this.hashes[at] !== FREE && this.users[at] !== SEVERAL && (this.counts[at] ?? 0) >= least
  }

  private slot(hash: number): number {
    let at = hash % SLOTS
    while (this.hashes[at] !== FREE && this.hashes[at] !== hash) at = (at + 1) % SLOTS
    return at
  }

  private numberOf(author: string): number {
    const known = this.numbers.get(author) ?? this.numbers.size + 1
    this.numbers.set(author, known)
    return known
  }
}

/** FNV-1a, never 0. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash >>> 0 || 1
}
