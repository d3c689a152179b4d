import { programVariable } from '../../node/programs.js'
import { CONFIG_NAME } from '../files/config-file.js'
import { SETTINGS, settingVariable } from '../options/settings.js'
import { page, reflow, type Terms, termLines } from './layout.js'

const PLACES: Terms = [
  ['THREADKEEP_CONFIG', 'the folder of your settings and logins (threadkeep help files)'],
  [programVariable('pandoc'), 'the file of pandoc, which makes docx and epub (default: on PATH)'],
  [programVariable('browser'), 'the file of Chromium or Chrome, which makes pdf (default: on PATH)'],
  [programVariable('libreoffice'), 'the file of LibreOffice, which makes pdf without a browser'],
]

/** Of other programs as well. */
const COMMON: Terms = [
  ['NO_COLOR', 'no colours, if it is not empty; --no-color does the same'],
  ['FORCE_COLOR', 'colours also where the output is no terminal; 0: none'],
  ['TERM', 'dumb: no colours'],
  ['COLUMNS', 'the width of the output where it is no terminal'],
  ['http_proxy, https_proxy, all_proxy, no_proxy', 'proxies, as curl reads them, in either case'],
  ['XDG_CONFIG_HOME, APPDATA', 'where settings of programs are (Linux and macOS; Windows)'],
  ['TMPDIR, TEMP', 'where files are for as long as a command runs'],
]

const COLUMN = 22

const SETTING = `Each of these sets the option of the same name for all commands that have it: THREADKEEP_TIME_LIMIT=2h is --time-limit 2h, THREADKEEP_QUIET=true is --quiet, THREADKEEP_SESSION=false is --no-session. An option of the command line comes first, then the variable, then ${CONFIG_NAME} beside the archive, then your own. What is set, and where: threadkeep config show`

/** The topic `environment`. */
export const text = (width: number): string =>
  page(
    reflow(SETTING, width),
    reflow(`${SETTINGS.map(settingVariable).join(', ')}.`, width),
    `Places:\n${termLines(PLACES, width, COLUMN)}`,
    `Common variables:\n${termLines(COMMON, width, COLUMN)}`,
  )
