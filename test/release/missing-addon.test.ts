import { describe, expect, it, vi } from 'vitest'

const failing = (error: object) => ({
  createRequire: () => () => {
    throw Object.assign(new Error('of Node'), error)
  },
})

describe('better-sqlite3 that npm could not install', () => {
  it('is a sentence that says what to install', async () => {
    vi.doMock('node:module', () => failing({ code: 'MODULE_NOT_FOUND' }))
    await expect(import('../../src/archive/native/sqlite.js')).rejects.toMatchObject({
      exitCode: 6,
      message: 'SQLite cannot be loaded: better-sqlite3 is not installed.',
      advice: expect.stringMatching(
        /cannot fetch it or, on Node 20, compile it.*Python 3.*Node 22\.14 or newer.*registry.*--omit=optional/,
      ),
    })
  })

  it('does not hide other failures', async () => {
    vi.resetModules()
    vi.doMock('node:module', () => failing({ code: 'ERR_OTHER' }))
    await expect(import('../../src/archive/native/sqlite.js')).rejects.toMatchObject({ code: 'ERR_OTHER' })
  })
})
