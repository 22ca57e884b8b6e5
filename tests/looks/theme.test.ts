import { describe, expect, test } from 'vitest'
import { contrast, tokensOf } from '../support/theme.ts'
import { text } from '../support/house.ts'

test('contrast is counted as WCAG counts it', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrast('#ffffff', '#ffffff')).toBe(1)
})

const colours = ['accent', 'neutral', 'info', 'success', 'warning', 'danger']
const grounds = ['background-default', 'background-tinted', 'surface-default', 'surface-tinted']
const pressed = ['surface-hover', 'surface-active']

/** What stands on what: [foreground, ground, kind]. Words of a colour stand on its own grounds and on the neutral ones. */
const pairs = colours.flatMap((colour) => {
  const own = (roles: string[]) => roles.map((role) => `${colour}-${role}`)
  const neutral = grounds.map((role) => `neutral-${role}`)
  return [
    ...[...own([...grounds, ...pressed]), ...neutral].flatMap((ground) => [
      [`${colour}-text-default`, ground, 'reading'], [`${colour}-text-subtle`, ground, 'text'],
    ]),
    ...own([...grounds]).flatMap((ground) => [['neutral-text-default', ground, 'reading'], ['neutral-text-subtle', ground, 'text']]),
    ...[...own(grounds), ...neutral].flatMap((ground) => [
      [`${colour}-border-default`, ground, 'part'], [`${colour}-border-strong`, ground, 'part'], [`${colour}-base-default`, ground, 'part'],
    ]),
    ...own(['base-default', 'base-hover', 'base-active']).map((ground) => [`${colour}-base-contrast-default`, ground, 'text']),
    [`${colour}-base-contrast-subtle`, `${colour}-base-default`, 'text'],
  ] as [string, string, 'reading' | 'text' | 'part'][]
})

const asked = { usual: { reading: 7, text: 4.5, part: 3 }, more: { reading: 7, text: 7, part: 4.5 } }

describe.each([
  { scheme: 'light', dark: false, more: false }, { scheme: 'dark', dark: true, more: false },
  { scheme: 'light with more contrast', dark: false, more: true }, { scheme: 'dark with more contrast', dark: true, more: true },
])('$scheme', (circumstances) => {
  const value = tokensOf(circumstances)
  const least = circumstances.more ? asked.more : asked.usual
  const between = (one: string, other: string): number => contrast(value(one), value(other))

  test('what is read can be read, and what is pressed can be seen', () => {
    const faint = pairs.flatMap(([front, ground, kind]) => {
      const has = between(`--ds-color-${front}`, `--ds-color-${ground}`)
      return has < (front.includes('base-contrast') ? 4.5 : least[kind]) ? [`${front} on ${ground}: ${has.toFixed(2)}`] : []
    })
    expect(faint).toEqual([])
  })

  test('the focus ring is seen on every ground, and its inside against its outside', () => {
    expect(between('--ds-color-focus-inner', '--ds-color-focus-outer')).toBeGreaterThan(3)
    for (const colour of colours) for (const ground of grounds) {
      const at = `--ds-color-${colour}-${ground}`
      expect([at, Math.max(between('--ds-color-focus-outer', at), between('--ds-color-focus-inner', at)) >= 3]).toEqual([at, true])
    }
  })

  test('the footer’s words stand out from its band', () => {
    for (const words of ['--tv-band-text', '--tv-band-link']) expect(between(words, '--tv-band')).toBeGreaterThan(least.reading)
  })
})

test('colours live in the theme alone', () => {
  const elsewhere = ['tilavuoro', 'styleguide'].flatMap((file) =>
    [...text(`static/css/${file}.css`).replace(/\/\*.*?\*\/|@media print \{.*?\n\}\n/gs, '').matchAll(/#[0-9a-f]{3,8}\b|\brgba?\([^)]*\)|\bhsla?\(/gi)].map(([hit]) => `${file}: ${hit}`))
  expect(elsewhere).toEqual([])
})
