import { compile } from 'css-select'
import { type AnyNode, type Element, isTag } from 'domhandler'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementsBelow, parseMarkup } from '../../src/parse/document/dom.js'
import { testOf } from '../../src/parse/document/selector.js'
import { TEMPLATES } from '../../src/parse/templates/index.js'

const WORDS = ['activity-1', 'view', 'time-since', 'bb-rl-activity-22', 'x-gif', 'a', 'open-media-theatre', 'acpage=2']
const word = fc.constantFrom(...WORDS)
const value = fc.array(word, { maxLength: 3 }).map(words => words.join(' '))
const name = fc.constantFrom('li', 'a', 'img', 'span', 'p')
const attribute = fc.tuple(fc.constantFrom('id', 'class', 'href', 'src', 'data-x'), value)
const tag = fc
  .tuple(name, fc.array(attribute, { maxLength: 3 }))
  .map(([name, attributes]) => `<${name} ${attributes.map(([key, value]) => `${key}="${value}"`).join(' ')}>`)
const markup = fc.array(tag, { maxLength: 12 }).map(tags => tags.join(''))

const condition = fc.oneof(
  word.filter(text => !text.includes('=')).map(text => `.${text}`),
  fc.constantFrom('#view', '#a', '[id]', '[href]', '[data-x]', '[title]'),
  fc
    .tuple(fc.constantFrom('id', 'class', 'href', 'data-x'), fc.constantFrom('=', '^=', '$=', '*='), word)
    .map(([name, how, text]) => `[${name}${how}"${text}"]`),
)
const part = fc
  .tuple(fc.option(name), fc.array(condition, { minLength: 1, maxLength: 3 }))
  .map(([name, conditions]) => `${name ?? ''}${conditions.join('')}`)
const step = fc.oneof(
  { arbitrary: part, weight: 3 },
  fc.constant('*'),
  fc.tuple(part, part).map(([one, other]) => `:not(${one}, ${other})`),
)
const path = fc
  .tuple(step, fc.array(fc.tuple(fc.constantFrom(' ', ' > '), step), { maxLength: 2 }))
  .map(([last, others]) => last + others.flat().join(''))

/** Whether css-select and our test take the same elements. */
function expectSame(html: string, selector: string): void {
  const isMatch = compile<AnyNode, Element>(selector)
  const elements = elementsBelow(parseMarkup(html).root).filter(isTag)
  expect([selector, elements.map(testOf(selector))]).toEqual([selector, elements.map(isMatch)])
}

describe('a selector', () => {
  it('takes the elements that css-select takes', () => {
    fc.assert(fc.property(markup, path, expectSame), { numRuns: 2000 })
  })

  it('does so for the markers of all templates', () => {
    const marker = fc.constantFrom(...TEMPLATES.map(({ marker }) => marker))
    fc.assert(fc.property(markup, marker, expectSame), { numRuns: 500 })
  })
})
