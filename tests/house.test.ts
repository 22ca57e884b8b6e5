import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { againstArrows, filesIn, importsOf, impurities, placeOf, text } from './support/house.ts'
import { world } from './support/world.ts'

const sources = filesIn('src').filter((file) => file.endsWith('.ts'))
const views = filesIn('views')
const languages = ['fi', 'sv', 'en'] as const
const messages = Object.fromEntries(languages.map((lang) => [lang, JSON.parse(text(`src/messages/${lang}.json`)) as Record<string, string>])) as
  Record<(typeof languages)[number], Record<string, string>>

test('imports follow the arrows', () => {
  const wrong = sources.flatMap(importsOf).flatMap((one) => {
    const why = againstArrows(one)
    return why ? [`${one.from} → ${one.to}: ${why}`] : []
  })
  expect(wrong).toEqual([])
})

test('pure files neither wait nor look at the clock', () => {
  expect(sources.filter((file) => placeOf(file).role === 'pure').flatMap(impurities)).toEqual([])
})

type Layer = { route?: { path: string; stack: { handle: { guard?: string } }[] }; handle: { stack?: Layer[] } }

test('every route names its guard', async () => {
  const { app } = await world()
  const unguarded: string[] = []
  const routes: string[] = []
  const walk = (layers: Layer[]): void => layers.forEach((layer) => {
    if (layer.route) {
      routes.push(layer.route.path)
      if (!layer.route.stack[0]?.handle.guard) unguarded.push(layer.route.path)
    } else walk(layer.handle.stack ?? [])
  })
  walk((app as unknown as { router: { stack: Layer[] } }).router.stack)
  expect(routes.length).toBeGreaterThan(30)
  expect(unguarded).toEqual([])
})

describe('languages', () => {
  test('have the same keys', () => {
    const keys = Object.keys(messages.fi)
    for (const lang of languages) expect(Object.keys(messages[lang]), lang).toEqual(keys)
  })

  const names = (message: string): string[] => {
    const found = new Set<string>()
    const walk = (parts: readonly object[]): void => parts.forEach((part) => {
      const { type, value, options } = part as { type: number; value?: string; options?: Record<string, { value: object[] }> }
      if (type >= 1 && type <= 6 && value) found.add(value)
      Object.values(options ?? {}).forEach((option) => walk(option.value))
    })
    walk(new IntlMessageFormat(message, 'fi', undefined, { ignoreTag: true }).getAst())
    return [...found].sort()
  }

  test('ask for the same values', () => {
    const different = Object.keys(messages.fi).filter((key) =>
      languages.some((lang) => String(names(messages[lang][key]!)) !== String(names(messages.fi[key]!))))
    expect(different).toEqual([])
  })

  test('have every key that code and templates name', () => {
    const missing = [...sources, ...views].flatMap((file) =>
      [...text(file).matchAll(/\bt\('([\w.-]+)'/g)].map(([, key = '']) => key).filter((key) => !(key in messages.fi)).map((key) => `${file}: ${key}`))
    expect(missing).toEqual([])
  })

  test('say in plain Finnish only what Finnish says, or what code for plain Finnish names', () => {
    const easy = JSON.parse(text('src/messages/plain.json')) as Record<string, string>
    const code = sources.map(text).join('\n')
    expect(Object.keys(easy)).toEqual(Object.keys(easy).sort())
    expect(Object.keys(easy).filter((key) => (key.startsWith('rulebook.plain.') ? !code.includes(`'${key}'`) : !(key in messages.fi)))).toEqual([])
    const asksForMore = Object.keys(easy).filter((key) => key in messages.fi && names(easy[key]!).some((name) => !names(messages.fi[key]!).includes(name)))
    expect(asksForMore).toEqual([])
    expect(Object.keys(easy).filter((key) => easy[key] === messages.fi[key])).toEqual([])
  })

  test('keep no key that nothing names', () => {
    const all = [...sources, ...views].map(text).join('\n')
    const built = [...all.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, prefix = '']) => prefix)
    const unused = Object.keys(messages.fi).filter((key) =>
      !all.includes(`'${key}'`) && !all.includes(`\`${key}\``) && !built.some((prefix) => key.startsWith(prefix)))
    expect(unused).toEqual([])
  })
})

test('nothing is loaded from another site', () => {
  const loads = [...views, ...filesIn('static/css').filter((file) => file.endsWith('.css'))].flatMap((file) =>
    [...text(file).matchAll(/(?:src|srcset|action)="https?:[^"]*"|<link[^>]+href="https?:[^"]*"|url\(["']?https?:[^)]*\)|@import[^;]*/g)]
      .map(([hit]) => `${file}: ${hit}`))
  expect(loads).toEqual([])
})

test('templates carry no inline style or script, which the content policy would refuse', () => {
  const inline = views.filter((file) => !file.startsWith('views/mail/')).flatMap((file) =>
    [...text(file).matchAll(/\sstyle="|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application\/(?:ld\+)?json")|\son\w+="/g)].map(([hit]) => `${file}: ${hit}`))
  expect(inline).toEqual([])
})
