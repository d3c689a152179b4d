// Runs after `npm ci` in a clone (the script "prepare"): better-sqlite3 for this Node, then the build.
// package-lock.json has better-sqlite3 12 for Node 20 only. A newer Node gets 13, which comes compiled.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { VERSION } from './executable/addon.js'
import { npm, ROOT } from './npm.js'

const ABSENT = `better-sqlite3 is not installed: on Node 20 it takes Python 3, make and a C++ compiler where no compiled one can be fetched.
Install these, or Node 22.14 or newer, and run "npm ci" again.
`

const isInstalled = () => existsSync(join(ROOT, 'node_modules/better-sqlite3/package.json'))

// With the name of a package npm does not run "prepare", so that this does not come here again.
if (!isInstalled() && Number(process.versions.napi) >= 10)
  npm('install', '--no-save', '--no-audit', '--no-fund', `better-sqlite3@${VERSION}`)
if (!isInstalled()) process.stderr.write(ABSENT)
npm('run', '--silent', 'build')
