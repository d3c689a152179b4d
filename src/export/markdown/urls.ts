const SAFE_SCHEME = /^(https?|mailto|tel):/i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/** A URL that may stand in a document, absolute; null for `javascript:`, `data:` and whatever else a browser might run. */
export function safeUrl(raw: string, base: string): string | null {
  // Browsers skip tabs and line feeds anywhere in an address: `java\nscript:` is a scheme, and a wrapped link leads to its host.
  const url = raw.replace(/\p{Cc}/gu, '').trim()
  if (url === '') return null
  if (SCHEME.test(url)) return SAFE_SCHEME.test(url) ? url : null
  if (/^[/\\]{2}/.test(url)) return `https://${url.slice(2)}`
  return URL.canParse(url, base) ? webUrl(new URL(url, base)) : null
}

/** Percent-encodes what ends a markdown link or a table cell: parentheses, spaces, angle brackets, bars, entities. */
export const destination = (url: string): string =>
  url
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s<>()[\]\\|`"'*\p{Cc}\p{Cf}]/gu, escapeCharacter)
    .replace(/&(?=#?\w+;)/g, '&amp;')

/** encodeURIComponent leaves parentheses, quotes and stars as they are. */
const escapeCharacter = (character: string): string =>
  /['()*]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character)

const webUrl = (url: URL): string | null => (SAFE_SCHEME.test(url.href) ? url.href : null)
