import { parseDocument, type YAMLParseError } from 'yaml'
import * as z from 'zod'
import { UsageError } from '../../model/errors.js'
import type { PackageAbout } from '../../model/reports/package.js'
import { cleanLine, cleanText, listed } from '../text.js'

// What people typed is cleaned here, once, because all files of a package have to say the same.
const words = z.string('it is no text').max(20_000).overwrite(cleanText).trim().min(1, 'it is empty')
const line = z
  .string('it is no text: write it in quotes')
  .trim()
  .max(1000)
  .regex(/^[^\r\n]*$/, 'it has several lines')
  .overwrite(cleanLine)
  .min(1, 'it is empty')
const address = line.regex(/^https?:\/\/\S+$/, 'it is no address that begins with https://')
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'it is no date such as 2026-11-27')

/** The last character of an ORCID is a check digit (ISO 7064, MOD 11-2), so that a slip of the hand is seen. */
function hasCheckDigit(orcid: string): boolean {
  const digits = orcid.slice(-19).replaceAll('-', '')
  const sum = [...digits.slice(0, -1)].reduce((total, digit) => (total + Number(digit)) * 2, 0)
  const check = (12 - (sum % 11)) % 11
  return digits.endsWith(check === 10 ? 'X' : String(check))
}

const CREATOR = z.strictObject(
  {
    name: line,
    orcid: line
      .regex(/^(?:https:\/\/orcid\.org\/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/, 'it is no ORCID')
      .refine(hasCheckDigit, 'one of its digits is wrong')
      .transform(id => `https://orcid.org/${id.slice(-19)}`)
      .optional(),
    affiliation: line.optional(),
  },
  'it is no entry such as "name: Family, Given"',
)

const FUNDER = z.strictObject(
  { funder: line, award: line.optional() },
  'it is no entry such as "funder: Name of the funder"',
)

const list = <T extends z.ZodType>(entry: T) => z.array(entry, 'it is no list, one entry a line after a hyphen')

const ABOUT = z.strictObject({
  title: line,
  description: words,
  creators: list(CREATOR).min(1, 'it is empty'),
  licence: words,
  consent: words,
  contact: line,
  ethics: words.optional(),
  keywords: list(line).optional(),
  funding: list(FUNDER).optional(),
  language: line.optional(),
  version: line.optional(),
  identifier: line.optional(),
  related: list(address).optional(),
  published: day.optional(),
})

/** An example, with each entry that there is. */
export const ABOUT_TEMPLATE = `# What a package says of itself: threadkeep package --about about.yaml
# The first six entries are needed; leave out what does not apply of the others.
# All that names people, places or numbers is an example, and refused until it is replaced.

title: Questions and answers in a community of gardeners, 2021 to 2026
description: >
  All threads of the public group "Gardeners", with nested replies.
creators:
  - name: Example, Ada
    orcid: 0000-0002-1825-0097
    affiliation: University of Example
# An SPDX id (spdx.org/licenses), an address, or the terms in words.
licence: CC-BY-NC-4.0
# How the people in the data were asked or informed, and what they agreed to.
consent: >
  The convenor of the group announced the study on 3 May 2026. Members could withdraw until 1 July 2026;
  two did, and were erased with "threadkeep forget".
# Who answers questions, and requests of the people in the data.
contact: ada@university.example

ethics: Approved by the review board of the University of Example, no. 2026-017.
keywords: [online communities, gardening, peer advice]
funding:
  - funder: Example Foundation
    award: EF-1234
language: en
version: "1.0"
identifier: https://doi.org/10.0000/example
related:
  - https://journal.example/article
# Without this line, it is the day of the last run of the archive.
# published: 2026-11-27
`

/**
 * The entries of a file about a package: YAML, or JSON, which is YAML. `file`: its name, for messages.
 * @throws UsageError that names the entry which is missing, unknown or wrong, and for what looks like a secret.
 */
export function aboutOf(text: string, file: string): PackageAbout {
  // Each value is a text as it is written: version 1.0 is no number, and no "1".
  const document = parseDocument(text, { prettyErrors: false, strict: true, schema: 'failsafe' })
  const [error] = document.errors
  if (error) throw notYaml(text, file, error)
  refuseSecrets(text, file)
  return checkedAbout(contentOf(document, file), file)
}

/** The same of values that were read already. `file`: what messages call them. @throws UsageError */
export function checkedAbout(given: unknown, file: string): PackageAbout {
  refuseSecrets(JSON.stringify(given ?? null, null, 1), file)
  const result = ABOUT.safeParse(given ?? {})
  if (result.success) return ownEntries(result.data, file)
  const missing = result.error.issues.filter(issue => isMissing(issue, given)).map(({ path }) => wordsOf(path))
  if (missing.length > 0) throw new UsageError(`${file} does not name the ${listed(missing)}.`, TEMPLATE_ADVICE)
  throw wrong(result.error.issues[0], file)
}

/** @throws UsageError for an entry that is still that of the template. */
function ownEntries(about: PackageAbout, file: string): PackageAbout {
  const examples = examplesOf(ABOUT.parse(parseDocument(ABOUT_TEMPLATE).toJS()))
  const found = Object.entries(examplesOf(about)).flatMap(([entry, values]) =>
    isAny(values, examples[entry] ?? []) ? [entry] : [],
  )
  if (found.length === 0) return about
  throw new UsageError(
    `${file} still has examples of the template: ${found.join(', ')}.`,
    'Replace them by your own words. Only the first six entries of the template are needed: of the others, leave out what does not apply.',
  )
}

/** Entries whose examples are true of no data set; licence, language and version may well be the same. */
const examplesOf = (about: PackageAbout): Record<string, readonly string[]> => ({
  title: [about.title],
  description: [about.description],
  creators: about.creators.flatMap(({ name, orcid = '', affiliation = '' }) => [name, orcid, affiliation]),
  consent: [about.consent],
  contact: [about.contact],
  ethics: [about.ethics ?? ''],
  funding: (about.funding ?? []).flatMap(({ funder, award = '' }) => [funder, award]),
  identifier: [(about.identifier ?? '').replace(/^(?:https?:\/\/doi\.org\/|doi:)/i, '')],
  related: about.related ?? [],
})

const isAny = (values: readonly string[], examples: readonly string[]): boolean =>
  values.some(value => value !== '' && examples.some(example => plain(example) === plain(value)))

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase()

/** Aliases that multiply are refused by the parser. */
function contentOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    const content: unknown = document.toJS({ maxAliasCount: 10 })
    if (content !== null && typeof content === 'object' && 'license' in content && !('licence' in content)) {
      const { license, ...others } = content
      return { ...others, licence: license }
    }
    return content
  } catch {
    throw new UsageError(`${file} refers to its own entries too often.`, TEMPLATE_ADVICE)
  }
}

