import { ENGLISH } from '../model/locale/locale.js'
import { singleSpaced } from '../model/markup/white-space.js'

/** Unicode's own names keep these readable: Cc = controls (C0, DEL, C1), Cs = half of a surrogate pair. */
const CONTROLS = /[^\P{Cc}\n\t]/gu
/** Neither is text. YAML and XML refuse U+FFFE and U+FFFF: pandoc reads no document with one of them in its front matter. */
const NO_TEXT = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu
/** These turn the text that follows around, so that a name can be made to read as another one. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g

/** Without control characters; line feeds and tabs stay. */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').replace(NO_TEXT, '\uFFFD')

/** One line for titles and names: no control or direction-changing characters, single spaces. */
export const cleanLine = (text: string): string =>
  cleanText(singleSpaced(text)).replace(BIDI, '').replace(/ {2,}/g, ' ').trim()

/** One line for what is shown within isolates: as `cleanLine`, but direction characters that a member typed stay, and end with it. */
export const typedLine = (text: string): string => closed(cleanText(singleSpaced(text)).replace(/ {2,}/g, ' ').trim())

/** The text with what it leaves open closed: embeddings, overrides and isolates would turn around all that follows. */
export function closed(text: string): string {
  const directions = new Directions()
  return directions.take(text) + directions.ends()
}

/** Follows the direction characters of a text in parts. */
export class Directions {
  private readonly open: string[] = []

  /** The part without ends that have no start: they would end what is around the text. */
  take(part: string): string {
    return DIRECTIONS.test(part) ? part.replace(EACH_DIRECTION, mark => this.kept(mark)) : part
  }

  /** What ends all that is open. */
  ends(): string {
    return this.open.toReversed().join('')
  }

  private kept(mark: string): string {
    const end = ENDS.get(mark)
    if (end !== undefined) this.open.push(end)
    else if (mark === this.open.at(-1)) this.open.pop()
    else return ''
    return mark
  }
}

const [POP, POP_ISOLATE] = ['\u202C', '\u2069']
const ENDS: ReadonlyMap<string, string> = new Map([
  ...[...'\u202A\u202B\u202D\u202E'].map(start => [start, POP] as const),
  ...[...'\u2066\u2067\u2068'].map(start => [start, POP_ISOLATE] as const),
])
const DIRECTIONS = /[\u202A-\u202E\u2066-\u2069]/
const EACH_DIRECTION = new RegExp(DIRECTIONS, 'g')

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\u200e\u200f\u061c\u202A-\u202E\u2066-\u2069]/u

/**
 * A name within a line of ours. One with letters of right-to-left scripts is put between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE,
 * without which the dates and numbers beside it would be shown in another order.
 */
export const isolated = (name: string): string => (RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name)

/** False for text that shows nothing, such as a name of zero-width spaces. */
export const isVisible = (text: string): boolean => /[^\s\p{Cf}\p{Cc}\u115F\u1160\u3164\uFFA0\u2800]/u.test(text)

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** `1 reply`, `1,204 replies`. */
export function count(number: number, one: string, many = `${one}s`, locale = ENGLISH): string {
  const figure = locale === ENGLISH ? number.toLocaleString('en-US') : locale.number(number)
  return `${figure} ${number === 1 ? one : many}`
}

/** The title of a thread; never empty. */
export function titleOf({ title, id }: { title: string; id: string }): string {
  const line = cleanLine(title)
  return isVisible(line) ? line : `Thread ${cleanLine(id)}`
}
