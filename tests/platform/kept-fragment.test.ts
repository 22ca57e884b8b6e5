import { expect, test } from 'vitest'
import { dataBlock } from '../../src/platform/web/data-block.ts'
import { keptFragment } from '../../src/platform/web/kept-fragment.ts'

test('a fragment is rendered once, and again when anything that it prints is another thing', () => {
  const [owner, edition, other] = [{}, {}, {}]
  let times = 0
  const ask = (of: unknown[], key = 'a', whose: object = owner) => keptFragment(whose, key, of, () => `${key} ${++times}`)
  expect([ask([edition, 'x']), ask([edition, 'x']), ask([edition, 'y']), ask([edition, 'y']), ask([other, 'y']), ask([other])]).toEqual(['a 1', 'a 1', 'a 2', 'a 2', 'a 3', 'a 4'])
  expect([ask([other], 'b'), ask([other]), ask([other], 'a', {})]).toEqual(['b 5', 'a 4', 'a 6'])
})

test('only the fragments asked last are kept', () => {
  const owner = {}
  let times = 0
  const ask = (key: string) => keptFragment(owner, key, [], () => `${++times}`)
  for (let i = 0; i < 300; i++) ask(`${i}`)
  expect([ask('0'), ask('299')]).toEqual(['1', '300'])
  ask('one more')
  expect([ask('0'), ask('1')]).toEqual(['1', '302'])
})

test('a fragment that cannot be rendered is not kept', () => {
  const owner = {}
  expect(() => keptFragment(owner, 'a', [], () => { throw new Error('no') })).toThrow('no')
  expect(keptFragment(owner, 'a', [], () => 'yes')).toBe('yes')
})

test('a data block says the same as its JSON, and holds no sign that a page could read', () => {
  const value = { name: '</script><!-- & \u2028\u2029 "quoted" \\u003c', list: [1, null, true] }
  expect(JSON.parse(dataBlock(value))).toEqual(value)
  expect(dataBlock(value)).not.toMatch(/[<>&\u2028\u2029]/)
})
