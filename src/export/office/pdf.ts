import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import type { StoredThread } from '../../model/archive.js'
import type { Converter, FoundProgram, Program } from '../../model/conversion.js'
import type { ExportContext, Exporter, OptionValue } from '../exporter.js'
import { html } from '../html.js'
import { exportOptions } from '../options.js'
import { Dated } from './dated.js'
import { docx } from './docx.js'
import { OFFICE_DOCUMENT } from './parts.js'
import { Pictures, withPictures } from './pictures.js'

/** A document to be printed and signed: the HTML document, printed by a browser, else the word processor's, by LibreOffice. */
export const pdf: Exporter = {
  name: 'pdf',
  summary: 'a document to be printed, by Chromium, or by pandoc and LibreOffice',
  extension: 'pdf',
  ...OFFICE_DOCUMENT,
  options: {
    ...html.options,
    with: { summary: 'what prints', default: 'auto', choices: ['auto', 'browser', 'libreoffice'] },
  },
  ready: async (converter, options) => {
    const { program } = await printerOf(converter, options)
    if (program === 'libreoffice') await converter.find(['pandoc'])
  },
  render,
}

type Options = Readonly<Record<string, OptionValue>>

const printerOf = (converter: Converter, { with: wanted }: Options): Promise<FoundProgram> =>
  converter.find(wanted === 'auto' ? ['browser', 'libreoffice'] : [wanted as Program])

async function* render(threads: Iterable<StoredThread>, about: ExportContext): AsyncGenerator<Uint8Array> {
  const program = await printerOf(about.converter, about.options)
  const { name, exporter, args } = program.program === 'browser' ? BROWSER : LIBREOFFICE
  const reading = new Dated(threads)
  const options = exportOptions(exporter, sharedWith(exporter, about.options))
  const pictures = new Pictures(about.media)
  // The word processor's document holds its pictures itself.
  const media = program.program === 'browser' ? pictures.lookup : about.media
  const body = exporter.render(reading.threads(), { ...about, options, ...(media && { media }) })
  const files = withPictures([{ name, body }], pictures)
  const printed = about.converter.convert({ program, args, files, output: 'document.pdf', epoch: () => reading.epoch })
  yield dated(await buffer(printed), reading.epoch)
}

/** The language of the posts, which only the HTML document knows. */
const sharedWith = ({ options = {} }: Exporter, given: Options): Options =>
  Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(options, name)))

/** The same file with this date, and with a name of its content: programs write the time of the run, and LibreOffice names of chance. Nothing moves. */
function dated(pdf: Buffer, epoch: number): Buffer {
  const digits = new Date(epoch * 1000).toISOString().replace(/\D/g, '').slice(0, 14)
  overwrite(pdf, DATES, found => found.replace(/\d{14}/, digits))
  const named = (name: string) => overwrite(pdf, NAMES, found => found.replace(HEX, name))
  named(ZEROS)
  named(createHash('sha256').update(pdf).digest('hex').slice(0, ZEROS.length))
  return pdf
}

/** Changes in place what begins with one of these words: as a text, a long document would be in memory several times. */
function overwrite(pdf: Buffer, { words, pattern }: Pattern, change: (found: string) => string): void {
  for (const word of words)
    for (let at = pdf.indexOf(word); at >= 0; at = pdf.indexOf(word, at + 1)) {
      const [found] = pattern.exec(pdf.toString('latin1', at, at + MOST_LETTERS)) ?? []
      if (found !== undefined) pdf.write(change(found), at, 'latin1')
    }
}

interface Pattern {
  words: readonly string[]
  /** From the word on. */
  pattern: RegExp
}

/** A pattern has no more. */
const MOST_LETTERS = 120

const DATES: Pattern = { words: ['/CreationDate', '/ModDate'], pattern: /^\/\w+ ?\(D:\d{14}/ }
const NAMES: Pattern = {
  words: ['/ID', '/DocChecksum'],
  pattern: /^\/(?:ID \[\s*<[0-9A-F]{32}>\s*<[0-9A-F]{32}>\s*\]|DocChecksum \/[0-9A-F]{32})/i,
}
const HEX = /[0-9A-F]{32}/gi
const ZEROS = '0'.repeat(32)

/** No network, and nothing of the user's profile. */
const browserArgs = (folder: string): string[] => [
  ...['--headless=new', '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-extensions'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-breakpad'],
  ...['--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${folder}/profile`],
  ...['--no-pdf-header-footer', '--print-to-pdf=document.pdf'],
  pathToFileURL(`${folder}/document.html`).href,
]

const libreOfficeArgs = (folder: string): string[] => [
  ...[`-env:UserInstallation=${pathToFileURL(folder).href}`, '--headless', '--norestore', '--nolockcheck'],
  ...['--convert-to', 'pdf:writer_pdf_Export', '--outdir', folder, 'document.docx'],
]

/** What a program prints, and how. */
const BROWSER = { name: 'document.html', exporter: html, args: browserArgs }
const LIBREOFFICE = { name: 'document.docx', exporter: docx, args: libreOfficeArgs }
