import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TEMPLATES } from '../../src/parse/templates/index.js'
import { CASES } from './cases.js'

const read = new Set(CASES.map(one => JSON.parse(readFileSync(one.expectation, 'utf8')).template as string | undefined))

it.each(TEMPLATES.map(template => template.name))('%s has a fixture that it reads', name => {
  expect(read.has(name)).toBe(true)
})
