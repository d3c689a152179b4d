const ENOUGH = 65_536

/** Joins small texts into big ones: a system call for each post would cost more than rendering it. Bytes stay as they are. */
export function* inChunks(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let held = ''
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      if (held !== '') yield held
      yield piece
      held = ''
      continue
    }
    held += piece
    if (held.length < ENOUGH) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}
