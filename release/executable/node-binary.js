import { existsSync, readFileSync } from 'node:fs'

/** What a binary of Node says of itself: the executable would start nowhere if the blob or the part of SQLite were for another one. */

/** Codes of processors in the three forms of programs. */
const ELF = { 62: 'x64', 183: 'arm64' }
const PE = { 34404: 'x64', 43620: 'arm64' }
const MACH_O = { 16777223: 'x64', 16777228: 'arm64' }

/** `linux-x64`, `darwin-arm64`, …; null: it is no program of a system that is known here. */
export function systemOf(bytes) {
  if (bytes.length < 64) return null
  const [name, processor] =
    bytes.readUInt32BE(0) === 0x7f454c46
      ? ['linux', ELF[bytes.readUInt16LE(18)]]
      : bytes.readUInt32LE(0) === 0xfeedfacf
        ? ['darwin', MACH_O[bytes.readUInt32LE(4)]]
        : ['win32', processorOfWindows(bytes)]
  return processor === undefined ? null : `${name}-${processor}`
}

/** The header of Windows is where the last field of the header of DOS says. */
function processorOfWindows(bytes) {
  const at = bytes.readUInt32LE(60)
  const isWindows = bytes.toString('latin1', 0, 2) === 'MZ' && bytes.toString('latin1', at, at + 4) === 'PE\0\0'
  return isWindows ? PE[bytes.readUInt16LE(at + 4)] : undefined
}

/** @throws Error with a sentence unless the file is Node of this version for the system. */
export function refuseOtherNode(path, system, version = process.version) {
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`)
  const bytes = readFileSync(path)
  const found = systemOf(bytes)
  if (found !== system.replace('musl', ''))
    throw new Error(
      `${path} is ${found === null ? 'no program' : `a program for ${found}`}, and not Node for ${system}.`,
    )
  // The address of its sources, which each Node holds.
  if (!bytes.includes(`/${version}/node-${version}.tar.gz`))
    throw new Error(`${path} is not Node ${version}: take the version that runs this script, or run it with that one.`)
}
