const ENOUGH = 65_536

/** Joins small pieces into big ones: a system call for each post would cost more than rendering it. */
export function* inChunks(pieces: Iterable<string>): Generator<string> {
  let held = ''
  for (const piece of pieces) {
    held += piece
    if (held.length < ENOUGH) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}
