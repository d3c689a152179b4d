#!/usr/bin/env node
// Plain enough for an old Node to read it, and to say that it is too old: no static import, no newer syntax.
var version = process.versions.node.split('.').map(Number)
var major = version[0]
var minor = version[1]

// Node 22.13 and older lack functions that better-sqlite3 13 calls: it ends them without a word.
var fits = major === 20 ? minor >= 19 : major === 22 ? minor >= 14 : major > 22

function refuse(message) {
  console.error(message)
  process.exitCode = 2
}

if (!fits) {
  refuse(
    'Error: threadkeep needs Node 20.19, 22.14, 24 or newer, and this is Node ' +
      process.versions.node +
      '.\nInstall a newer one from https://nodejs.org/, or use the executable of threadkeep, which needs no Node.',
  )
} else {
  import('../dist/cli/bin.js')
    .then(program => program.finished)
    .catch(error => {
      if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error
      refuse(
        'Error: a part of threadkeep is missing: ' +
          error.message.replace(/^Cannot find \w+ | imported from .*/g, '') +
          '.\nIn a clone, run: npm ci && npm run build. Elsewhere, install threadkeep again.',
      )
    })
}
