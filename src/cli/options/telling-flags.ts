import { InvalidArgumentError, Option } from 'commander'
import { isTimeZone } from '../../export/words/clock.js'
import { canonical, isKnownHere } from '../../model/locale/locale.js'

/** How documents tell times and numbers. */
export interface TellingOptions {
  timezone?: string
  locale?: string
}

/** `what` people read: documents, pages. */
export const timezoneFlag = (what: string): Option =>
  new Option(
    '--timezone <name>',
    `time zone of ${what}, such as Europe/Berlin (default: that of the site, else UTC)`,
  ).argParser(zoneNamed)

/** `what` people read: documents, pages. */
export const localeFlag = (what: string): Option =>
  new Option(
    '--locale <tag>',
    `dates and numbers of ${what} as they are written there: de, en-GB, ar; the words stay English (default: en)`,
  ).argParser(localeNamed)

/** @throws InvalidArgumentError, so that a wrong setting is named with its file and line. */
function localeNamed(name: string): string {
  const tag = canonical(name)
  if (tag !== null && isKnownHere(tag)) return tag
  const code = codeOf(name)
  if (code !== undefined) throw new InvalidArgumentError(`A language is named by its code: ${code}.`)
  if (tag === null) throw new InvalidArgumentError('It must be a tag of BCP 47, such as de, en-GB or pt-BR.')
  throw new InvalidArgumentError(
    'This Node has no dates and numbers of that locale. Name another, such as de or en-GB.',
  )
}

/** The code of a language by its name in English or in its own words: `pl` of `Polish` and `polski`. */
function codeOf(name: string): string | undefined {
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
  const isName = (words: string | undefined) => words?.localeCompare(name, 'en', { sensitivity: 'accent' }) === 0
  return CODES.filter(code => english.of(code) !== undefined).find(
    code => isName(english.of(code)) || isName(new Intl.DisplayNames(code, { type: 'language' }).of(code)),
  )
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const CODES = LETTERS.flatMap(first => LETTERS.map(second => first + second))

/** @throws InvalidArgumentError */
function zoneNamed(name: string): string {
  if (isTimeZone(name)) return name
  throw new InvalidArgumentError(`"${name}" is no time zone. Name one as in Europe/Berlin, or UTC.`)
}
