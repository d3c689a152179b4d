import type { SampleFigures } from '../../model/coding/sample.js'
import type { PackageAbout } from '../../model/reports/package.js'
import { destination } from '../body/urls.js'
import { typed } from '../markdown/escape.js'
import { cleanLine, isolated } from '../text.js'
import { sampleWords } from '../words/collection.js'
import { between, day } from '../words/utc-dates.js'
import { licenceOf } from './about.js'
import type { PackageFacts, PackedPart } from './parts.js'
import { hasGaps, type Survey } from './survey.js'

/** The first page of a package: what it holds, what is missing, what may be done with it. In what `about` says, markdown means what it says. */
export const readmeText = (facts: PackageFacts): string =>
  `${[...headOf(facts), ...contentsOf(facts), ...collectionOf(facts), ...completenessOf(facts.survey), ...termsOf(facts), ...checkOf(facts)].join('\n\n')}\n`

/** What a site calls something, as markdown that shows it as it is. */
const named = (text: string): string => typed(isolated(cleanLine(text)))

function headOf({ about, survey, withheld, sample, isAnnotated }: PackageFacts): string[] {
  const creators = about.creators.map(({ name, affiliation, orcid }) =>
    [name, affiliation, orcid].flatMap(one => one ?? []).join(', '),
  )
  const facts = [
    `- Created by: ${creators.join('; ')}`,
    ...(about.version === undefined ? [] : [`- Version: ${about.version}`]),
    ...(about.identifier === undefined ? [] : [`- Identifier: ${about.identifier}`]),
    ...(about.keywords ? [`- Keywords: ${about.keywords.join(', ')}`] : []),
    `- Contact: ${about.contact}`,
  ]
  return [
    `# ${about.title}`,
    gapWarning(survey),
    about.description,
    facts.join('\n'),
    ...(sample ? [sampleText(sample)] : []),
    ...(isAnnotated ? ['Posts have the codes and notes of coders who read them.'] : []),
    ...(withheld.length > 0 ? [`What was withheld: ${withheld.join('; ')}. None of this makes data anonymous.`] : []),
  ]
}

/** What was drawn of what: the rest of the selection is not in the package. */
function sampleText(sample: SampleFigures): string {
  const strata = sample.strata.map(
    ({ name, drawn, of }) =>
      `- ${name === '' ? `no ${sample.stratify}` : named(name)}: ${drawn} of ${count(of, 'thread')}`,
  )
  const words = `**The threads are a sample: ${named(sampleWords(sample))}.** The same seed draws the same threads of the same archive.`
  return [words, ...(strata.length > 0 ? [strata.join('\n')] : [])].join('\n\n')
}

const gapWarning = (survey: Survey): string =>
  hasGaps(survey)
    ? `**This data set has gaps:** ${gapsOf(survey).join('; ')}. See [Completeness](#completeness).`
    : 'As far as the site showed, nothing is missing: see [Completeness](#completeness).'

/** What is missing, the most first, as phrases. */
const gapsOf = ({ closed, missingFiles, short, unknown, gaps, unfinished }: Survey): string[] => [
  ...(closed.length > 0 ? [`${count(closed.length, 'group')} closed to the reader (${namedAll(closed)})`] : []),
  ...(short.threads > 0 ? [`${count(short.threads, 'thread')} held in part`] : []),
  ...(unknown > 0 ? [`${count(unknown, 'thread')} never seen whole`] : []),
  ...(missingFiles > 0 ? [`${count(missingFiles, 'file')} of posts missing`] : []),
  ...(gaps > 0 ? [`${count(gaps, 'request')} without success`] : []),
  ...(unfinished > 0 ? [`${count(unfinished, 'target')} not read to the end`] : []),
]

const MOST_NAMED = 5

const namedAll = (names: readonly string[]): string =>
  [
    ...names.slice(0, MOST_NAMED).map(named),
    ...(names.length > MOST_NAMED ? [`${names.length - MOST_NAMED} more`] : []),
  ].join(', ')

/** Their writers may have wanted them to be gone: who deposits or uses them has to know. */
const goneSentence = (gone: number): string =>
  `${count(gone, 'post')} of these threads ${gone === 1 ? 'was' : 'were'} no longer on the site when it was last read: tables have ${gone === 1 ? 'it' : 'them'} with the status \`gone\`, unless the package was made with \`--status live\`.`

/** `43 posts, complete`, `41 of 43 posts`, `12 posts, not all of its threads seen whole`. */
function heldOf({ held, claimed, seenWhole }: Survey['groups'][number]): string {
  if (held < claimed) return `${held} of ${count(claimed, 'post')}`
  return `${count(held, 'post')}, ${seenWhole ? 'complete' : 'not each thread seen whole'}`
}

const collectionOf = ({ collection }: PackageFacts): string[] => [
  '## Collection',
  `${collection} [methods.md](data/methods.md) says how, and what was missing.`,
]

