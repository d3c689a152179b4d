import type { Element } from 'domhandler'
import type { Capture } from '../../model/capture.js'
import type { Engine } from '../../model/reports/doctor.js'
import { textOfCapture } from './charset.js'
import { every, parseMarkup } from './dom.js'
import { find, type Survey, survey } from './survey.js'

/** One sign of a template pack or software, outside of items and texts of members. Reference 1.6. */
interface Sign {
  selector?: string
  source?: RegExp
  evidence: string
  software?: Engine['software']
  pack?: Engine['pack']
}

/** The most specific sign last: later signs override earlier ones. */
const SIGNS: readonly Sign[] = [
  { selector: 'body.buddypress, #buddypress', evidence: 'the page is marked as BuddyPress', software: 'BuddyPress' },
  { source: /\bvar BP_DTheme\b/, evidence: 'the script variable BP_DTheme', software: 'BuddyPress', pack: 'legacy' },
  {
    selector: '[id="bp-default-main-css"], [id="dtheme-ajax-js-js"]',
    evidence: "bp-default's own scripts and styles",
    pack: 'bp-default',
  },
  { selector: 'body.bp-legacy', evidence: 'the body class bp-legacy', software: 'BuddyPress', pack: 'legacy' },
  { selector: 'body.bp-nouveau', evidence: 'the body class bp-nouveau', software: 'BuddyPress', pack: 'nouveau' },
  { source: /\bvar BP_Nouveau\b/, evidence: 'the script variable BP_Nouveau', pack: 'nouveau' },
  {
    source: /\/plugins\/buddyboss-platform\//,
    evidence: 'files of the plugin buddyboss-platform',
    software: 'BuddyBoss Platform',
    pack: 'buddyboss',
  },
  {
    selector: 'body.bb-readylaunch-template, [id^="bb-rl-"]',
    evidence: 'ids that begin with bb-rl-',
    software: 'BuddyBoss Platform',
    pack: 'readylaunch',
  },
]

/** The template pack that answers the AJAX requests of the site, by marks of the page itself; null: the page has none. */
export function packOf(page: Survey): 'legacy' | 'nouveau' | null {
  const pack = SIGNS.findLast(sign => sign.pack && isPresent(sign, page))?.pack ?? null
  if (pack === null) return null
  return pack === 'legacy' || pack === 'bp-default' ? 'legacy' : 'nouveau'
}

/** The software of the site, as far as one page shows it. */
export function engineOf(capture: Capture): Engine {
  const page = survey(parseMarkup(textOfCapture(capture)))
  const engine: Engine = {
    software: null,
    version: null,
    pack: null,
    theme: themeOf(page),
    forums: false,
    evidence: [],
  }
  for (const sign of SIGNS.filter(one => isPresent(one, page))) {
    engine.software = sign.software ?? engine.software
    engine.pack = sign.pack ?? engine.pack
    engine.evidence.push(sign.evidence)
  }
  engine.forums = page.markup.source.includes('/plugins/bbpress/') || find(page, '#bbpress-forums') !== undefined
  return { ...engine, ...versionOf(page, engine) }
}

const isPresent = ({ selector, source }: Sign, page: Survey): boolean =>
  (selector !== undefined && find(page, selector) !== undefined) ||
  (source !== undefined && scriptsOf(page).some(text => source.test(text)))

/** The URLs and inline texts of scripts and styles. */
function scriptsOf(page: Survey): readonly string[] {
  const known = SCRIPTS.get(page)
  if (known) return known
  const texts = every(page.outside, 'script, link').map(
    element => `${element.attribs['src'] ?? element.attribs['href'] ?? ''} ${inlineText(element)}`,
  )
  SCRIPTS.set(page, texts)
  return texts
}

/** Several signs are looked for in those of one page. */
const SCRIPTS = new WeakMap<Survey, readonly string[]>()

const inlineText = (element: Element): string => {
  const [first] = element.children
  return first && 'data' in first ? first.data : ''
}

/** The version in `…/plugins/buddypress/….css?ver=14.5.2`. Sites may remove it; then the markup gives the earliest version. */
function versionOf(page: Survey, engine: Engine): Pick<Engine, 'version' | 'evidence'> {
  for (const text of scriptsOf(page)) {
    const found = /\/plugins\/(buddypress|buddyboss-platform)\/[^\s"']{0,300}[?&]ver=(\d+[\w.-]*)/.exec(text)
    if (found) return { version: found[2] ?? null, evidence: [...engine.evidence, `its files say ver=${found[2]}`] }
  }
  const [version, why] = versionRange(page, engine)
  return { version, evidence: why ? [...engine.evidence, why] : engine.evidence }
}

function versionRange({ outside, items, markup }: Survey, { software, pack }: Engine): [string | null, string | null] {
  if (software !== 'BuddyPress') return [null, null]
  if (pack === 'nouveau') return ['3.0 or later', 'Nouveau came with 3.0']
  if (every(outside, 'body.bp-legacy').length > 0) return ['2.9 or later', 'the body class of the pack came with 2.9']
  if (items.length > 0 && markup.source.includes('data-livestamp'))
    return ['2.7 or later', 'data-livestamp came with 2.7']
  return every(outside, 'body.buddypress').length > 0
    ? ['1.7 or later', 'the body class buddypress came with 1.7']
    : [null, null]
}

/** The folder name of the theme, from the URLs of its files. */
function themeOf(page: Survey): string | null {
  for (const text of scriptsOf(page)) {
    const name = /\/wp-content\/themes\/([\w.-]+)\//.exec(text)?.[1]
    if (name) return name
  }
  return null
}
