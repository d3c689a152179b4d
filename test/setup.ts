import { configureGlobal } from 'fast-check'
import { afterAll, afterEach } from 'vitest'
import { closeAll } from './cleanup.js'

// Everywhere else each run tries other values; CI must say the same of the same commit.
if (process.env['CI']) configureGlobal({ seed: 20261123 })

afterEach(() => closeAll('test'))
afterAll(() => closeAll('file'))
