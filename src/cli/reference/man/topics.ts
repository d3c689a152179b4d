import { SETTINGS } from '../../options/settings.js'
import type { ProgramFacts } from '../facts.js'

/** What a page says besides the help of its command; `text` is laid out as a help. */
export interface Topic {
  title: string
  text: string
}

/** How a command ends: on every page. The text comes from the help of the program. */
export const exitStatus = ({ help }: ProgramFacts): Topic => ({
  title: 'Exit status',
  text: help.slice(help.indexOf('Exit codes:')).replace(/^Exit codes:\n/, ''),
})

/** On the page of the program. */
export const TOPICS: readonly Topic[] = [
  {
    title: 'Environment',
    text: `
  THREADKEEP_CONFIG    The folder of settings and logins.
${SETTINGS.map(name => `  ${variableOf(name)}  The same as --${name}.`).join('\n')}
  THREADKEEP_PANDOC, THREADKEEP_BROWSER, THREADKEEP_LIBREOFFICE  The files of programs that make docx, epub and pdf.
  NO_COLOR    No colours.
  COLUMNS     The width of the output where it is no terminal.
  http_proxy, https_proxy, all_proxy, no_proxy  Proxies, as curl reads them.`,
  },
  {
    title: 'Files',
    text: `
  threadkeep.db      The archive, in the folder in which the command runs; --db or THREADKEEP_DB name another.
  threadkeep.media/  Pictures and files of posts, beside the archive.
  threadkeep.yaml    Settings: beside the archive, and in your own folder for settings.`,
  },
]

/** `THREADKEEP_TIME_LIMIT`. */
export function variableOf(setting: string): string {
  return `THREADKEEP_${setting.replaceAll('-', '_').toUpperCase()}`
}
