import type { StoredAuthor, ThreadSummary } from '../model/archive.js'
import { UsageError } from '../model/errors.js'
import { knownAddress } from '../model/unknown-site.js'

/** Where a thread's file goes if the user says nothing. */
export const DEFAULT_TEMPLATE = '{group}/{date}-{title}-{id}.{ext}'

/** Most file systems take 255 bytes; synchronised folders and archives add their own to the name. */
const MAX_BYTES = 120

/** The fields of name templates, in the order in which help and `--fields` show them. */
export const TEMPLATE_FIELDS = [
  { name: 'site', about: 'host of the site, and its folder' },
  { name: 'group', about: "the group's name in URLs; no-group outside all groups" },
  { name: 'id', about: 'id of the thread' },
  { name: 'date', about: 'day of the opening post (UTC), or undated' },
  { name: 'year', about: 'year of that day' },
  { name: 'month', about: 'month of that day, 01 to 12' },
  { name: 'day', about: 'day of the month, 01 to 31' },
  { name: 'author', about: "the opening post's author, as in URLs" },
  { name: 'title', about: 'title or first words of the thread' },
  { name: 'ext', about: 'file name extension of the format' },
] as const

type Fields = Record<(typeof TEMPLATE_FIELDS)[number]['name'], string>
/** A piece of one path component; `kept` is never shortened. */
interface Piece {
  text: string
  kept: boolean
}

/**
 * The path of a thread's file below the output folder, with `/` between components. Pure: the same thread, the same name.
 * @param extension as its exporter names it, without a dot.
 */
export function outputName(template: string, thread: ThreadSummary, extension: string): string {
  const fields = fieldsOf(thread, extension)
  return template
    .split('/')
    .map(component => renderComponent(component, fields, template))
    .join('/')
}

/** Gives each name once, also where the file system ignores case: `a.md`, then `a-ID.md`, then `a-ID-2.md`. */
export function uniqueNames(): (name: string, id: string) => string {
  const taken = new Set<string>()
  return (name, id) => {
    let unique = name
    for (let count = 1; taken.has(foldCase(unique)); count++) {
      unique = withSuffix(name, count === 1 ? `-${slug(id, 60)}` : `-${slug(id, 60)}-${count}`)
    }
    taken.add(foldCase(unique))
    return unique
  }
}

/** The values of the fields for a thread, safe in file names. */
export function fieldsOf(thread: ThreadSummary, extension: string): Fields {
  const date = /^\d{4}-\d\d-\d\d/.exec(thread.when.from ?? thread.when.to ?? '')?.[0] ?? 'undated'
  const [year = date, month = date, day = date] = date.split('-')
  return {
    site: slug((knownAddress(thread.site) ?? '').replace(/^https?:\/\//i, ''), MAX_BYTES, '.') || 'no-site',
    group: slug(thread.group?.slug || thread.group?.name || '', MAX_BYTES) || 'no-group',
    id: slug(thread.id, 60) || 'no-id',
    ...{ date, year, month, day },
    author: authorSlug(thread.author),
    title: slug(thread.title, MAX_BYTES) || 'untitled',
    ext: extension,
  }
}

const authorSlug = (author: StoredAuthor | null): string =>
  slug(author?.slug ?? '', MAX_BYTES) || slug(author?.name ?? '', MAX_BYTES) || 'former-member'

function renderComponent(component: string, fields: Fields, template: string): string {
  if (/^\.{0,2}$/.test(component.trim()) || component.includes('\\')) {
    throw new UsageError(
      `The output template "${template}" leaves its folder.`,
      'Name the folder with -o, without "..".',
    )
  }
  const pieces = component.split(/(\{[^{}]*\})/).map(part => pieceOf(part, fields))
  return safeComponent(shorten(pieces))
}

function pieceOf(part: string, fields: Fields): Piece {
  if (!/^\{[^{}]*\}$/.test(part)) return { text: part, kept: false }
  const name = part.slice(1, -1)
  const text = Object.hasOwn(fields, name) ? fields[name as keyof Fields] : undefined
  if (text !== undefined) return { text, kept: name === 'id' || name === 'ext' }
  const known = Object.keys(fields).map(field => `{${field}}`)
  throw new UsageError(`The output template has no field {${name}}.`, `The fields are ${known.join(' ')}.`)
}

/** Takes bytes from the longest piece that may be cut, until the component fits. */
function shorten(pieces: Piece[]): string {
  for (;;) {
    const text = pieces.map(piece => piece.text).join('')
    // One byte is left for the mark before reserved names.
    const excess = bytesOf(text) - (MAX_BYTES - 1)
    const longest = pieces.filter(piece => !piece.kept).sort((a, b) => bytesOf(b.text) - bytesOf(a.text))[0]
    if (excess <= 0) return text
    if (!longest || longest.text === '') return cutTo(text, MAX_BYTES - 1)
    longest.text = cutTo(longest.text, Math.max(0, bytesOf(longest.text) - excess))
  }
}

export function withSuffix(path: string, suffix: string): string {
  const slash = path.lastIndexOf('/') + 1
  const name = path.slice(slash)
  const dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length
  const room = MAX_BYTES - bytesOf(suffix + name.slice(dot))
  return `${path.slice(0, slash)}${cutTo(name.slice(0, dot), room)}${suffix}${name.slice(dot)}`
}

/** macOS and Windows compare names without case, macOS also without the form of accents. */
export const foldCase = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')

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
  if (bytesOf(text) <= bytes) return text.replace(/(?<![.-])[.-]+$/, '')
  let size = 0
  let end = 0
  for (const character of text) {
    size += bytesOf(character)
    if (size > bytes) break
    end += character.length
  }
  // The accents of a cut letter go with it; those of a whole one stay.
  const whole = /^\p{M}/u.test(text.slice(end)) ? text.slice(0, end).replace(/\P{M}\p{M}*$/u, '') : text.slice(0, end)
  return whole.replace(/(?<![.-])[.-]+$/, '')
}

/** A path component that Linux, macOS and Windows all take. */
export function safeComponent(text: string): string {
  const legal = text
    .replace(/[<>:"|?*\\/\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, '-')
    .replace(/^\s+|(?<![\s.])[\s.]+$/gu, '')
  const name = legal === '' ? '_' : legal
  const stem = name.split('.')[0]?.trim() ?? ''
  return RESERVED.test(stem) ? `_${name}` : name
}

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8')
