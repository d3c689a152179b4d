import type { StoredThread } from '../../model/archive.js'
import { VERSION } from '../../model/version.js'
import type { ExportContext } from '../exporter.js'
import { listed } from '../text.js'
import { sampleWords } from '../words/collection.js'
import { element, escaped, textElement } from '../xml.js'
import { codeGuid, coderGuid, guidOf, selectionGuid, TOOL } from './identity.js'
import type { Participant } from './participants.js'
import { sourceOf } from './source.js'
import { type Survey, surveyOf } from './survey.js'
import { MEMBER_VARIABLES, valuesOf, variableList } from './variables.js'

/**
 * `project.qde` (REFI-QDA Project 1.0), piece by piece: what it says of all threads, which `again` walks once, and then each thread with its
 * posts. No clock: its date is the one of the last reading.
 */
export function* projectOf(threads: Iterable<StoredThread>, about: ExportContext): Generator<string> {
  const survey = surveyOf(about.again(), about.status)
  const hasPersonCodes = about.options['person-codes'] !== false
  yield `<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" ${attributesOf(survey)}>\n`
  yield section('Users', usersOf(survey))
  yield* codesAndCases(survey, hasPersonCodes)
  if (survey.threads > 0) yield '<Sources>\n'
  for (const thread of threads) yield* sourceOf(thread, { survey, about, hasPersonCodes })
  if (survey.threads > 0) yield '</Sources>\n'
  yield `${textElement('Description', descriptionOf(survey, about))}\n</Project>\n`
}

const section = (name: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `<${name}>\n${lines.join('\n')}\n</${name}>\n`

function attributesOf(survey: Survey): string {
  const date = survey.readAt === null ? '' : ` creationDateTime="${survey.readAt}"`
  return `name="${escaped(nameOf(survey))}" origin="threadkeep ${VERSION}" creatingUserGUID="${TOOL}"${date}`
}

/** The groups, else the sites, as far as a name can list them. */
function nameOf({ groups, hosts }: Survey): string {
  const isOfGroups = groups.size > 0 && groups.size <= MOST_NAMED && !groups.has('')
  const names = isOfGroups ? [...groups] : [...hosts]
  return names.length > 0 && names.length <= MOST_NAMED ? listed(names) : 'Threads'
}

const MOST_NAMED = 3

const descriptionOf = ({ threads, posts, participants, hosts }: Survey, { sample }: ExportContext): string =>
  `${threads} threads with ${posts} posts by ${participants.all.length} participants, from ${listed([...hosts]) || 'a site whose address is not known'}. ` +
  'Each source is a thread, each selection a post. Dates in texts are in the time zone of the site where it is known, those of variables in UTC.' +
  (sample ? ` The threads are a random sample: ${sampleWords(sample)}.` : '')

/** Coders first: QualCoder shows the codings of the first user. */
const usersOf = ({ coders }: Survey): string[] => [
  ...[...coders].map(name => element('User', { guid: coderGuid(name), name })),
  element('User', { guid: TOOL, name: 'threadkeep' }),
]

/**
 * A participant is a case and, so that the posts are linked to it, a code of the same GUID: QualCoder and NVivo find what belongs to a case
 * by the codings with that code, and not by the selections that the case names.
 */
function* codesAndCases({ participants, codes }: Survey, hasPersonCodes: boolean): Generator<string> {
  const names = participants.names([...codes])
  const persons = participants.all.map(({ guid }, at) => code(guid, names[at] ?? ''))
  const category = { guid: guidOf('category', 'participants'), name: 'Participants', isCodable: 'false' }
  const own = [...codes].map(name => code(codeGuid(name), name))
  const isCategory = hasPersonCodes && persons.length > 0
  if (isCategory || own.length > 0) yield '<CodeBook>\n<Codes>\n'
  for (const one of own) yield `${one}\n`
  if (isCategory) yield* elementOf('Code', category, persons)
  if (isCategory || own.length > 0) yield '</Codes>\n</CodeBook>\n'
  yield section('Variables', variableList())
  if (persons.length > 0) yield '<Cases>\n'
  for (const [at, participant] of participants.all.entries())
    yield* caseOf(participant, names[at] ?? '', hasPersonCodes)
  if (persons.length > 0) yield '</Cases>\n'
}

const code = (guid: string, name: string): string => element('Code', { guid, name, isCodable: 'true' })

/** An element with any number of others, a line each. */
function* elementOf(name: string, attributes: Record<string, string>, content: Iterable<string>): Generator<string> {
  yield `${element(name, attributes).replace('/>', '>')}\n`
  for (const one of content) yield `${one}\n`
  yield `</${name}>\n`
}

const caseOf = (participant: Participant, name: string, hasPersonCodes: boolean): Generator<string> =>
  elementOf('Case', { guid: participant.guid, name }, contentOf(participant, hasPersonCodes))

function* contentOf(participant: Participant, hasPersonCodes: boolean): Generator<string> {
  if (hasPersonCodes) yield element('CodeRef', { targetGUID: participant.guid })
  yield* valuesOf(MEMBER_VARIABLES, participant)
  for (const id of participant.posts)
    yield element('SelectionRef', { targetGUID: selectionGuid(participant.site, `${id}`) })
}
