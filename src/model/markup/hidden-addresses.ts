/**
 * Cloudflare hides e-mail addresses in HTML, and words such as `user@host`, from programs: hexadecimal digits whose first byte is a
 * key, which differs in each response. In JSON it hides nothing. https://developers.cloudflare.com/waf/tools/scrape-shield/
 */
const HEX = '([0-9a-f]{4,600})'
/** Characters of a tag before and behind the digits: a hostile tag without an end would take quadratic time. */
const INSIDE = '[^<>]{0,500}'
/** Quotes may be escaped, in JSON that was sent as HTML, or missing, after an optimiser. */
const QUOTE = `\\\\?["']?`

/** `<a class="__cf_email__" data-cfemail="HEX">[email&#160;protected]</a>`, a `span` within links; older pages have a script behind it. */
const HIDDEN_TEXT = new RegExp(
  `<(a|span)\\b${INSIDE}\\bdata-cfemail=${QUOTE}${HEX}${QUOTE}${INSIDE}>[^<]{0,60}<\\\\?/\\1\\s*>(?:<script[^<>]*data-cfhash[^]{0,2000}?</script>)?`,
  'gi',
)
const HIDDEN_LINK = new RegExp(
  `(\\bhref=${QUOTE})(?:https?:)?(?:\\\\?/\\\\?/[^/"'\\s<>]+)?\\\\?/cdn-cgi\\\\?/l\\\\?/email-protection#${HEX}`,
  'gi',
)

/** What they begin with: two searches for one word each take half the time of one for both. */
const HIDDEN: readonly RegExp[] = [/data-cfemail=/i, /\/email-protection#/i]

/** The text of a response with its hidden addresses as members wrote them, and with `mailto:` links. */
export function withAddresses(text: string): string {
  if (!HIDDEN.some(sign => sign.test(text))) return text
  return text
    .replace(HIDDEN_TEXT, (all: string, _name, hex: string) => written(hex) ?? all)
    .replace(HIDDEN_LINK, (all: string, start: string, hex: string) => {
      const address = written(hex)
      return address === null ? all : `${start}mailto:${address}`
    })
}

/** The address as HTML; null if the digits are none. Characters with a meaning in HTML or JSON become references. */
function written(hex: string): string | null {
  const [key = 0, ...bytes] = Buffer.from(hex, 'hex')
  if (hex.length % 2 === 1 || bytes.length === 0) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, byte => byte ^ key))
    return text.replace(/[&<>"'\\\p{Cc}]/gu, letter => `&#${letter.charCodeAt(0)};`)
  } catch {
    return null
  }
}
