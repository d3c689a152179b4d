/** The text with one space for each run of white space. Single spaces do not match, because a long text has millions of them. */
export const singleSpaced = (text: string): string => text.replace(/\s{2,}|[^\S ]/g, ' ')

/** Characters of a text that are split at once: the words of one of 10 MB take 60 MB. */
const SLICE = 50_000

/** The text without white space. Words are joined: where a long text is replaced in, V8 holds two objects for each word until the end. */
export function unspaced(text: string): string {
  if (text.length <= SLICE) return text.split(/\s+/).join('')
  const slices = Array.from({ length: Math.ceil(text.length / SLICE) }, (_, at) =>
    unspaced(text.slice(at * SLICE, (at + 1) * SLICE)),
  )
  return slices.join('')
}

/** What is kept of a longer text, with `…`: there would be two signs if it ended in a full stop or a comma. */
export const withEllipsis = (kept: string): string => `${kept.replace(/(?<![\s.,;:…])[\s.,;:…]+$/u, '')}…`
