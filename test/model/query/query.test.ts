import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../../src/model/errors.js'
import { foldLetters } from '../../../src/model/fold.js'
import { parseQuery } from '../../../src/model/query/parse-query.js'
import { namesIn, type Query, wordsIn } from '../../../src/model/query/query.js'

const NOW = Date.UTC(2024, 4, 20, 10, 30)
const parsed = (text: string): Query => parseQuery(text, NOW)
const word = (text: string, isStart = false): Query => ({ kind: 'words', text, isStart })
const not = (of: Query): Query => ({ kind: 'not', of })
const all = (...of: Query[]): Query => ({ kind: 'all', of })
const any = (...of: Query[]): Query => ({ kind: 'any', of })

describe('the search language', () => {
  test.each<[string, Query]>([
    ['bees', word('bees')],
    ['  bees\thoney ', all(word('bees'), word('honey'))],
    ['"bee hive"', word('bee hive')],
    ['“bee hive”', word('bee hive')],
    ['„bee hive“', word('bee hive')],
    ['"he said “hi”"', word('he said “hi”')],
    [String.raw`"say \"hi\""`, word('say "hi"')],
    [String.raw`"C:\temp"`, word(String.raw`C:\temp`)],
    ['bee*', word('bee', true)],
    ['"bee hi"*', word('bee hi', true)],
    ['*bee', word('*bee')],
    ['-wasps', not(word('wasps'))],
    ['-"big wasps"', not(word('big wasps'))],
    ['bees -from:anna', all(word('bees'), not({ kind: 'from', name: 'anna' }))],
    ['bees OR wasps honey', any(word('bees'), all(word('wasps'), word('honey')))],
    ['bees or wasps', all(word('bees'), word('or'), word('wasps'))],
    ['ORgan', word('ORgan')],
    ['"OR"', word('OR')],
    ['(bees OR wasps) honey', all(any(word('bees'), word('wasps')), word('honey'))],
    ['-(bees OR wasps)', not(any(word('bees'), word('wasps')))],
    ['(f(x) y)', all(word('f(x)'), word('y'))],
    ['(happy :))', word('happy')],
    ['foo(bar)', word('foo(bar)')],
    ['from:anna', { kind: 'from', name: 'anna' }],
    ['From:@anna', { kind: 'from', name: 'anna' }],
    ['from:"Anna Berg"', { kind: 'from', name: 'Anna Berg' }],
    ['in:https://town.example/groups/bees/', { kind: 'in', name: 'https://town.example/groups/bees/' }],
    ["from:'Anna Berg' bees", all({ kind: 'from', name: 'Anna Berg' }, word('bees'))],
    ["(in:'bees')", { kind: 'in', name: 'bees' }],
    ['from:‘Anna Berg’', { kind: 'from', name: 'Anna Berg' }],
    ["from:'t_hart don't", all({ kind: 'from', name: "'t_hart" }, word("don't"))],
    ["after:'1 week ago'", { kind: 'after', at: '2024-05-13T10:30:00Z' }],
    ['after:2024-05-01', { kind: 'after', at: '2024-05-01T00:00:00Z' }],
    ['before:today-2weeks', { kind: 'before', at: '2024-05-06T00:00:00Z' }],
    ['after:"2024-05-01 12:00"', { kind: 'after', at: '2024-05-01T12:00:00Z' }],
    [
      'on:yesterday',
      all({ kind: 'after', at: '2024-05-19T00:00:00Z' }, { kind: 'before', at: '2024-05-20T00:00:00Z' }),
    ],
    ['on:2024-02', all({ kind: 'after', at: '2024-02-01T00:00:00Z' }, { kind: 'before', at: '2024-03-01T00:00:00Z' })],
    [
      'on:2024-05-01T12:00Z',
      all({ kind: 'after', at: '2024-05-01T00:00:00Z' }, { kind: 'before', at: '2024-05-02T00:00:00Z' }),
    ],
    ['has:link', { kind: 'has', what: 'link' }],
    ['is:GONE', { kind: 'is', what: 'gone' }],
    ['https://example.org/x', word('https://example.org/x')],
    ['10:30', word('10:30')],
    ['Note: this', all(word('Note:'), word('this'))],
    ['std::string', word('std::string')],
    ['nice:)', word('nice:)')],
    ['Tom & Jerry - a (true) story', all(word('Tom'), word('Jerry'), word('a'), word('true'), word('story'))],
    ['&', word('&')],
    ['-', word('-')],
    ['☕ bees', all(word('☕'), word('bees'))],
    ['"?!" bees', all(word('?!'), word('bees'))],
    ['a\0b', all(word('a'), word('b'))],
    ['\ud83d', word('\ufffd')],
  ])('%s', (text, query) => {
    expect(parsed(text)).toEqual(query)
  })

  test.each([
    ['', 'The query is empty', 'from:NAME'],
    ['   ', 'The query is empty', 'has:link'],
    ['()', 'The parentheses are empty', ''],
    ['(bees', 'A parenthesis is not closed', 'quotes'],
    ['"bees', 'A quotation mark is not closed', '"bee hive"'],
    ['bees"', 'A quotation mark is not closed', ''],
    ['"  "', 'The quotation marks are empty', ''],
    ['OR bees', 'OR needs a term on each side', ''],
    ['bees OR ', 'OR needs a term on each side', '"OR"'],
    ['bees OR OR wasps', 'OR needs a term on each side', ''],
    ['form:anna', 'There is no filter "form:"', 'from:NAME, in:GROUP'],
    ['constructor:anna', 'There is no filter', ''],
    ['form:"Anna Berg"', 'There is no filter "form:"', ''],
    ['from:', 'from: has no value', 'no space'],
    ['from: anna', 'from: has no value', ''],
    ['has:wings', 'There is no filter has:wings', 'has:image'],
    ['is:nice', 'There is no filter is:nice', 'is:gone, is:edited, is:thread, is:reply'],
    ['before:1 week ago', '"1" is not a date', 'after:"1 week ago"'],
    ["from:''", 'from: has no value', ''],
    ['after:soon', '"soon" is not a date', 'today-2weeks'],
    ['a '.repeat(101), 'too long', ''],
    ['('.repeat(30), 'too long', ''],
    ['a'.repeat(10_001), 'too long', ''],
  ])('%j is wrong usage', (text, message, advice) => {
    const error = failure(text)
    expect(error.message).toContain(message)
    expect(error.advice ?? '').toContain(advice)
  })

  test('any text is a query or a UsageError, and nothing of it is empty', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: SYNTAX })), text => {
        const query = tried(text)
        if (query) for (const words of wordsIn(query)) expect(words.text.trim()).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })

  test('tells which names it asks for', () => {
    const names = namesIn(parsed('(from:anna OR -in:bees) x')).map(({ kind, name }) => `${kind} ${name}`)
    expect(names).toEqual(['from anna', 'in bees'])
  })
})

const SYNTAX = fc.constantFrom(...'ab -()":*“”\\é蜂☕', ' OR ', 'from:', 'has:', '\0')

function tried(text: string): Query | null {
  try {
    return parsed(text)
  } catch (error) {
    if (error instanceof UsageError) return null
    throw error
  }
}

function failure(text: string): UsageError {
  try {
    parsed(text)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error(`${text} is a query`)
}

test('folded: case and the accents of Latin letters', () => {
  expect(['Åsa', 'NAÏVE', 'łódź', 'Straße', 'Σίσυφος', 'Й', 'がき'].map(foldLetters)).toEqual([
    'asa',
    'naive',
    'łodz',
    'straße',
    'σίσυφοσ',
    'й',
    'がき',
  ])
})
