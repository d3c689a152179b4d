import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vitepress'
import { withoutBase } from './from-disk.js'
import { navigationFaults, pagesThere, ROOT, siteName } from './navigation.js'

/** Builds the documentation site into `build/site`. It asks nothing of the network, and neither do the pages: the last step looks. */

/** The theme asks here for icons of social networks; the site names none, and the policy of its pages would refuse it. */
const NEVER_ASKED = 'https://api.iconify.design/'

endWith(navigationFaults())

// VitePress looks for its parts from the folder of the pages upwards.
const pages = join(import.meta.dirname, 'pages')
rmSync(pages, { recursive: true, force: true })
mkdirSync(join(pages, 'public'), { recursive: true })
for (const page of pagesThere()) cpSync(join(ROOT, page), join(pages, siteName(page)))
for (const folder of ['schema', 'examples'])
  cpSync(join(ROOT, 'docs', folder), join(pages, 'public', folder), { recursive: true })

await build(import.meta.dirname)
linkWithoutBase(join(ROOT, 'build/site'))
endWith(remoteLoads(join(ROOT, 'build/site')))

function endWith(faults) {
  if (faults.length === 0) return
  console.error(faults.join('\n'))
  process.exit(1)
}

/** But in the page for addresses that are not there, which is shown below any folder. */
function linkWithoutBase(folder) {
  for (const name of readdirSync(folder).filter(name => name.endsWith('.html') && name !== '404.html')) {
    const file = join(folder, name)
    writeFileSync(file, withoutBase(readFileSync(file, 'utf8'), process.env.DOCS_BASE ?? '/'))
  }
}

/** What a browser would fetch from another host: links that a reader follows are none. */
function remoteLoads(folder) {
  const LOADS =
    /<(?:script|link|img|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|href|data)="(?:https?:)?\/\/[^"]*|(?:@import|url\()\s*["']?(?:https?:)?\/\/[^"')]*|(?:\bimport|\bfetch|importScripts)\(["'`]https?:[^"'`]*/g
  return readdirSync(folder, { recursive: true })
    .filter(name => /\.(?:html|css|js)$/.test(name))
    .flatMap(name =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(LOADS)]
        .map(([load]) => `build/site/${name} loads: ${load}`)
        .filter(fault => !fault.includes(NEVER_ASKED)),
    )
}
