import { EXIT } from '../../model/errors.js'
import { page, reflow, termLines } from './layout.js'

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'Done; also when there was nothing new.',
  internal: 'Internal error: a bug in threadkeep.',
  usage: 'Wrong usage: the command line, a file of settings, or a file that it names.',
  partial: 'Partly done: something was skipped or failed; the rest is kept.',
  access: 'Access: login needed, session expired, members only, or not there for this reader.',
  unrecognised: 'Nothing recognised: this is not a page that threadkeep can read.',
  archive: 'The archive cannot be opened, is damaged or too new, or the disk is full.',
  busy: 'Busy: another run holds the archive.',
  blocked: 'Blocked: robots.txt, a rate limit, or a challenge that did not pass.',
  interrupted: 'Interrupted; what was read is kept.',
}

const names = Object.keys(EXIT) as (keyof typeof EXIT)[]

/** Each code with its meaning, also for the documentation. */
export const EXIT_CODES = names.map(name => [String(EXIT[name]), MEANINGS[name]] as const)

/** The topic `exit-codes`. */
export const text = (width: number): string =>
  page('How a command ends:', termLines(EXIT_CODES, width), ...NOTES.map(note => reflow(note, width)))

const NOTES = [
  `After ${EXIT.partial}, ${EXIT.access}, ${EXIT.busy}, ${EXIT.blocked} and ${EXIT.interrupted}, the same archive or sync goes on where it stopped. "threadkeep status" says what is missing.`,
  'Only "threadkeep status --check" ends with other codes, those of monitors: threadkeep status --help',
]
