import { type Command, InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../../model/errors.js'
import { MEDIA_KINDS, type MediaKind } from '../../model/media/media.js'
import type { MediaOptions } from '../../run/session/run-options.js'

/** Which files of posts are fetched. */
export interface MediaFlags {
  media?: boolean
  avatars?: boolean
  mediaMax?: number
  mediaTotal?: number
  mediaTypes?: readonly MediaKind[]
}

/** For a command that reads posts. */
export function addMediaFlags(command: Command): void {
  command
    .optionsGroup('Files of posts:')
    .option('--media', 'also fetch the pictures, documents, audio and video that posts show, into NAME.media/')
  addFileFlags(command, 'with --media: ')
}

/** For a command that does nothing else. */
export function addFileFlags(command: Command, condition = ''): void {
  command
    .optionsGroup('Files of posts:')
    .option('--avatars', `${condition}also the pictures of the members`)
    .addOption(
      new Option('--media-types <kinds>', `fetch only these: ${MEDIA_KINDS.join(', ')}`)
        .argParser(kinds)
        .default(MEDIA_KINDS, 'all'),
    )
    .addOption(
      new Option('--media-max <size>', 'fetch no larger file, such as 500kb, 20mb or 1gb')
        .argParser(size)
        .default(50_000_000, '50mb'),
    )
    .addOption(
      new Option(
        '--media-total <size>',
        'fetch no more files once all of the archive together have this size (default: no limit)',
      ).argParser(size),
    )
}

/** Undefined: no files are fetched. @throws UsageError for `--avatars` alone. */
export function mediaOptions(flags: MediaFlags): MediaOptions | undefined {
  if (flags.avatars && !flags.media)
    throw new UsageError('--avatars says which files are fetched, and none are.', 'Add --media.')
  return flags.media ? fileOptions(flags) : undefined
}

export const fileOptions = ({
  mediaMax,
  mediaTotal,
  mediaTypes,
  avatars,
}: Omit<MediaFlags, 'media'>): MediaOptions => ({
  ...(mediaMax !== undefined && { maxBytes: mediaMax }),
  ...(mediaTotal !== undefined && { totalBytes: mediaTotal }),
  ...(mediaTypes && { kinds: mediaTypes }),
  avatars: avatars ?? false,
})

const UNITS: Record<string, number> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 }

/** `500kb`, `20mb`, `1.5gb`, or bytes. @throws InvalidArgumentError */
function size(text: string): number {
  const [, number, unit = ''] = /^(\d*\.?\d+)\s*([kmgt]?)i?b?$/i.exec(text.trim()) ?? []
  const bytes = Math.floor(Number(number) * (UNITS[unit.toLowerCase()] ?? 1))
  if (number !== undefined && bytes > 0 && Number.isSafeInteger(bytes)) return bytes
  throw new InvalidArgumentError('It must be a size, such as 500kb, 20mb or 1gb.')
}

function kinds(text: string): readonly MediaKind[] {
  const named = text.split(',').map(word => word.trim().toLowerCase().replace(/s$/, ''))
  const found = MEDIA_KINDS.filter(kind => named.includes(kind))
  if (found.length === named.length) return found
  throw new InvalidArgumentError(`The types are ${MEDIA_KINDS.join(', ')}, with commas between them.`)
}
