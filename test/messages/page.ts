import { EXIT } from '../../src/model/errors.js'
import { foundMessages, type Message } from './found-messages.js'
import { KINDS, kindOf, type MessageKind, NOTE, PASSED_ON, REMEDIES } from './kinds.js'
import { type MadeMessage, sessionMessage, sqliteMessages, wallMessages } from './made-messages.js'

/** The part of docs/errors.md that follows from the sources: every message with its exit code and its remedy, by kind. */

export interface Entry {
  texts: string[]
  remedies: string[]
  codes: string[]
  place: string
}

/** Whether a table says where the words of this place come from. */
export const isPassedOn = ({ place, texts }: Message): boolean =>
  PASSED_ON.some(({ from, text }) => place.startsWith(`src/${from}`) && texts?.[0] === text)

const INTERRUPTED = 'Run the same command again. What was finished before is kept.'

/** What can be done: as the message advises, else as the tables say. Empty: nobody says. */
export function entryOf({ place, texts, remedies, codes }: Message): Entry {
  const own = remedies?.length ? remedies : (texts ?? []).flatMap(text => REMEDIES[text] ?? [])
  const other = codes?.includes(String(EXIT.interrupted)) ? INTERRUPTED : kindOf(place)?.remedy
  return { texts: texts ?? [], remedies: own.length > 0 ? own : other ? [other] : [], codes: codes ?? [], place }
}

const entryOfMade =
  (title: string) =>
  ({ text, remedy, code }: MadeMessage): [string, Entry] => [
    title,
    { texts: [text], remedies: [remedy], codes: [String(code)], place: '' },
  ]

export function messagesMarkdown(): string {
  const found = foundMessages().filter(one => one.texts && !isPassedOn(one))
  const made = [
    ...wallMessages().map(entryOfMade('What a site shows')),
    ...sqliteMessages().map(entryOfMade('The archive')),
    entryOfMade('Logging in')(sessionMessage()),
  ]
  return KINDS.map(kind => {
    const own = found.filter(one => kindOf(one.place) === kind).map(entryOf)
    return sectionOf(kind, [...own, ...made.flatMap(([title, entry]) => (title === kind.title ? [entry] : []))])
  }).join('\n\n')
}

function sectionOf({ title, cause }: MessageKind, entries: readonly Entry[]): string {
  const notes = entries.filter(isNote)
  const items = [...new Set(entries.filter(one => !isNote(one)).map(itemOf))].sort()
  const noted = [...new Set(notes.map(({ texts }) => `- ${texts.map(code).join(' or ')}`))].sort()
  return [`## ${title}`, cause, items.join('\n'), ...(noted.length > 0 ? [NOTED, noted.join('\n')] : [])].join('\n\n')
}

const NOTED = 'Notes, with which the command goes on; nothing is to be done:'

const isNote = ({ codes, remedies }: Entry): boolean => codes.length === 0 && remedies[0] === NOTE

function itemOf({ texts, remedies, codes }: Entry): string {
  const exit = codes.length > 0 ? ` (exit ${codes.join(' or ')})` : ''
  return `- ${texts.map(code).join(' or ')}${exit}\\\n  ${remedies.filter(Boolean).map(prose).join(' Or: ')}`
}

/** A message may hold quotation marks of code. */
const code = (text: string): string => (text.includes('`') ? `\`\` ${flat(text)} \`\`` : `\`${flat(text)}\``)

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** What is no markdown must not become any. Code and links of our own tables stay. */
const prose = (text: string): string =>
  text.includes('`') || text.includes('](') ? flat(text) : flat(text).replace(/[\\*_<>[\]{}|]/g, '\\$&')
