import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const TEXTS = /^(licen[cs]e|notice|copying)([.-].*)?$/i

/** The licences of packages, by their folders: what their authors ask to come with copies. */
export function noticesOf(folders) {
  const sections = folders.map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const files = readdirSync(folder)
      .filter(file => TEXTS.test(file))
      .sort()
    const texts = files.map(file => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
    return `${name} ${version} (${license})\n\n${texts.join('\n\n') || 'The package comes without a text of its licence.'}\n`
  })
  return `threadkeep holds these packages, under their licences:\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`
}
