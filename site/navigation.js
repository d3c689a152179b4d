import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The pages of the documentation site, by section, as paths below the project. Each page of `docs/` is in one of them. */

export const ROOT = resolve(import.meta.dirname, '..')

/** The page that opens the site. */
export const HOME = 'docs/start.md'

/** @type {readonly { title: string, pages: readonly string[] }[]} */
export const SECTIONS = [
  {
    title: 'Start',
    pages: [
      ...[HOME, 'docs/install.md', 'docs/guide-convenor.md', 'docs/guide-researcher.md', 'docs/guide-job.md'],
      ...['docs/guide.md', 'docs/faq.md'],
    ],
  },
  { title: 'In use', pages: ['docs/cookbook.md', 'docs/jobs.md', 'docs/import.md', 'docs/media.md', 'docs/scale.md'] },
  {
    title: 'Research',
    pages: [
      ...['docs/research.md', 'docs/ethics.md', 'docs/methods.md', 'docs/pseudonyms.md', 'docs/coding.md'],
      ...['docs/package.md', 'docs/codebook.md'],
    ],
  },
  {
    title: 'Reference',
    pages: [
      'docs/cli.md',
      'docs/completion.md',
      'docs/errors.md',
      'docs/formats.md',
      'docs/database.md',
      'docs/library.md',
    ],
  },
  {
    title: 'The project',
    pages: ['docs/architecture.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/third-party.md'],
  },
]

/** Every page that the site has to have: those of `docs/`, and those beside the README, which GitHub shows instead of the site. */
export function pagesThere() {
  const markdown = folder => readdirSync(join(ROOT, folder)).filter(name => name.endsWith('.md'))
  return [...markdown('docs').map(name => `docs/${name}`), ...markdown('.').filter(name => name !== 'README.md')]
}

/** What is wrong with the navigation, in sentences; none: nothing. */
export function navigationFaults(there = pagesThere(), sections = SECTIONS) {
  const listed = sections.flatMap(({ pages }) => pages)
  return [
    ...there
      .filter(page => !listed.includes(page))
      .map(page => `${page} is in no section of site/navigation.js: name it in the one where readers look for it.`),
    ...listed
      .filter(page => !there.includes(page))
      .map(page => `site/navigation.js names ${page}, which is not there.`),
    ...listed.filter((page, at) => listed.indexOf(page) !== at).map(page => `site/navigation.js names ${page} twice.`),
  ]
}

/** The file name that a page has in the site. */
export const siteName = page => (page === HOME ? 'index.md' : (page.split('/').at(-1) ?? page).toLowerCase())

/** The first heading of a page. */
export function titleOf(page) {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(ROOT, page), 'utf8')) ?? []
  if (title === undefined) throw new Error(`${page} has no heading of the first level.`)
  return title.replaceAll('`', '')
}

/** The anchor of a heading, as GitHub makes it, so that a link works there and in the site. */
export const anchorOf = heading =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')
