import { describe, expect, it } from 'vitest'
import { mayBePublic, PRIVATE_ADDRESS, publicLookup } from '../../../src/sources/site/public-addresses.js'

describe('an address of a private network', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...['169.254.169.254', '224.0.0.1', '255.255.255.255', '2130706433', '0x7f.1', '017700000001'],
    ...['[::1]', '[::]', '[fe80::1]', '[fc00::1]', '[fd12::1]', '[ff02::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
    ...[
      '[64:ff9b::10.0.0.1]',
      '[2002:7f00:1::]',
      'localhost',
      'a.localhost',
      'nas',
      'nas.local',
      'db.internal',
      'localhost.',
    ],
  ])('is %s', host => {
    expect(mayBePublic(`http://${host}/`)).toBe(false)
  })

  it.each([
    '93.184.216.34',
    '172.32.0.1',
    '100.128.0.1',
    '[2606:4700::1111]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::808:808]',
    'cdn.example',
  ])('is not %s', host => {
    expect(mayBePublic(`http://${host}/`)).toBe(true)
  })

  it('is refused when a name leads there, whatever it is called', async () => {
    const error = await new Promise(resolve => publicLookup('localhost', { all: true }, resolve))
    expect(error).toMatchObject({ code: PRIVATE_ADDRESS })
  })
})
