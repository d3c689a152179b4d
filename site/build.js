import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vitepress'
import { navigationFaults, pagesThere, ROOT, siteName } from './navigation.js'

/** Builds the documentation site into `build/site`. It asks nothing of the network. */

const faults = navigationFaults()
if (faults.length > 0) {
  console.error(faults.join('\n'))
  process.exit(1)
}

// VitePress looks for its parts from the folder of the pages upwards.
const pages = join(import.meta.dirname, 'pages')
rmSync(pages, { recursive: true, force: true })
mkdirSync(join(pages, 'public'), { recursive: true })
for (const page of pagesThere()) cpSync(join(ROOT, page), join(pages, siteName(page)))
for (const folder of ['schema', 'examples'])
  cpSync(join(ROOT, 'docs', folder), join(pages, 'public', folder), { recursive: true })

await build(import.meta.dirname)
