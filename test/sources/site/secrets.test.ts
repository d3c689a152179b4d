import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noncesIn, storedHeaders, withoutNonces } from '../../../src/sources/site/secrets.js'

const N = '4be1f09c27'
const bytes = (text: string) => Buffer.from(text, 'utf8')
const clean = (text: string) => Buffer.from(withoutNonces(bytes(text))).toString('utf8')

describe('withoutNonces', () => {
  it.each([
    `var BP_Nouveau = {"nonces":{"activity":"${N}","groups":"${N}"}};`,
    `{"nonce":"${N}","ajax_nonce":"${N}"}`,
    `{"html":"<a data-x=\\"nonce\\":\\"${N}\\">"}`,
    `var settings = {\\"nonce\\":\\"${N}\\"}`,
    `<a href="/activity/favorite/7/?_wpnonce=${N}">`,
    `<a href="/x?a=1&#038;_wpnonce=${N}">`,
    `<input type="hidden" id="_wpnonce" name="_wpnonce" value="${N}" />`,
    `<input type="hidden" value="${N}" name="_wpnonce_post_update" />`,
    `<input type='hidden' name='_bp_as_nonce_7' id='_bp_as_nonce_7' value='${N}'>`,
    `{"contents":"<input name=\\"_wpnonce\\" value=\\"${N}\\">"}`,
    `<div data-nonce="${N}">`,
    `<div data-bp-nonce='${N}'>`,
    `<script>var wpApiSettings = { nonce: '${N}' }; window.my_nonce = "${N}"</script>`,
  ])('blanks %s', text => {
    expect(clean(text)).toBe(text.replaceAll(N, '0000000000'))
  })

  it('blanks them in scripts that an optimiser has encoded, and finds them there', () => {
    const script = (nonce: string) => `var BP_Nouveau = {"nonces":{"activity":"${nonce}"},"ajaxurl":"/x"}; // é`
    const page = (nonce: string) =>
      `<script type="a1-text/javascript" src="data:text/javascript;base64,${Buffer.from(script(nonce)).toString('base64')}"></script><img src="data:image/gif;base64,R0lGOD">`
    expect(clean(page(N))).toBe(page('0000000000'))
    expect(noncesIn(bytes(page(N)))).toEqual({ activity: N })
  })

  it.each([
    '<p>The nonce of a page is ten hex digits.</p>',
    '<p>A nonce, said Ada, is used once: see page 1234567890123.</p>',
    'commit 4be1f09c27 announces the nonces',
    '<a href="/groups/nonce/">nonce</a><p>4be1f09c27</p>',
  ])('leaves ordinary text alone: %s', text => expect(clean(text)).toBe(text))

  it('blanks each of many in a long page', () => {
    const page = (nonce: string) =>
      Array.from(
        { length: 50 },
        (_, at) => `${'x'.repeat(at * 37)}<input name="_wpnonce_${at}" value="${nonce}"> nonce`,
      ).join('')
    expect(clean(page(N))).toBe(page('0000000000'))
  })

  it('leaves everything alone that does not hold the word', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), body => {
        fc.pre(!/nonce/i.test(Buffer.from(body).toString('latin1')))
        expect(withoutNonces(body)).toBe(body)
      }),
    )
  })

  it('changes no byte but those of the nonce, whatever stands around it', () => {
    const secret = bytes(`"nonce":"${N}"`)
    const blank = bytes('"nonce":"0000000000"')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (before, after) => {
        // A letter right behind the quote can't be part of the nonce; the word itself could stand in the noise.
        fc.pre(!/nonce/i.test(Buffer.concat([before, after]).toString('latin1')))
        const cleaned = Buffer.from(withoutNonces(Buffer.concat([before, secret, after])))
        expect(cleaned.equals(Buffer.concat([before, blank, after]))).toBe(true)
      }),
    )
  })

  it('does its work twice as well as once', () => {
    const once = withoutNonces(bytes(`{"nonces":{"activity":"${N}"},"text":"Größe 林 🌻"}`))
    expect(Buffer.from(withoutNonces(once)).equals(Buffer.from(once))).toBe(true)
    expect(Buffer.from(once).toString('utf8')).toContain('Größe 林 🌻')
  })
})

describe('noncesIn', () => {
  it('finds the table of Nouveau', () => {
    const table = '{"activity":"4be1f09c27","members":"98c0aa51d3","note":"not one"}'
    expect(noncesIn(bytes(`<script>var BP_Nouveau = {"x":{},"nonces":${table},"y":1};</script>`))).toEqual({
      activity: '4be1f09c27',
      members: '98c0aa51d3',
    })
    expect(noncesIn(bytes('<p>none</p>'))).toEqual({})
  })
})

describe('keptHeaders', () => {
  it('has lower-case names and one value each, and nothing secret', () => {
    const headers = {
      'Content-Type': 'text/html',
      Link: ['<a>', '<b>'],
      'Set-Cookie': ['x=1'],
      'X-WP-Nonce': N,
      Age: undefined,
    }
    expect(storedHeaders(headers)).toEqual({ 'content-type': 'text/html', link: '<a>, <b>' })
  })
})
