import type { Door } from './door.js'
import { mhtml } from './mhtml/mhtml.js'
import { page } from './page/page.js'
import { text } from './text.js'
import { wacz } from './wacz.js'
import { warc } from './warc.js'

export * from './door.js'
export { leftOvers } from './left-over.js'
export type { NamedPath } from './walk.js'

/** Kinds of files, in the order in which they are tried: the first that recognises a file reads it. Add a new kind here. */
export const DOORS: readonly Door[] = [wacz, warc, mhtml, page, text]
