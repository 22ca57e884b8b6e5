import type { Dice } from './dice.ts'

/** Names that nobody has: everyday first names with surnames that say what they are, and places that no map knows. */
const firstNames = [
  'Aino', 'Eero', 'Elina', 'Emma', 'Heikki', 'Helmi', 'Ilkka', 'Johanna', 'Juho', 'Kaarina', 'Kalevi', 'Lasse', 'Leena', 'Maria',
  'Mikko', 'Niko', 'Oona', 'Outi', 'Pekka', 'Raija', 'Sami', 'Sanna', 'Teemu', 'Tuula', 'Ville', 'Amina', 'Birgitta', 'Gustav', 'Mohamed', 'Olga',
]
const surnames = [
  'Esimerkki', 'Malli', 'Mallikas', 'Näyte', 'Keksitty', 'Kuvitelma', 'Tavallinen', 'Naapuri', 'Olematon', 'Lukija', 'Exempel', 'Påhittad',
]
const places = ['Esimerkkilän', 'Mallilan', 'Keksityn kylän', 'Kuvitelman', 'Näytteenmäen', 'Luulonsaaren', 'Satulaakson', 'Olemattoman']
/** What an association does, in its name and as the title of its evening; `moves` needs a gym. */
type Club = { name: string; title: string; moves: boolean }
const clubs: Club[] = [
  { name: 'Sulka', title: 'Sulkapalloa kaikille', moves: true },
  { name: 'Sekakuoro', title: 'Kuoron harjoitukset', moves: false },
  { name: 'Koripallo', title: 'Koripallovuoro', moves: true },
  { name: 'Shakki', title: 'Shakki-ilta', moves: false },
  { name: 'Lentopallo', title: 'Lentopalloa kaikentasoisille', moves: true },
  { name: 'Näyttämö', title: 'Näytelmän harjoitukset', moves: false },
  { name: 'Judo', title: 'Lasten judo', moves: true },
  { name: 'Käsityö', title: 'Neulontailta', moves: false },
  { name: 'Jumppa', title: 'Jumppa kaikille', moves: true },
  { name: 'Språkcafé', title: 'Språkcafé', moves: false },
  { name: 'Tanssi', title: 'Tanssitunti', moves: true },
  { name: 'Lautapeli', title: 'Lautapeli-ilta', moves: false },
  { name: 'Pingis', title: 'Pöytätennisvuoro', moves: true },
]

export const personName = (dice: Dice): string => `${dice.of(firstNames)} ${dice.of(surnames)}`

export const clubOf = (n: number): Club => clubs[n % clubs.length]!

/** The nth association; a number comes after the name once every name is used. */
export function associationName(n: number): string {
  const round = Math.floor(n / (places.length * clubs.length))
  return `${places[n % places.length]} ${clubOf(n).name}${round ? ` ${round + 1}` : ''} ry`
}
