/** What a browser puts around each text that it has translated: `<font style="vertical-align: inherit;">`, also without the style. */
const WRAPPER =
  /<font(?:\s+(?:style=["']?vertical-align:\s*inherit;?["']?|dir=["']?auto["']?|class=["']?goog[\w-]*["']?))*\s*>/gi

/** True if a browser has translated the page: the words are no longer those of the members. */
export const isTranslated = (source: string): boolean =>
  /<html\b[^>]*\bclass\s*=\s*(?:"[^"]*|'[^']*|)\btranslated-(?:ltr|rtl)\b/i.test(source.slice(0, 5000))

/** The source without the elements that the translation has added. Other `font` elements are what members have written. */
export function withoutWrappers(source: string): string {
  const wrappers = new Set([...source.matchAll(WRAPPER)].map(({ index }) => index))
  if (wrappers.size === 0) return source
  const open: boolean[] = []
  return source.replace(/<font\b[^>]{0,300}>|<\/font\s*>/gi, (tag, at: number) => {
    const isEnd = tag[1] === '/'
    const isWrapper = isEnd ? (open.pop() ?? false) : wrappers.has(at)
    if (!isEnd) open.push(isWrapper)
    return isWrapper ? '' : tag
  })
}