function contentsOf({ parts, documents, survey }: PackageFacts): string[] {
  const rows = [
    ...parts.map(part => [`\`${part.name}\``, part.summary, ...countsOf(part)]),
    ...documents.map(({ name, what }) => [`\`${name}\``, what, '', '']),
  ]
  const head = ['file', 'what it is', 'threads', 'posts']
  const hasCodebook = documents.some(({ name }) => name === 'codebook.md')
  const { from, to, precision } = survey
  const dates = from === null || to === null ? '' : `, begun ${between(from, to, precision)}`
  const groups = survey.groups.map(
    group =>
      `- ${named(group.name)}${group.status === null ? '' : ` (${group.status})`}: ${count(group.threads, 'thread')}, ${heldOf(group)}`,
  )
  return [
    '## Contents',
    `${count(survey.threads, 'thread')}${dates}${survey.sites.length === 0 ? '' : `, of ${survey.sites.map(site => `<${destination(site)}>`).join(', ')}`}.`,
    ...(survey.notices > 0
      ? [
          `Of these, ${survey.notices} ${survey.notices === 1 ? 'is a membership notice' : 'are membership notices'}: tables have them, documents leave them out.`,
        ]
      : []),
    ...(survey.gone > 0 ? [goneSentence(survey.gone)] : []),
    ...(groups.length > 0 ? [groups.join('\n')] : []),
    `All files are below \`data/\`.${hasCodebook ? ' [codebook.md](data/codebook.md) says what each column means.' : ''}`,
    [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n'),
  ]
}

const countsOf = ({ tally: { threads, posts, captures } }: PackedPart): string[] =>
  captures === undefined ? [String(threads), String(posts)] : ['', count(captures, 'capture')]

function completenessOf(survey: Survey): string[] {
  const { threads, complete, short, unknown, closed, missingFiles, gaps, unfinished, madeAt } = survey
  const lines = [
    `- ${complete} of ${count(threads, 'thread')}: every post that the site showed is held in full.`,
    ...(short.threads > 0
      ? [
          `- ${count(short.threads, 'thread')}: something is missing; ${short.held} of ${count(short.claimed, 'post')} are held in full.`,
        ]
      : []),
    ...(unknown > 0
      ? [`- ${count(unknown, 'thread')}: never seen whole, so that it is not known what is missing.`]
      : []),
    ...(closed.length > 0
      ? [
          `- ${count(closed.length, 'group')} of the community (${namedAll(closed)}): this reader could not see the posts.`,
        ]
      : []),
    ...(missingFiles > 0 ? [`- ${count(missingFiles, 'file')} that posts of the archive show: not held.`] : []),
    ...(gaps > 0
      ? [`- ${count(gaps, 'request')} of the archive did not succeed: what the answers would have shown is not known.`]
      : []),
    ...(unfinished > 0
      ? [`- ${count(unfinished, 'target')} of the archive: the last run did not read all of it.`]
      : []),
    ...(madeAt === null
      ? []
      : [`- Nothing after ${day(madeAt)} is known, when the archive was last brought up to date.`]),
  ]
  return ['## Completeness', lines.join('\n')]
}

/** As DataCite recommends it. The repository knows the publisher, and may give another identifier. */
function citationOf({ creators, title, version, identifier, published }: PackageAbout, madeAt: string | null): string {
  const year = (published ?? madeAt)?.slice(0, 4) ?? 'n.d.'
  const versions = version === undefined ? [] : [`Version ${cleanLine(version)}`]
  const names = creators.map(({ name }) => cleanLine(name)).join('; ')
  const sentences = [`${names} (${year}): ${cleanLine(title)}`, ...versions, 'Data set'].map(ended)
  return [...sentences, ...(identifier === undefined ? [] : [cleanLine(identifier)])].join(' ')
}

const ended = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`)

function termsOf({ about, survey }: PackageFacts): string[] {
  const { name, url } = licenceOf(about)
  return [
    '## How to cite',
    citationOf(about, survey.madeAt),
    '## Licence',
    url === null ? name : `[${name}](${url})`,
    '## Consent',
    about.consent,
    ...(about.ethics === undefined ? [] : ['## Ethics', about.ethics]),
    ...(about.funding
      ? [
          '## Funding',
          about.funding.map(({ funder, award }) => `- ${funder}${award === undefined ? '' : `, ${award}`}`).join('\n'),
        ]
      : []),
    ...(about.related ? ['## Related', about.related.map(url => `- <${url}>`).join('\n')] : []),
  ]
}

const checkOf = ({ version }: PackageFacts): string[] => [
  '## Checking this package',
  'It is a bag of BagIt (RFC 8493), so that each validator of bags can tell whether a file was changed. `threadkeep verify` also counts the rows of tables, and compares the metadata: ' +
    '`data/datapackage.json` (Frictionless) and `data/ro-crate-metadata.json` (RO-Crate).',
  `Made by threadkeep ${version}. The same archive, options and version give the same package.`,
]

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
