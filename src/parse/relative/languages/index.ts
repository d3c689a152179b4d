import { languageOf } from '../language.js'
import { GERMANIC } from './germanic.js'
import { OTHERS } from './others.js'
import { ROMANCE } from './romance.js'
import { SLAVIC } from './slavic.js'

/** All languages. An age with its "ago" means the same in each language that has these words. */
export const LANGUAGES = [...GERMANIC, ...ROMANCE, ...SLAVIC, ...OTHERS].map(languageOf)
