import { describe, expect, test } from 'vitest'
import { mapView, type MapGround, type Placed } from '../../src/availability/map-view.ts'
import { formats } from '../../src/platform/i18n/format.ts'
import { translators } from '../../src/platform/i18n/messages.ts'
import type { Language } from '../../src/platform/i18n/text.ts'
import { renderView } from '../../src/platform/web/views.ts'
import { matching } from '../../src/spaces/filter.ts'
import { placeNamed } from '../../src/spaces/gazetteer.ts'
import { helsinki } from '../spaces/helsinki.ts'

const six = Date.parse('2026-11-24T18:00:00+02:00')
const ground = (given: Partial<MapGround> = {}): MapGround => ({
  catalogue: helsinki, area: undefined, language: 'fi',
  at: (change) => `/spaces?view=map${change['area'] === undefined ? '' : `&area=${change['area']}`}`,
  unitHref: ({ slug }) => `/units/${slug}`,
  ...given,
})
/** All spaces of an area; those of the units named have a time. */
const placed = (area?: string, free: (slug: string) => number | null = () => null): Placed[] =>
  matching(helsinki, area === undefined ? {} : { area }).map((listed) => ({ listed, first: free(listed.unit.slug) }))
const inKallio = placed('kallio', (slug) => (slug === 'kallion-kirjasto' ? six + 1_800_000 : slug === 'kallion-lukio' ? six : null))

describe('the result on a map', () => {
  test('counts rooms, free and all, in each area below; halves of a hall are one with it', () => {
    const { areas, out, name } = mapView(placed(undefined, (slug) => (slug === 'kallion-kirjasto' ? six : null)), ground())
    expect([name, out]).toEqual([null, null])
    expect(areas.map(({ name, free }) => [name.text, free])).toEqual([
      ['Eteläinen', 0], ['Itäinen', 0], ['Kaakkoinen', 0], ['Keskinen', 3], ['Koillinen', 0], ['Läntinen', 0], ['Pohjoinen', 0], ['Östersundom', 0],
    ])
    const rooms = new Set(helsinki.spaces.map(({ space }) => space.wholeId ?? space.id)).size
    expect(areas.reduce((sum, { all }) => sum + all, 0)).toBe(rooms)
    expect(rooms).toBe(helsinki.spaces.length - 150)
  })

  test('a hall of which only a half has a time counts once', () => {
    const whole = helsinki.spaces.find(({ space }) => helsinki.spaces.some((other) => other.space.wholeId === space.id))!
    const hall = helsinki.spaces.filter(({ space }) => (space.wholeId ?? space.id) === whole.space.id)
    expect(mapView(hall.map((listed) => ({ listed, first: six })), ground()).units).toEqual([expect.objectContaining({ free: 1, all: 1 })])
    for (const one of hall) {
      const { units } = mapView(hall.map((listed) => ({ listed, first: listed === one ? six : null })), ground())
      expect(units).toEqual([expect.objectContaining({ free: 1, all: 1, first: six })])
    }
  })

  test('zoomed to a district it lists the units, soonest first, and leads up and down', () => {
    const view = mapView(inKallio, ground({ area: 'kallio' }))
    expect(view.name).toEqual({ text: 'Kallio', lang: null })
    expect(view.out).toEqual({ name: { text: 'Keskinen', lang: null }, href: '/spaces?view=map&area=keskinen' })
    expect(view.areas.map(({ href }) => href)).toContain('/spaces?view=map&area=linjat')
    expect(view.units?.slice(0, 2)).toMatchObject([
      { name: { text: 'Kallion lukio' }, href: '/units/kallion-lukio', first: six, all: 5 },
      { name: { text: 'Kallion kirjasto' }, href: '/units/kallion-kirjasto', free: 3, all: 3, first: six + 1_800_000 },
    ])
    expect(view.units?.slice(2).every(({ first }) => first === null)).toBe(true)
    expect(view.sameDay).toBe(true)
    expect(mapView(placed('kallio', (slug) => six + slug.length * 86_400_000), ground({ area: 'kallio' })).sameDay).toBe(false)
  })

  test('from a major district it leads out to the whole city, and the smallest area is drawn without a link to itself', () => {
    expect(mapView(placed('keskinen'), ground({ area: 'keskinen' })).out).toEqual({ name: null, href: '/spaces?view=map' })
    const { areas, picture } = mapView(placed('linjat'), ground({ area: 'linjat' }))
    expect(areas).toEqual([])
    expect(picture?.within).toMatchObject([{ name: { text: 'Linjat' }, leads: false }])
  })

  test('tints by thirds of what is free', () => {
    const tint = (some: (i: number) => boolean) => {
      const found = placed('torkkelinmaki').filter(({ listed }) => listed.space.wholeId === null).slice(0, 6)
      return mapView(found.map(({ listed }, i) => ({ listed, first: some(i) ? six : null })), ground({ area: 'torkkelinmaki' })).picture?.within[0]?.tint
    }
    expect([tint(() => false), tint((i) => i < 1), tint((i) => i < 2), tint((i) => i < 3), tint((i) => i < 4), tint(() => true)]).toEqual([0, 1, 2, 2, 3, 3])
  })

  test('many dots are two paths and no links; an area without what is sought leads nowhere', () => {
    const found = matching(helsinki, {}).filter(({ unit }) => !unit.areaIds.includes('major_district:8')).map((listed, i) => ({ listed, first: i % 2 ? six : null }))
    const { picture, units, areas } = mapView(found, ground())
    expect(units).toBeNull()
    expect(picture?.linked).toEqual([])
    expect(picture?.dots?.free).toMatch(/^(M[\d.]+ [\d.]+h\.01)+$/)
    expect(picture?.within.find(({ name }) => name.text === 'Östersundom')).toMatchObject({ leads: false, all: 0, tint: 0 })
    expect(areas.map(({ name }) => name.text)).not.toContain('Östersundom')
  })

  test('marks the place asked about where it lies in sight', () => {
    const near = placeNamed(helsinki, 'Topeliuksenkatu')
    expect(mapView(inKallio, ground({ near })).picture?.place).not.toBeNull()
    expect(mapView(inKallio, ground({ near, area: 'vuosaari' })).picture?.place).toBeNull()
  })

  test('a city without outlines has dots alone, one without anything has no picture; an unknown area is the whole city', () => {
    const bare = { ...helsinki, shapes: new Map() }
    const { picture, areas } = mapView(inKallio, ground({ catalogue: bare, area: 'atlantis' }))
    expect(picture).toMatchObject({ within: [], beside: [] })
    expect(picture?.linked.length).toBeGreaterThan(5)
    expect(areas.map(({ name }) => name.text)).toEqual(['Keskinen'])
    expect(mapView([], ground({ catalogue: { ...bare, shapes: new Map(), units: new Map() } }))).toMatchObject({ picture: null, areas: [], units: [] })
  })
})

