import { BODIES } from './bodies.js'
import type { Check } from './check.js'
import { FORGOTTEN } from './erased-members.js'
import { FILE, PAGES, REFERENCES } from './file.js'
import { FRONTIER, LOCK } from './frontier.js'
import { SEARCH, WORDS } from './full-text.js'
import { RECORDS } from './records.js'
import { THREADS } from './threads.js'

/** All that `verify` asks, in this order. Add a check here. */
export const CHECKS: readonly Check[] = [
  PAGES,
  FILE,
  REFERENCES,
  THREADS,
  ...RECORDS,
  FORGOTTEN,
  SEARCH,
  WORDS,
  FRONTIER,
  LOCK,
  BODIES,
]
