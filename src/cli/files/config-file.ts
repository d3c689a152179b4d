import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../model/errors.js'
import { errorMessage } from '../../model/thrown.js'
import { decodedText, type Io } from '../terminal/io.js'

/** A setting as a line of a file has it. */
interface ConfigLine {
  value: string | number | boolean
  /** Counted from 1. */
  line: number
}

/** The name of a file of settings, in the user's folder and beside an archive. */
export const CONFIG_NAME = 'threadkeep.yaml'

/**
 * The user's folder for settings and logins: `THREADKEEP_CONFIG`, else where the operating system keeps settings of programs; null: there
 * is none. @throws UsageError if THREADKEEP_CONFIG names a file.
 */
export function configFolder({ env, home, platform }: Pick<Io, 'env' | 'home' | 'platform'>): string | null {
  const named = env['THREADKEEP_CONFIG']
  if (named) {
    if (statSync(named, { throwIfNoEntry: false })?.isFile())
      throw new UsageError(
        `THREADKEEP_CONFIG names a file: ${named}. It has to name a folder.`,
        `Name the folder in which ${CONFIG_NAME} and the logins are, or will be.`,
      )
    return named
  }
  const base = (platform === 'win32' ? env['APPDATA'] : env['XDG_CONFIG_HOME']) || (home && join(home, '.config'))
  return base ? join(base, 'threadkeep') : null
}

/** The settings of a file by name, each a scalar; null: there is no file. @throws UsageError with file and line. */
export async function readConfig(file: string): Promise<Map<string, ConfigLine> | null> {
  const text = textOf(file)
  if (text === null) return null
  const { isMap, isScalar, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) throw wrongLine(file, lines.linePos(error.pos[0]).line, `this is not YAML: ${error.message}`, ONE_A_LINE)
  if (document.contents === null) return new Map()
  if (!isMap(document.contents)) throw wrongLine(file, 1, 'a list of settings was expected', ONE_A_LINE)
  const settings = new Map<string, ConfigLine>()
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const line = lines.linePos((isScalar(key) && key.range?.[0]) || 0).line
    if (!isScalar(value) || !isValue(value.value)) throw wrongLine(file, line, `"${name}" needs one value`, ONE_A_LINE)
    settings.set(name, { value: value.value, line })
  }
  return settings
}

const ONE_A_LINE = 'Write one setting a line, such as  time-limit: 2h'

const isValue = (value: unknown): value is ConfigLine['value'] =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== ''

export const wrongLine = (file: string, line: number, what: string, advice: string): UsageError =>
  new UsageError(`${file}, line ${line}: ${what}.`, advice)

/** Null: no file, or a folder that this user may not enter, such as the home of another user. */
function textOf(file: string): string | null {
  try {
    if (!statSync(file, { throwIfNoEntry: false })) return null
  } catch {
    return null
  }
  try {
    return decodedText(readFileSync(file))
  } catch (cause) {
    const reason = errorMessage(cause)
    throw new UsageError(`The settings in ${file} can't be read (${reason}).`, 'Make the file readable, or remove it.')
  }
}
