import { describe, expect, it } from 'vitest'
import { bodyHtml } from '../../../src/export/html/body-html.js'

const bodyOf = (html: string): string =>
  bodyHtml({ html, text: '', url: 'https://town.example/activity/1/' }, () => null).body.text

describe('blocks of blocks in a page', () => {
  it('have the direction of their first word, so that their marks are on its side', () => {
    expect(bodyOf('<ul><li>12 <b>עגבניות</b></li></ul>')).toMatch(/^<ul dir="rtl"><li dir="auto">/)
    expect(bodyOf('<blockquote><p>שלום</p></blockquote>')).toMatch(/^<blockquote dir="rtl"><p dir="auto">/)
    expect(bodyOf('<ol><li>السلام</li></ol>')).toMatch(/^<ol dir="rtl">/)
  })

  it('are as they were where it runs from left to right, or where there is none', () => {
    expect(bodyOf('<ul><li>One שלום</li></ul>')).toMatch(/^<ul><li dir="auto">/)
    expect(bodyOf('<blockquote><p>One</p></blockquote>')).toMatch(/^<blockquote dir="auto">/)
    expect(bodyOf('<ul><li>12</li></ul>')).toMatch(/^<ul>/)
  })
})
