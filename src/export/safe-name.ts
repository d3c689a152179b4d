/** What Windows keeps for devices, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i

/** Lower-case letters and digits of any script with single `-` between, at most so many bytes; '' if nothing is left. */
export function slug(text: string, bytes: number, alsoKeep = ''): string {
  const words = text.normalize('NFC').toLowerCase().normalize('NFC')
  const kept = words.replace(/[^\p{L}\p{N}\p{M}.]+/gu, '-').replace(/\.+/g, alsoKeep || '-')
  return cutTo(kept.replace(/-*([.-])[.-]*/g, '$1').replace(/^[\p{M}.-]+/u, ''), bytes)
}

/** At most so many bytes of UTF-8, without cutting a character or its accents apart, and without a dash at the end. */
export function cutTo(text: string, bytes: number): string {
  if (bytesOf(text) <= bytes) return text.replace(/[.-]+$/, '')
  let size = 0
  let end = 0
  for (const character of text) {
    size += bytesOf(character)
    if (size > bytes) break
    end += character.length
  }
  // The accents of a cut letter go with it; those of a whole one stay.
  const whole = /^\p{M}/u.test(text.slice(end)) ? text.slice(0, end).replace(/\P{M}\p{M}*$/u, '') : text.slice(0, end)
  return whole.replace(/[.-]+$/, '')
}

/** A path component that Linux, macOS and Windows all take. */
export function safeComponent(text: string): string {
  const legal = text.replace(/[<>:"|?*\\/\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '-').replace(/^\s+|[\s.]+$/gu, '')
  const name = legal === '' ? '_' : legal
  const stem = name.split('.')[0]?.trim() ?? ''
  return RESERVED.test(stem) ? `_${name}` : name
}

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')