// No `> about.yaml`: that would replace the file that is to be corrected.
const TEMPLATE_ADVICE = 'Correct it there. An example is printed by: threadkeep package --about-template'

function notYaml(text: string, file: string, { pos, message }: YAMLParseError): UsageError {
  const line = text.slice(0, pos[0]).split('\n').length
  return new UsageError(
    `${file} is not YAML: line ${line}: ${message}.`,
    `A text with a colon wants quotes around it. ${TEMPLATE_ADVICE}`,
  )
}

const wordsOf = (path: readonly PropertyKey[]): string =>
  path.map(part => (typeof part === 'number' ? part + 1 : String(part))).join(' ')

const isMissing = ({ path, code }: z.core.$ZodIssue, given: unknown): boolean =>
  path.length > 0 && code === 'invalid_type' && valueAt(given, path) === undefined

function wrong(issue: z.core.$ZodIssue | undefined, file: string): UsageError {
  const path = wordsOf(issue?.path ?? [])
  if (issue?.code === 'unrecognized_keys') {
    const place = path === '' ? file : `${path} of ${file}`
    const known = Object.keys(path === '' ? ABOUT.shape : path.startsWith('creators') ? CREATOR.shape : FUNDER.shape)
    return new UsageError(`${place} has an unknown entry "${issue.keys[0]}".`, `The entries are: ${known.join(', ')}.`)
  }
  if (path === '') return new UsageError(`${file} is no list of entries such as "title: ...".`, TEMPLATE_ADVICE)
  return new UsageError(`The ${path} of ${file} cannot be used: ${issue?.message ?? 'unknown'}.`, TEMPLATE_ADVICE)
}

const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined | null)?.[key], given ?? {})

/** What must never be published by mistake: keys, cookies of WordPress, passwords of applications, addresses with a password. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
  [/wordpress(?:_sec|_logged_in)?_[0-9a-f]{32}/i, 'a cookie of WordPress'],
  [/\b(?:authorization|cookie|set-cookie)\s*:/i, 'a header with credentials'],
  [/\bBearer\s+[\w.~+/-]{16,}/, 'a token'],
  [/\b(?:ghp|gho|glpat|sk|xox[bp])[-_][\w-]{16,}|\bAKIA[0-9A-Z]{16}\b/, 'a token'],
  // Groups of four with letters and digits: years alone, or words, are none.
  [/\b(?=[\d ]*[A-Za-z])(?=[A-Za-z ]*\d)(?:[A-Za-z0-9]{4} ){5}[A-Za-z0-9]{4}\b/, 'an application password'],
  [/\bpass(?:word|phrase|wd)?\s*[:=]\s*\S/i, 'a password'],
  [/:\/\/[^/\s:@]*:[^/\s@]+@/, 'an address with a password'],
]

function refuseSecrets(text: string, file: string): void {
  for (const [at, words] of text.split('\n').entries()) {
    const found = SECRETS.find(([pattern]) => pattern.test(words))
    if (found)
      throw new UsageError(
        `Line ${at + 1} of ${file} looks like ${found[1]}, and all of this file is published.`,
        'Take it out.',
      )
  }
}

/** How a package is licensed. */
interface Licence {
  /** An SPDX id, the address, or the terms themselves. */
  name: string
  /** Null: the terms are in words. */
  url: string | null
}

export function licenceOf({ licence }: Pick<PackageAbout, 'licence'>): Licence {
  if (/^https?:\/\/\S+$/.test(licence)) return { name: licence, url: licence }
  const isSpdx = /^(?=.*[\d-])[A-Za-z0-9.+-]{3,40}$/.test(licence)
  return { name: licence, url: isSpdx ? `https://spdx.org/licenses/${licence}.html` : null }
}

/** Letters and digits of the title, for names of folders and metadata: `questions-and-answers`. */
export const slugOf = ({ title }: Pick<PackageAbout, 'title'>): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .replace(/^(.{1,60})(?:-.*)?$|^(.{60}).*$/, '$1$2')
    .replace(/-$/, '') || 'threadkeep-package'
