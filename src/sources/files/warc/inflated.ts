import type { BytePlace, Bytes } from './bytes.js'
import { DamagedMember, isGzip, memberPieces, wholeMember } from './gzip-member.js'

/** Bytes that are held at most: the longest record that is read, and a piece of what follows. */
const MOST_HELD = 56 * 1024 * 1024
const WINDOW = 1024 * 1024
/** deflate refers back by 32 KB, and damage may show late. */
const DOUBT = 64 * 1024

interface Member {
  /** Where its content begins. */
  position: number
  /** Where it begins in the file. */
  offset: number
}

/**
 * What consecutive gzip members hold, as one run of bytes: one record in each member, all records in one, or records across members.
 * The run ends at the first byte that begins no member, or with damage.
 */
export class Inflated implements Bytes {
  /** Offset in the file behind the last whole member; of the damaged member, if there is one. */
  next: number
  damage: string | null = null
  doubtfulFrom = Number.POSITIVE_INFINITY
  private held: Buffer[] = []
  private heldFrom = 0
  private heldTo = 0
  private members: Member[] = []
  private readonly pieces: AsyncGenerator<Buffer, void>

  constructor(
    private readonly file: Bytes,
    offset: number,
  ) {
    this.next = offset
    this.pieces = this.inflate()
  }

  get first(): number {
    return this.heldFrom
  }

  async peek(position: number, least: number): Promise<Buffer> {
    while (this.heldTo < position + least && (await this.more()));
    const bytes = this.heldAt(position)
    return bytes.length >= least || position + bytes.length >= this.heldTo ? bytes : this.joinedAt(position)
  }

  /** The bytes from this position to the end of their piece; none if they are not held. */
  private heldAt(position: number): Buffer {
    const { piece, start } = this.pieceAt(position)
    return this.held[piece]?.subarray(start) ?? Buffer.alloc(0)
  }

  private pieceAt(position: number): { piece: number; start: number } {
    let start = position - this.heldFrom
    if (start < 0) return { piece: -1, start }
    for (const [piece, { length }] of this.held.entries()) {
      if (start < length) return { piece, start }
      start -= length
    }
    return { piece: -1, start }
  }

  /** The bytes from this position on become one piece, so that they are copied once. */
  private joinedAt(position: number): Buffer {
    const { piece, start } = this.pieceAt(position)
    const [first = Buffer.alloc(0), ...others] = this.held.splice(piece)
    const joined = Buffer.concat([first.subarray(start), ...others])
    this.held.push(...(start > 0 ? [first.subarray(0, start)] : []), joined)
    return joined
  }

  release(position: number): void {
    this.dropBefore(Math.min(position, this.heldTo))
  }

  private dropBefore(position: number): void {
    while (this.heldFrom < position) {
      const first = this.held[0] as Buffer
      const dropped = Math.min(first.length, position - this.heldFrom)
      if (dropped === first.length) this.held.shift()
      else this.held[0] = first.subarray(dropped)
      this.heldFrom += dropped
    }
    // The last member before the held bytes still says where they are in the file.
    const known = this.members.findLastIndex(member => member.position <= this.heldFrom)
    if (known > 0) this.members.splice(0, known)
  }

  boundary(from: number, to: number): number | null {
    const isStart = ({ position }: Member) =>
      position > from && position < to && this.heldAt(position).toString('latin1', 0, 5) === 'WARC/'
    return this.members.find(isStart)?.position ?? null
  }

  placeOf(position: number): BytePlace {
    const member = this.members.findLast(one => one.position <= position)
    return { offset: member?.offset ?? 0, within: position - (member?.position ?? 0) }
  }

  private async more(): Promise<boolean> {
    const { value: piece, done } = await this.pieces.next()
    if (done) return false
    this.held.push(piece)
    this.heldTo += piece.length
    if (this.heldTo - this.heldFrom > MOST_HELD) this.dropBefore(this.heldTo - MOST_HELD)
    return true
  }

  private async *inflate(): AsyncGenerator<Buffer, void> {
    while (isGzip(await this.file.peek(this.next, 3))) {
      this.members.push({ position: this.heldTo, offset: this.next })
      const whole = await this.wholeMember()
      if (whole) {
        this.next += whole.length
        if (whole.content.length > 0) yield whole.content
      } else if (!(yield* this.longMember())) return
    }
  }

  private async wholeMember(): Promise<{ content: Buffer; length: number } | null> {
    const start = await this.file.peek(this.next, WINDOW / 16)
    return wholeMember(start) ?? (start.length < WINDOW ? wholeMember(await this.file.peek(this.next, WINDOW)) : null)
  }

  /** Returns false if the member is damaged. */
  private async *longMember(): AsyncGenerator<Buffer, boolean> {
    const start = this.heldTo
    try {
      this.next = yield* memberPieces(this.file, this.next)
      return true
    } catch (error) {
      if (!(error instanceof DamagedMember)) throw error
      this.damage = error.message
      this.doubtfulFrom = error.isAnywhere ? start : Math.max(start, this.heldTo - DOUBT)
      return false
    }
  }
}
