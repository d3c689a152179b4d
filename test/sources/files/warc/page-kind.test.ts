import { describe, expect, it } from 'vitest'
import { beginsWith, isPage } from '../../../../src/sources/files/warc/page-kind.js'

const isXmlPage = (text: string) => isPage('application/xml', 'https://town.example/x', Buffer.from(text))

describe('what begins as a page or a feed', () => {
  it.each([
    ['<rss version="2.0">', true],
    ['<?xml version="1.0"?>\n<?xml-stylesheet href="x"?><!-- made by x --><feed>', true],
    ['\n<!-- a --> <!-- <b> -->\n<!DOCTYPE html>', true],
    ['\uFEFF<HTML>', true],
    ['<!-- <html> --><urlset>', false],
    ['<!-- a', false],
    ['<headers>', false],
  ])('%j: %s', (text, is) => expect(isXmlPage(text)).toBe(is))

  it('is found behind any number of comments', () => {
    const comments = '<!-- a -->\n'.repeat(300)
    expect(['<html>', '<urlset>'].map(tag => isXmlPage(comments + tag))).toEqual([true, false])
    expect(beginsWith('svg').test(`${comments}<svg>`)).toBe(true)
  })
})
