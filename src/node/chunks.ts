/** Parts of a text or a file. They are made while they are walked. */
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

const ENOUGH = 65_536

/** The same parts, `inChunks` where they need not be waited for. */
export const chunksOf = (pieces: Pieces): Pieces => (Symbol.iterator in pieces ? inChunks(pieces) : pieces)

/**
 * Joins small texts into big ones, because a system call for each post would cost more than rendering it, and cuts long ones, so that
 * the bytes of a text of megabytes are not in memory beside it. Bytes stay as they are.
 */
export function* inChunks(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let held = ''
  for (const piece of pieces) {
    const isLong = piece.length > ENOUGH || typeof piece !== 'string'
    if (!isLong) held += piece
    if (held !== '' && (isLong || held.length >= ENOUGH)) {
      yield held
      held = ''
    }
    if (isLong) yield* typeof piece === 'string' ? cut(piece) : [piece]
  }
  if (held !== '') yield held
}

function* cut(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    // Not between the halves of a surrogate pair, which have bytes only together.
    const end = /[\uD800-\uDBFF]/.test(text.charAt(start + ENOUGH - 1)) ? start + ENOUGH + 1 : start + ENOUGH
    yield text.slice(start, end)
    start = end
  }
}