describe('its page', () => {
  const page = (found: Placed[], given: Partial<MapGround> = {}, lang: Language = 'fi'): string => renderView('spaces/_map', {
    map: mapView(found, ground({ language: lang, ...given })), t: translators[lang], f: formats[lang], lang,
    url: (path: string) => (lang === 'fi' ? path : `/${lang}${path}`), asset: (file: string) => file,
  })

  test('says in words all that the picture shows', () => {
    const html = page(inKallio, { area: 'kallio' })
    expect(html).toContain('aria-label="Kallion kirjasto: 3 vapaata tilaa, yhteensä 3"')
    expect(html).toMatch(/<a href="\/units\/kallion-kirjasto">Kallion kirjasto<\/a><\/th><td class="num">3 \/ 3<\/td><td class="nowrap">klo 18.30<\/td>/)
    const drawn = [...html.matchAll(/<a class="unit" href="([^"]+)"/g)].map(([, href]) => href)
    for (const href of drawn) expect(html).toContain(`<a href="${href}"`)
    expect(html).toContain('Aluerajat: Helsingin kaupunki, CC BY 4.0.')
  })

  test('has one id, every link a name, and its own language', () => {
    for (const lang of ['fi', 'sv', 'en'] as const) {
      const html = page(placed('keskinen', () => six), { area: 'keskinen' }, lang)
      expect(html.match(/\sid="/g)).toHaveLength(1)
      expect(html.replace(/\s+/g, ' ').trim()).toMatch(/^<div id="map" class="map-view stack">.*<\/div>$/)
      expect(html).not.toMatch(/undefined|NaN|style=/)
      expect(html.match(/href="(?!\/(sv|en)\/|css|icons)[^"]*"/g)?.length ?? 0).toBe(lang === 'fi' ? html.match(/href="\//g)!.length : 0)
    }
    expect(page(placed('keskinen'), { area: 'keskinen' }, 'sv')).toContain('Berghäll: inga lediga lokaler, sammanlagt 37')
  })

  test('is small at every zoom', () => {
    const zooms = [undefined, ...[...helsinki.areas.values()].map(({ slug }) => slug)]
    for (const area of zooms) expect(page(placed(area, () => six), { area }).length, area).toBeLessThan(40_000)
  })
})
