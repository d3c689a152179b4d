// The places that hold the version, and what a release makes of them. Texts in, texts out.

const SEMVER = /^(\d+)\.(\d+)\.(\d+)(-[0-9a-z.-]+)?$/

/** The files that a release changes, each with the function that gives its new text. */
export const CHANGED = {
  'package.json': (text, { version }) => text.replace(/^( {2}"version": ")[^"]+/m, `$1${version}`),
  'package-lock.json': (text, { version }) => text.replace(/^( {2,6}"version": ")[^"]+/gm, once(2, version)),
  'src/model/version.ts': (text, { version, date }) =>
    text.replace(/(VERSION = ')[^']+/, `$1${version}`).replace(/(VERSION_DATE = ')[^']+/, `$1${date}`),
  'CHANGELOG.md': (text, { version, date }) => withRelease(text, version, date),
  'README.md': withFileNames,
  'docs/install.md': withFileNames,
  'docs/start.md': withFileNames,
}

/** The names of the files of the release, and of its tag. */
function withFileNames(text, { version, present }) {
  return text.replaceAll(`threadkeep-${present}`, `threadkeep-${version}`).replaceAll(`v${present}`, `v${version}`)
}

/** The first two versions of a lock file are those of the package; what follows belongs to others. */
function once(count, version) {
  let left = count
  return (line, start) => (left-- > 0 ? `${start}${version}` : line)
}

/** @throws Error with a sentence if this version cannot follow on the present one. */
export function refuseVersion(version, present) {
  if (!SEMVER.test(version)) throw new Error(`"${version}" is not a version such as 0.2.0 or 1.0.0-rc.1.`)
  if (compare(version, present) < 0)
    throw new Error(`${version} is older than ${present}, the version in package.json.`)
}

function compare(a, b) {
  const [[, ...left], [, ...right]] = [SEMVER.exec(a), SEMVER.exec(b)]
  const at = [0, 1, 2].find(part => left[part] !== right[part])
  if (at !== undefined) return Number(left[at]) - Number(right[at])
  // A version without a suffix follows on those that have one.
  return (left[3] ?? '~') < (right[3] ?? '~') ? -1 : Number(left[3] !== right[3])
}

const UNRELEASED = '## Unreleased\n'

/**
 * The changelog with the date of this version. What is under "Unreleased" becomes its section, unless it has one, as "(not released)".
 * @throws Error if neither says what has changed.
 */
export function withRelease(text, version, date) {
  const heading = `## ${version} - ${date}\n`
  const prepared = `## ${version} (not released)\n`
  if (text.includes(prepared) && sectionOf(text, prepared)) return text.replace(prepared, heading)
  if (!text.includes(UNRELEASED) || !sectionOf(text, UNRELEASED))
    throw new Error(`CHANGELOG.md has nothing under "Unreleased" and no section "${prepared.trim()}".`)
  return text.replace(UNRELEASED, `${UNRELEASED}\n${heading}`)
}

const sectionOf = (text, heading) =>
  text
    .slice(text.indexOf(heading) + heading.length)
    .split(/^## /m)[0]
    ?.trim() ?? ''
