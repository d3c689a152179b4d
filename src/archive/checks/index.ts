import { BODIES } from './bodies.js'
import type { Check } from './check.js'
import { FILE, PAGES, REFERENCES } from './file.js'
import { FORGOTTEN } from './forgotten.js'
import { FRONTIER, LOCK } from './frontier.js'
import { RECORDS } from './records.js'
import { SEARCH, WORDS } from './search.js'
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
