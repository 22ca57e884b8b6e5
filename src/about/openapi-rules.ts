import { charges } from '../rulebook/edition.ts'
import type { FactName } from '../rulebook/facts.ts'
import { arrayOf, object, oneOf, orNull, ref } from './openapi-schemas.ts'
import type { Schema } from './openapi-schemas.ts'

const string: Schema = { type: 'string' }
const boolean: Schema = { type: 'boolean' }
const date: Schema = { type: 'string', format: 'date' }

const factNames: readonly FactName[] = ['applicant', 'purpose', 'people', 'openToAll', 'entryFee', 'youthShare', 'localShare', 'groups', 'activities', 'association', 'granted', 'recurring']
const value: Schema = { anyOf: [string, boolean, { type: 'number' }, arrayOf(string), { type: 'null' }], description: 'Null where nothing was said.' }

const given = object({ number: string, date, body: ref('Sentence') })
const decision = orNull(given)
const parts = {
  id: string, status: oneOf(['example', 'adopted']), decision, validFrom: date, name: ref('Sentence'),
  chargeRules: arrayOf({ type: 'object', description: 'In order: the first one that holds decides.' }),
}

/** What the calls about rules answer with. */
export const ruleSchemas: Record<string, Schema> = {
  Condition: {
    anyOf: [
      object({ all: arrayOf(ref('Condition')) }), object({ any: arrayOf(ref('Condition')) }), object({ not: ref('Condition') }),
      { ...object({ fact: string }), additionalProperties: true }, { ...object({ space: string }), additionalProperties: true },
      { ...object({ outcome: string }), additionalProperties: true },
    ],
    description: 'In the language that rules are written in (/rules/schema), named conditions spelled out: all of it is needed, or any of it is enough. What the wish fulfils is left out.',
  },
  Explanation: object({
    edition: string,
    facts: arrayOf(object({ fact: oneOf(factNames), value })),
    decided: object({ rule: string, text: ref('Sentence'), source: orNull(string) }),
    passedOver: arrayOf(object({
      rule: string, name: ref('Sentence'),
      needed: { ...ref('Sentence'), description: 'One sentence; in plain Finnish several short ones.' },
      unmet: ref('Condition'),
    }, [], 'A rule that was asked before and did not hold, and what of its condition would have been needed; those that would have made it free come first.')),
    otherRules: orNull(object(
      { text: { ...ref('Sentence'), description: 'One sentence that names them.' }, rules: arrayOf(string) }, [],
      'The other earlier rules, by their ids in order: they are for other applicants or purposes. Null where there are none.',
    )),
    changes: arrayOf(object({
      fact: oneOf(factNames), value, charge: oneOf(charges), priceClass: orNull(string), totalCents: orNull({ type: 'integer' }), text: ref('Sentence'),
      outcome: { ...ref('Sentence'), description: 'The outcome as the pages tell it.' },
    }, [], 'An answer that would lead to another outcome, and that outcome.')),
    beside: {
      ...orNull(ref('Sentence')),
      description: 'Of a booking whose price or refusal an official decided: that, and what the rules alone would have given. Changes are then of what the rules give.',
    },
  }, ['beside'], 'Why it is so: the facts that were read, the rule that decided, the rules before it, and what would change the outcome.'),
  Edition: {
    ...object(parts), additionalProperties: true,
    description: 'The file of an edition, in full. Its form is at /rules/schema, which the Link header names.',
  },
  RuleBook: {
    ...object({ version: string, ...parts }), additionalProperties: true,
    description: 'The file of the edition in force, and its id once more as version. /rules/schema fits it too.',
  },
  EditionLine: object({
    id: string, name: ref('Sentence'), status: oneOf(['in_force', 'coming', 'replaced', 'withdrawn']),
    example: { ...boolean, description: 'Nobody has decided on it.' },
    everInForce: { ...boolean, description: 'Whether it is or has been in force: false until its first day, and for good where another edition took its place before that day or where it was withdrawn.' },
    validFrom: date, validTo: { ...orNull(date), description: 'The last day; null while none follows, and where it never came into force.' },
    decision, withdrawal: orNull(object({ decision: given, reason: ref('Sentence') }, [], 'The decision, before its first day, that it never comes into force, and why.')),
    href: { ...string, format: 'uri' },
  }),
  JsonSchema: {
    ...object({ $schema: string, $id: { ...string, format: 'uri' }, title: string, description: string, type: string, properties: { type: 'object' }, required: arrayOf(string), $defs: { type: 'object' } }),
    additionalProperties: true,
  },
}

const sentence = (fi: string, sv: string, en: string, plain: string) => ({ fi, sv, en, plain })
const name = sentence('Sääntökirja 2027', 'Regelbok 2027', 'Rule book 2027', 'Tilojen säännöt 2027')
const decided = { number: 'HEL 2026-001234', date: '2026-11-10', body: sentence('Kaupunginhallitus', 'Stadsstyrelsen', 'City Board', 'Kaupunginhallitus') }
const edition = {
  id: 'saannot-2027', status: 'adopted', decision: decided, validFrom: '2027-01-01', name,
  chargeRules: [{ id: 'open_activity', when: { fact: 'openToAll', is: true }, charge: 'free', text: sentence('Toiminta on kaikille avointa.', 'Verksamheten är öppen för alla.', 'The activity is open to everyone.', 'Kaikki saavat tulla.'), source: null }],
}

/** Answers as they may look. The rule books in them are shortened. */
export const ruleExamples = {
  edition,
  ruleBook: { version: edition.id, ...edition },
  editions: {
    items: [{ id: edition.id, name, status: 'coming', example: false, everInForce: false, validFrom: '2027-01-01', validTo: null, decision: decided, withdrawal: null, href: 'https://tilat.example.org/api/v1/rules/editions/saannot-2027' }],
    next: null,
  },
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'https://tilat.example.org/api/v1/rules/schema', title: 'An edition of the rule book',
    description: 'The shape of an edition’s file.', type: 'object', properties: { id: { type: 'string' } }, required: ['id'], $defs: {},
  },
}
