import type { Door } from './door.js'
import { text } from './text.js'

export * from './door.js'

/** Kinds of files, in the order in which they are tried: the first that recognises a file reads it. Add a new kind here. */
export const DOORS: readonly Door[] = [text]
