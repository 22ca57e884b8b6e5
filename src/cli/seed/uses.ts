import type { Facts } from '../../rulebook/facts.ts'
import type { SpaceKind } from '../../spaces/space.ts'

/** A usual use of a space: who asks, what for, and what it may be called. */
export type Use = {
  weight: number
  /** Whether an association asks; then the association stands in the facts too. */
  association: boolean
  people: number
  facts: Omit<Facts, 'people' | 'association' | 'granted'>
  /** How often (0–1) the title is public. */
  shown: number
  titles: string[]
}

const ordinary = { entryFee: false, localShare: 0.9, groups: [], activities: [] } as const

const moving: Use[] = [
  {
    weight: 30, association: true, people: 24, shown: 0.8, titles: ['Sulkapallovuoro', 'Jumppa kaikille', 'Lentopalloa kaikentasoisille', 'Motion för alla'],
    facts: { ...ordinary, applicant: 'registered_association', purpose: 'sport', openToAll: true },
  },
  {
    weight: 26, association: true, people: 20, shown: 0.5, titles: ['Junioreiden harjoitukset', 'Lasten judo', 'Nuorten koripallo', 'Barnens gymnastik'],
    facts: { ...ordinary, applicant: 'registered_association', purpose: 'youth_activity', youthShare: 0.9 },
  },
  {
    weight: 22, association: false, people: 14, shown: 0.1, titles: ['Kaveriporukan sähly', 'Pelivuoro', 'Naapuruston lentopallo'],
    facts: { ...ordinary, applicant: 'unregistered_group', purpose: 'hobby' },
  },
  {
    weight: 6, association: false, people: 20, shown: 0, titles: ['Työporukan pelivuoro', 'Henkilöstön liikunta'],
    facts: { ...ordinary, applicant: 'company', purpose: 'commercial' },
  },
]

const sitting: Use[] = [
  {
    weight: 24, association: true, people: 16, shown: 0.6, titles: ['Yhdistyksen kokous', 'Kerhoilta', 'Shakki-ilta', 'Föreningskväll', 'Kielikahvila'],
    facts: { ...ordinary, applicant: 'registered_association', purpose: 'civic_activity', openToAll: true },
  },
  {
    weight: 16, association: false, people: 10, shown: 0.2, titles: ['Lukupiiri', 'Lautapeli-ilta', 'Neulontakerho'],
    facts: { ...ordinary, applicant: 'unregistered_group', purpose: 'hobby' },
  },
  {
    weight: 10, association: false, people: 12, shown: 0.3, titles: ['Vanhempainyhdistyksen kokous', 'Koulun kyläjuhlan suunnittelu'],
    facts: { ...ordinary, applicant: 'parents_association', purpose: 'meeting' },
  },
  {
    weight: 12, association: false, people: 12, shown: 0.5, titles: ['Lasten kuvataide', 'Musiikkileikkikoulu', 'Bildkonst för barn'],
    facts: { ...ordinary, applicant: 'educational_institution', purpose: 'arts_education', youthShare: 0.9 },
  },
  {
    weight: 12, association: false, people: 18, shown: 0, titles: ['Syntymäpäivät', 'Ristiäiset', 'Sukujuhla'],
    facts: { ...ordinary, applicant: 'private_person', purpose: 'private_party' },
  },
  {
    weight: 4, association: false, people: 14, shown: 0.2, titles: ['Rukoushetki', 'Hartausilta'],
    facts: { ...ordinary, applicant: 'religious_community', purpose: 'religious_practice' },
  },
]

/** Why an official made a use free that the rules left open. */
export const freeReason = 'Toiminta on asukkaiden omaa, eikä siitä kerätä maksua.'

export const kindsToMoveIn: readonly SpaceKind[] = ['gym', 'hall', 'youth_hall']

export const usesOf = (kind: SpaceKind): readonly Use[] => (kindsToMoveIn.includes(kind) ? moving : sitting)
