import { destination, safeUrl } from '../body/urls.js'
import type { Part } from '../words/status.js'
import { typed } from './escape.js'

/** `[words](url)`, or the words alone where the address is not safe to link. `words`: as they are, not yet escaped. `startsLine`: they may. */
export function linkTo(words: string, url: string, { startsLine = false } = {}): string {
  const safe = safeUrl(url, 'about:blank')
  return safe === null ? typed(words, { startsLine }) : `[${typed(words, { after: ']' })}](${destination(safe)})`
}

/** The parts of a line of ours: sentences stay as they are, words of links are escaped. */
export const lineOf = (parts: readonly Part[]): string =>
  parts.map(part => (typeof part === 'string' ? part : linkTo(part.words, part.url))).join('')

/** `# Title`, escaped. */
export const headingOf = (title: string, level: number): string => `${'#'.repeat(level)} ${typed(title)}\n`
