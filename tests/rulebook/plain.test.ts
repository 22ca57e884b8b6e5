import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { reading, sentencesOf, wordsOf } from '../support/finnish.ts'
import { filesIn, text } from '../support/house.ts'
import { world, type World } from '../support/world.ts'
import { said, withEdition } from './adopted.ts'
import { example } from './example.ts'

const [fi, easy] = ['fi', 'plain'].map((name) => JSON.parse(text(`src/messages/${name}.json`)) as Record<string, string>) as [Record<string, string>, Record<string, string>]

const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/&#39;/g, '’').replace(/\s+/g, ' ').replace(/ ([,.:;)])/g, '$1')
const main = (html: string): string => words(html.slice(html.indexOf('<main'), html.indexOf('</main>')))
async function read(w: World, path: string): Promise<string> {
  const { status, text: html } = await (await w.client()).get(path)
  expect(`${path} ${status}`).toBe(`${path} 200`)
  return html
}

/** Pages of rules, of an edition that is replaced too, the calculator with an answer, and a space's page. */
const asked = 'applicant=registered_association&purpose=hobby&people=20&place=classroom-small'
const pages = [
  '/rules', `/rules?${asked}`, '/rules?space=keittio&applicant=company&purpose=commercial&people=250', '/rules/editions', '/rules/editions/example-4', '/rules/editions/tulevat',
  '/rules/restrictions', '/rules/procedure', '/rules/terms', '/spaces/luokka', '/spaces/keittio', '/spaces/luokka?applicant=company&purpose=commercial&people=12',
]
async function city(): Promise<World> {
  const w = await world()
  await withEdition(w, 'tulevat', '2027-01-01', { summary: said('Studiot ovat maksuttomia.'), exceptions: [{
    ...example.chargeRules[0]!, id: 'trial', when: { all: [] }, charge: 'free', unit: 'kallion-koulu', validFrom: '2027-01-01', validTo: '2027-12-31',
  }] })
  return w
}
const inPlain = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}plain=1`

/** A rule's sentences as they stand in a file of an edition, that plain Finnish says otherwise. */
function ordinary(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { fi: finnish, plain } = value as Record<string, unknown>
  if (typeof finnish === 'string' && typeof plain === 'string') return plain.includes(finnish) ? [] : finnish.split('\n').filter((line) => wordsOf(line).length > 3 && !plain.includes(line))
  return Object.values(value).flatMap(ordinary)
}

describe.each(pages)('%s in plain Finnish', (path) => {
  test('says nothing of the rules in ordinary Finnish, and leads there and back with all that was asked', async () => {
    const w = await city()
    const [plain, usual] = [await read(w, inPlain(path)), await read(w, path)]
    const texts = ordinary(example)
    expect(texts.filter((one) => main(plain).includes(one))).toEqual([])
    expect(texts.some((one) => main(usual).includes(one))).toBe(true)
    expect(plain).toContain('<html lang="fi"')
    const link = (html: string, key: string): string | undefined => new RegExp(`<a href="([^"]+)" rel="nofollow">${fi[key]}</a>`).exec(html)?.[1]?.replaceAll('&amp;', '&')
    expect(link(usual, 'rules.plain.on')).toBe(inPlain(path))
    expect(link(plain, 'rules.plain.off')).toBe(path)
    expect(link(await read(w, `/sv${path}`), 'rules.plain.on')).toBeUndefined()
  })
  test('leads on to other rules in plain Finnish', async () => {
    const html = await read(await city(), inPlain(path))
    const others = [...html.slice(html.indexOf('<main'), html.indexOf('</main>')).matchAll(/<a href="(\/rules[^"]*)"(?! rel="nofollow")/g)].map(([, href = '']) => href)
    expect(others.length).toBeGreaterThan(0)
    expect(others.filter((href) => !/[?;]plain=1(#|$)/.test(href))).toEqual([])
  })
})

type Part = { type: number; value?: string; options?: Record<string, { value: Part[] }> }
/** A message with four and Kallio in its holes. */
function filled(message: string): string {
  const say = (parts: Part[]): string => parts.map(({ type, value, options }) =>
    type === 0 ? value : options ? say((options['other'] ?? Object.values(options)[0])?.value ?? []) : type === 7 || type === 2 ? '4' : 'Kallio').join('')
  return say(new IntlMessageFormat(message, 'fi', undefined, { ignoreTag: true }).getAst() as Part[])
}

/** Every message that a template names, also those whose keys it puts together. */
const keysOf = (template: string): string[] => [
  ...[...template.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/g)].flatMap(([, key = '']) => (key in fi ? [key] : [])),
  ...[...template.matchAll(/[`']([a-z][\w.-]*\.)(?:\$\{|')/g)].flatMap(([, prefix = '']) => Object.keys(fi).filter((key) => key.startsWith(prefix))),
]

/** Names of things and of laws, and words that the reader meets on every other page. */
const names = /^rulebook\.(applicant|purpose|group|activity)\.|^site\.|^spaces\.(kind|unitKind|equipment|need|needAnswer)\.|^rules\.procedure\.law$|^rules\.plain\./

/** Whether plain Finnish may say it with the same words: little at a time, and none of them hard. */
const isPlain = (message: string): boolean =>
  sentencesOf(filled(message)).every((one) => wordsOf(one).length <= 8) && reading(filled(message), ['henkilökun']).long.length === 0 && !/[()]/.test(message)

test('every word of the pages of rules is plain, or plain Finnish has another for it', () => {
  const templates = filesIn('views/rules').filter((file) => file.endsWith('.eta'))
  const keys = [...new Set(templates.flatMap((file) => keysOf(text(file))))]
  expect(keys.length).toBeGreaterThan(150)
  expect(keys.filter((key) => !(key in easy) && !names.test(key) && !isPlain(fi[key]!)).map((key) => `${key}: ${fi[key]}`)).toEqual([])
})

test.each([
  ['/rules', ['Nämä ovat kaupungin tilojen säännöt.', 'Et maksa tavallisesta tilasta, kun: yhdistys pitää tilaisuuden, johon kaikki saavat tulla', 'Maksavatko ihmiset, kun he tulevat sisään?']],
  [`/rules?${asked}`, ['Kerro vielä lisää: ', 'Näin tämä ratkesi', '2 h, 20 ihmistä. Tila on ']],
  ['/rules/editions', ['Sen päivän säännöt ratkaisevat varauksesi.', 'Kaupunki ei ole päättänyt näistä säännöistä.', 'Säännöt alkavat 1.1.2027. Päätöksen teki Kaupunginhallitus (selko). Päätöksen päivä on 10.11.2026.']],
  ['/rules/editions/tulevat', ['Lue säännöt, jotka ovat voimassa nyt', 'Joskus yhdessä talossa on toinen sääntö.', 'Maksatko tilasta']],
  ['/rules/restrictions', ['Mitä et voi varata ja miksi', 'Joskus tilaa ei voi varata niin kuin muita.', example.approvalRules.find(({ id }) => id === 'event_hall_by_person')!.text.plain]],
  ['/rules/procedure', ['Palvelu päättää osan varauksista itse.', 'Vaatimuksen nimi on oikaisuvaatimus.', 'Tila on jo varattu tai kiinni.', example.procedure!.responsible.plain]],
  ['/rules/terms', ['Ehdot kertovat, mitä lupaat.', example.terms.text.plain.split('\n')[0]!]],
  ['/spaces/luokka', ['Yhdistys pitää tilaisuuden, johon kaikki saavat tulla', example.duties[0]!.text.plain, 'Saat tavallisen varauksen heti.']],
  ['/spaces/luokka?at=2028-11-30T18:00&minutes=60', ['Et voi vielä varata näin pitkälle. Tänään varaus voi olla viimeistään ']],
  ['/spaces/keittio', ['Henkilökunta päättää, saatko tilan.', example.approvalRules.find(({ id }) => id === 'food_space_by_person')!.text.plain]],
])('%s says it plainly', async (path, sentences) => {
  const plain = main(await read(await city(), inPlain(path)))
  for (const sentence of sentences) expect(plain).toContain(sentence)
})

test('a week further on a space’s page, and its question about a time, stay in plain Finnish', async () => {
  const html = await read(await city(), '/spaces/luokka?plain=1')
  expect(html).toMatch(/hx-get="\/spaces\/luokka\?week=[^"]*plain=1"/)
  expect(html).toContain('<input type="hidden" name="plain" value="1">')
  expect(html).toContain('href="/rules?space=luokka&amp;plain=1"')
})
