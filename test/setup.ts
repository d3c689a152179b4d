import { configureGlobal } from 'fast-check'

// Everywhere else each run tries other values; CI must say the same of the same commit.
if (process.env['CI']) configureGlobal({ seed: 20261123 })
