import { describe, expect, test } from 'vitest'
import { hyperlink, opensLinks, withoutLinks } from '../../../src/cli/terminal/hyperlinks.js'

describe('links are shown', () => {
  test.each([
    [{ VTE_VERSION: '7006' }, true],
    [{ VTE_VERSION: '4905' }, false],
    [{ TERM_PROGRAM: 'WezTerm' }, true],
    [{ TERM_PROGRAM: 'Apple_Terminal' }, false],
    [{ TERM: 'xterm-kitty' }, true],
    [{ TERM: 'xterm-256color' }, false],
    [{ WT_SESSION: 'x' }, true],
    [{ VTE_VERSION: '7006', TMUX: '/tmp/x' }, false],
    [{ VTE_VERSION: '7006', TERM: 'dumb' }, false],
    [{ VTE_VERSION: '7006', CI: 'true' }, false],
    [{ TERM: 'tmux-256color', FORCE_HYPERLINK: '1' }, true],
    [{ VTE_VERSION: '7006', FORCE_HYPERLINK: '0' }, false],
  ])('%j: %s', (env, expected) => {
    expect(opensLinks({ isTTY: true }, env)).toBe(expected)
    expect(opensLinks({ isTTY: false }, env)).toBe(false)
  })
})

test('a link holds an address of the web, escaped, and nothing else', () => {
  const link = hyperlink('text', 'https://a.example/ü x')
  expect(link).toBe('\x1b]8;;https://a.example/%C3%BC%20x\x07text\x1b]8;;\x07')
  expect(withoutLinks(`see ${link}.`)).toBe('see text.')
})

test.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,x',
  'no address',
  'https://a.example\x07\x1b[2J',
  `https://a.example/${'x'.repeat(1000)}`,
])('a hostile address makes no link: %j', url => {
  expect(hyperlink('text', url)).toBe('text')
})
