import type { Line } from './lines.js'

type Placed = Pick<Line, 'indent' | 'marker'>

interface Open extends Placed {
  post: number
}

/**
 * Finds the parents of posts from their indentation. Converters stop to indent deep replies and go on with another bullet for each level:
 * at the same column a bullet that follows the last one in the order of bullets is a level deeper.
 */
export class Levels {
  private readonly open: Open[] = []
  private count = 0
  /** The bullet that follows another one, as the levels above show. */
  private readonly following = new Map<string, string>()
  private readonly slack: number

  constructor(posts: readonly Placed[]) {
    this.slack = slackOf(posts)
  }

  /** The index of the parent; null for the first post. Call it for each post in the order of the text. */
  parentOf({ indent, marker }: Placed): number | null {
    const isFirst = this.open.length === 0
    if (!this.isBelowLast(indent, marker)) this.close(indent, marker)
    // Everything is below the first post, also what is not indented.
    if (this.open.length === 0 && !isFirst) this.open.push({ indent: -1, marker: null, post: 0 })
    const parent = this.open.at(-1)
    if (parent?.marker && marker && parent.marker !== marker && !/\d/.test(marker))
      this.following.set(parent.marker, marker)
    this.open.push({ indent, marker, post: this.count++ })
    return parent?.post ?? null
  }

  private isBelowLast(indent: number, marker: string | null): boolean {
    const last = this.open.at(-1)
    if (!last || indent > last.indent + this.slack) return true
    if (Math.abs(indent - last.indent) > this.slack || marker === null || last.marker === null) return false
    if (marker === last.marker || /\d/.test(marker)) return false
    if (this.following.get(last.marker) === marker) return true
    return !this.open.some(one => one.marker === marker && Math.abs(one.indent - indent) <= this.slack)
  }

  private close(indent: number, marker: string | null): void {
    while (this.open.length > 0 && (this.open.at(-1)?.indent ?? 0) > indent + this.slack) this.open.pop()
    const isSame = (one: Open | undefined) => one !== undefined && one.indent >= indent - this.slack
    const hasMarker = this.open.some(one => isSame(one) && one.marker === marker)
    while (hasMarker && isSame(this.open.at(-1)) && this.open.at(-1)?.marker !== marker) this.open.pop()
    if (isSame(this.open.at(-1))) this.open.pop()
    if (!hasMarker) while (isSame(this.open.at(-1))) this.open.pop()
  }
}

/** Columns by which items of one level may differ: numbers are set right, and people are not exact. None where levels are one column apart. */
function slackOf(posts: readonly Placed[]): number {
  const columns = [...new Set(posts.map(({ indent }) => indent))].sort((a, b) => a - b)
  const gaps = columns.slice(1).map((column, at) => column - (columns[at] ?? 0))
  const ones = gaps.filter(gap => gap === 1).length
  return ones === 0 || ones > gaps.length / 2 ? 0 : 1
}
