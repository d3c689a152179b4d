import { InvalidArgumentError, Option } from 'commander'
import { isTimeZone } from '../../export/words/clock.js'
import { UsageError } from '../../model/errors.js'
import { localeOf } from '../../model/locale/locale.js'

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
function localeNamed(tag: string): string {
  try {
    return localeOf(tag).tag
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new InvalidArgumentError(`${error.message} ${error.advice}`)
  }
}

/** @throws InvalidArgumentError */
function zoneNamed(name: string): string {
  if (isTimeZone(name)) return name
  throw new InvalidArgumentError(`"${name}" is no time zone. Name one as in Europe/Berlin, or UTC.`)
}
