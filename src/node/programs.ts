import { execFile } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { FoundProgram, Program } from '../model/conversion.js'
import { UsageError } from '../model/errors.js'

/** The environment variables and the platform (as `process.platform`) of a machine. */
export interface Machine {
  env: Readonly<Record<string, string | undefined>>
  platform: string
  /** The user may do everything, and browsers then refuse to confine their parts. */
  isRoot: boolean
}

interface Facts {
  title: string
  /** Names to look for on PATH. */
  names: readonly string[]
  /** Where installers put it that do not change PATH. In `win32`, below the folders of programs. */
  places: { darwin: readonly string[]; win32: readonly string[] }
  /** The oldest version with which the documents are tested. */
  oldest: readonly [number, number]
  install: string
}

const MAC = '/Applications'

const FACTS: Record<Program, Facts> = {
  pandoc: {
    title: 'pandoc',
    names: ['pandoc'],
    places: { darwin: ['/opt/homebrew/bin/pandoc', '/usr/local/bin/pandoc'], win32: ['Pandoc\\pandoc.exe'] },
    oldest: [2, 17],
    install:
      'apt install pandoc (Debian, Ubuntu), brew install pandoc (macOS), winget install JohnMacFarlane.Pandoc (Windows)',
  },
  browser: {
    title: 'Chromium',
    names: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'chrome',
      'microsoft-edge',
      'brave-browser',
    ],
    places: {
      darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
        name => `${MAC}/${name}.app/Contents/MacOS/${name}`,
      ),
      win32: ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
    },
    oldest: [112, 0],
    install:
      'apt install chromium (Debian), brew install --cask chromium (macOS), winget install Google.Chrome (Windows)',
  },
  libreoffice: {
    title: 'LibreOffice',
    names: ['soffice', 'libreoffice'],
    places: {
      darwin: [`${MAC}/LibreOffice.app/Contents/MacOS/soffice`],
      win32: ['LibreOffice\\program\\soffice.exe'],
    },
    oldest: [6, 4],
    install:
      'apt install libreoffice-writer (Debian, Ubuntu), brew install --cask libreoffice (macOS), winget install TheDocumentFoundation.LibreOffice (Windows)',
  },
}

/** The variable that names the file of a program. */
export const programVariable = (program: Program): string => `THREADKEEP_${program.toUpperCase()}`

/**
 * The first of these programs that the machine has: where a variable such as THREADKEEP_PANDOC says, on PATH, or where its installer puts it.
 * @throws UsageError if there is none, or the first one is too old.
 */
export async function findProgram(programs: readonly Program[], machine: Machine): Promise<FoundProgram> {
  for (const program of programs) {
    const path = pathOf(program, machine)
    if (path !== null) return checked(program, path, machine)
  }
  const titles = programs.map(program => FACTS[program].title).join(' or ')
  throw new UsageError(
    `${titles} is needed for this format, and is not installed.`,
    `Install it: ${programs.map(program => FACTS[program].install).join('; or ')}. ${named(programs)} ${INSTEAD}`,
  )
}

const named = (programs: readonly Program[]): string =>
  `If it is installed elsewhere, name its file in ${programs.map(programVariable).join(' or ')}.`

const INSTEAD = 'Without it, -f md and -f html make documents that other programs open.'

function pathOf(program: Program, machine: Machine): string | null {
  const own = machine.env[programVariable(program)]?.trim()
  if (!own) return [...candidates(FACTS[program], machine)].find(isProgram) ?? null
  if (isAbsolute(own) && isProgram(own)) return own
  throw new UsageError(
    `${programVariable(program)} names ${own}, which is no program.`,
    'Name the file of the program with its whole path, or leave the variable empty.',
  )
}

/** The file of the first of these programs on PATH, or null. */
export const programOnPath = (names: readonly string[], machine: Pick<Machine, 'env' | 'platform'>): string | null =>
  [...onPath(names, machine)].find(isProgram) ?? null

function* onPath(names: readonly string[], { env, platform }: Pick<Machine, 'env' | 'platform'>): Generator<string> {
  const ending = platform === 'win32' ? '.exe' : ''
  // A relative folder on PATH would find programs in whatever folder the user is in.
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute)
  for (const name of names) for (const folder of folders) yield join(folder, name + ending)
}

function* candidates({ names, places }: Facts, machine: Machine): Generator<string> {
  const { env, platform } = machine
  yield* onPath(names, machine)
  if (platform === 'darwin') yield* places.darwin
  if (platform !== 'win32') return
  for (const variable of ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'])
    for (const place of places.win32) if (env[variable]) yield join(env[variable], place)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

async function checked(program: Program, path: string, machine: Machine): Promise<FoundProgram> {
  // Browsers of Windows open a window where they are asked for their version.
  const flags = program === 'browser' && machine.isRoot ? ['--no-sandbox'] : []
  if (program === 'browser' && machine.platform === 'win32') return { program, path, version: null, flags }
  const { title, oldest, install } = FACTS[program]
  const version = /\d+(?:\.\d+)+/.exec(await versionText(path, machine))?.[0] ?? null
  if (version === null)
    throw new UsageError(`${path} does not say which version of ${title} it is.`, `${named([program])} ${INSTEAD}`)
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return { program, path, version, flags }
  throw new UsageError(
    `${title} ${version} is too old: ${oldest.join('.')} or newer is needed.`,
    `Install a newer one: ${install}. ${INSTEAD}`,
  )
}

const VERSION_MILLISECONDS = 30_000

/** Empty: the program fails, or says nothing in time. */
const versionText = (path: string, { env }: Machine): Promise<string> =>
  new Promise(resolve => {
    const options = {
      env: { ...env },
      timeout: VERSION_MILLISECONDS,
      killSignal: 'SIGKILL',
      windowsHide: true,
    } as const
    execFile(path, ['--version'], options, (error, stdout) => resolve(error ? '' : stdout))
  })

/** What a person calls the program. */
export const programTitle = (program: Program): string => FACTS[program].title
