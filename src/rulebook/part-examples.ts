import type { PlainText } from '../platform/i18n/text.ts'
import type { Condition } from './condition.ts'
import type { Edition, EditionFile } from './edition.ts'
import { applicants, purposes } from './facts.ts'
import { jsonParts, type JsonPart } from './parts.ts'

/** One new entry of a list as somebody could add it; `path` is the list's, `name` its own where the list is kept by names. */
export type PartExample = { path: readonly string[]; name?: string; entry: unknown }

const words = (fi: string, sv: string, en: string, plain: string): PlainText => ({ fi, sv, en, plain })

/**
 * A filled example of each list of a part, in the names that the edition uses; `unit` is the slug of one of the city's units.
 * Nothing of a list that has all there can be.
 */
export const partExamples = (edition: Edition, part: JsonPart, unit: string): PartExample[] =>
  jsonParts[part].flatMap((key): PartExample[] => examplesOf(edition, key, unit))

function examplesOf(edition: Edition, key: keyof EditionFile, unit: string): PartExample[] {
  const [group, rate, duty] = [edition.priceList.groups[0]!.id, edition.vatRates.at(-1)!.id, edition.duties[0]?.id]
  const of = (entry: unknown): PartExample[] => [{ path: [key], entry }]
  const from = edition.validFrom
  switch (key) {
    case 'definitions': return [{ path: [key], name: 'big_sports_event', entry: { all: [{ fact: 'purpose', in: ['sport'] }, { fact: 'people', atLeast: 100 }] } }]
    case 'approvalRules': return of({
      id: 'studio_by_person', when: { space: 'kind', in: ['studio'] },
      text: words('Studion laitteiden käyttö vaatii opastusta, joten henkilökunta päättää varauksesta.', 'Studions apparater kräver vägledning, så personalen beslutar om bokningen.', 'The equipment of a studio needs guidance, so staff decide on the booking.', 'Studiossa on laitteita. Siksi henkilökunta päättää varauksesta.'),
    })
    case 'supervisionRules': return of({
      id: 'small_groups_alone', when: { fact: 'people', atMost: 10 }, mode: 'self_supervised', duties: duty === undefined ? [] : [duty],
      text: words('Pieni ryhmä vastaa tilasta itse.', 'En liten grupp ansvarar själv för lokalen.', 'A small group takes care of the space itself.', 'Pieni ryhmä huolehtii tilasta itse.'),
    })
    case 'duties': return of({
      id: 'close_windows', phase: 'after', modes: ['self_supervised', 'staffed'],
      text: words('Sulje ikkunat.', 'Stäng fönstren.', 'Close the windows.', 'Laita ikkunat kiinni.'),
    })
    case 'priceList': return [
      { path: [key, 'bands'], entry: { id: 'weekday_morning', weekdays: [1, 2, 3, 4, 5], from: 480, to: 720, text: words('Arkiaamupäivä', 'Vardagsförmiddag', 'Weekday morning', 'Arkena ennen klo 12') } },
      { path: [key, 'prices'], entry: { class: edition.priceList.classes[0]!.id, group, centsPerHour: 1250, vat: rate, supervision: 'key_contract', validFrom: from, validTo: null } },
    ]
    case 'vatRates': return of({ id: 'reduced', rate: 10, validFrom: from, validTo: null })
    case 'extras': return of({
      id: 'stage_lights', when: { space: 'kind', in: ['hall'] }, cents: 2500, vat: rate,
      text: words('Näyttämön valot', 'Scenbelysning', 'Stage lights', 'Näyttämön valot maksavat erikseen'),
    })
    case 'exceptions': return of({
      id: 'renovation_paid', when: { fact: 'applicant', in: ['company'] }, charge: 'paid', priceClass: group,
      name: words('Remontin ajan hinta', 'Pris under renoveringen', 'Price during the renovation', 'Hinta remontin aikana'),
      text: words('Talossa on remontti, joten yrityskin maksaa perushinnan.', 'Huset renoveras, så även företag betalar grundpriset.', 'The building is being renovated, so companies too pay the basic price.', 'Talossa on remontti. Siksi hinta on halvempi.'),
      source: null, unit, validFrom: from, validTo: lastOf(from),
    })
    case 'applicantGroups': return missing(edition, key, applicants).flatMap((id) => of({
      id, text: words('Varaaja', 'Bokare', 'Applicant', 'Varaajan nimi'), evidence: words('Kaupunki tarkistaa asian tarvittaessa.', 'Staden kontrollerar saken vid behov.', 'The city checks it when needed.', 'Kaupunki voi tarkistaa tämän.'),
    }))
    case 'purposes': return missing(edition, key, purposes).flatMap((id) => of({ id, text: words('Käyttötarkoitus', 'Ändamål', 'Purpose', 'Mitä tilassa tehdään') }))
    case 'seasons': return of({ id: 'christmas', from: '12-20', to: '01-06', text: words('Joulun aika', 'Jultiden', 'Christmas time', 'Joulun pyhät') })
    case 'quotas': return of({
      id: 'gym_week', when: { space: 'kind', in: ['gym'] }, whose: 'association', within: 'unit', per: 'week', bookings: 2, hours: 6,
      text: words('Yhdistyksellä saa olla samassa talossa kaksi liikuntasalin varausta viikossa, yhteensä enintään 6 tuntia.', 'En förening får ha två bokningar av gymnastiksalen i veckan i samma hus, högst 6 timmar sammanlagt.', 'An association may have two bookings of a gym a week in the same building, 6 hours in all.', 'Yhdistys saa varata salin kaksi kertaa viikossa.'),
    })
    case 'lengths': return of({
      id: 'music_room_three_hours', when: { space: 'kind', in: ['music_room'] }, atMostMinutes: 180,
      text: words('Musiikkihuoneen voit varata enintään kolmeksi tunniksi.', 'Ett musikrum kan du boka för högst tre timmar.', 'You can book a music room for three hours at most.', 'Musiikkihuoneessa saat olla 3 tuntia.'),
    })
    case 'leadTimes': return of({
      id: 'kitchen_a_week_before', when: { space: 'kind', in: ['kitchen'] }, atLeastDays: 7, atMostDays: 90,
      text: words('Varaa keittiö vähintään viikkoa ennen.', 'Boka köket minst en vecka före.', 'Book a kitchen at least a week before.', 'Varaa keittiö viikkoa ennen.'),
    })
    case 'cancellations': return of({
      id: 'kitchen_cancelled', when: { space: 'kind', in: ['kitchen'] }, tiers: [{ daysBefore: 7, percent: 0 }, { daysBefore: 0, percent: 100 }],
      text: words('Keittiön voit perua maksutta viimeistään viikkoa ennen.', 'Ett kök kan du avboka utan avgift senast en vecka före.', 'You can cancel a kitchen free of charge up to a week before.', 'Peru keittiö viikkoa ennen. Silloin et maksa mitään.'),
    })
    case 'consequences': return of({
      id: 'key_not_returned', of: 'damage', strikes: 1, usualPrice: false, cents: 15000,
      text: words('Jos avain katoaa, saat merkinnän ja maksat lukon vaihdon.', 'Om nyckeln tappas bort får du en anmärkning och betalar låsbytet.', 'If the key is lost, you get a strike and pay for the new lock.', 'Jos avain katoaa, sinun pitää maksaa uusi lukko.'),
    })
    case 'sanctions': return of({
      id: 'long_ban', step: 'ban', strikes: 5, withinMonths: 24, months: 6,
      text: words('Viidennestä merkinnästä saat varauskiellon 6 kuukaudeksi.', 'Den femte anmärkningen ger bokningsförbud i 6 månader.', 'For the fifth strike you get a booking ban of 6 months.', 'Viides merkintä: et saa varata puoleen vuoteen.'),
    })
    default: return []
  }
}

/** The last day of a date's year. */
const lastOf = (date: string): string => `${date.slice(0, 4)}-12-31`

/** The first that an edition does not list yet, if there is one. */
const missing = (edition: Edition, key: 'applicantGroups' | 'purposes', all: readonly string[]): string[] =>
  all.filter((id) => !(edition[key] as readonly { id: string }[]).some((one) => one.id === id)).slice(0, 1)

/** Conditions to start from, each of another kind: the last is a name of the edition's own. */
export function conditionExamples({ definitions }: Pick<Edition, 'definitions'>): Condition[] {
  const name = Object.keys(definitions)[0]
  return [
    { all: [] },
    { fact: 'people', atLeast: 200 },
    { fact: 'applicant', in: ['registered_association', 'unregistered_group'] },
    { all: [{ space: 'kind', in: ['gym'] }, { fact: 'purpose', in: ['sport'] }] },
    { any: [{ fact: 'openToAll', is: true }, { fact: 'youthShare', atLeast: 0.6666 }] },
    { not: { space: 'unitKind', in: ['school'] } },
    ...(name === undefined ? [] : [{ defined: name }]),
  ]
}
