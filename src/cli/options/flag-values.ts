import { InvalidArgumentError, Option } from 'commander'

const UNITS: Record<string, number> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** `90`, `90s`, `10m`, `1.5h`, `30d`: seconds. @throws InvalidArgumentError */
export function durationSeconds(text: string): number {
  const [, number, unit = ''] = /^(\d*\.?\d+)([smhd]?)$/.exec(text.trim()) ?? []
  if (number === undefined || Number(number) === 0)
    throw new InvalidArgumentError('It must be a length of time, such as 90, 10m or 2h.')
  return Number(number) * (UNITS[unit] ?? 1)
}

/** `--wait-lock`, for commands that write to the archive. */
export const waitLock = (): Option =>
  new Option(
    '--wait-lock <time>',
    'wait this long for another run or program that holds the archive, such as 10m (default: not at all)',
  ).argParser(durationSeconds)

/** `--csv`, for commands whose result is a table as well. */
export const csvFlag = (): Option =>
  new Option('--csv', 'print a table (RFC 4180); docs/formats.md has its columns').conflicts('json')

/** `0.5`, or `1-3`: from, to. @throws InvalidArgumentError */
export function range(text: string): readonly [number, number] {
  const [, from, to = from] = /^(\d*\.?\d+)(?:-(\d*\.?\d+))?$/.exec(text.trim()) ?? []
  if (from === undefined || Number(to) < Number(from))
    throw new InvalidArgumentError('It must be a number of seconds, 0 or more, or a range such as 1-3.')
  return [Number(from), Number(to)]
}

/** @throws InvalidArgumentError */
export function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`It must be a whole number, 0 or more${limit(text)}.`)
}

/** @throws InvalidArgumentError */
export function wholeAbove0(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`It must be a whole number, 1 or more${limit(text)}.`)
}

/** Said to who came near it. */
const limit = (text: string): string => (/^\d{10,}$/.test(text) ? ', up to 999,999,999' : '')

/** @throws InvalidArgumentError */
export function above0(text: string): number {
  if (/^\d*\.?\d+$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError('It must be a number above 0.')
}

/** All values of a flag that may be given several times. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value]
