/**
 * The anchor that readers give to a heading, where they agree: GitHub, pandoc's `gfm` and pandoc's own markdown; null: they do not. They
 * differ about dots, symbols and repeated spaces.
 */
export function anchorOf(heading: string): string | null {
  const lower = heading.toLowerCase()
  const github = lower.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')
  const words = lower.replace(/[^\p{L}\p{N}_.\s-]/gu, '').split(/\s+/)
  const pandoc = words
    .filter(Boolean)
    .join('-')
    .replace(/^[^\p{L}]+/u, '')
  return github === pandoc && PLAIN.test(heading) ? github : null
}

/** Other symbols are characters to one reader and names to the next. */
const PLAIN = /^[\p{L}\p{N} _,;:!?'"’“”()/-]+$/u
