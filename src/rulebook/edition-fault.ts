/** What is wrong with an edition's file, in English; the pages say the same in the reader's language (`desk.rules.wrong.*`). */
const english = {
  'circle': 'goes round in a circle',
  'twice': 'the id "{name}" is used twice',
  'no-definition': 'there is no definition "{name}"',
  'outcome-unknown': 'the outcome is not known yet here',
  'unknown-name': 'there is no "{name}"',
  'duty-mode': '"{name}" is not for {mode}',
  'price-class': 'is given exactly when the charge is "paid"',
  'contact': 'tells whom to ask instead',
  'silence': 'silence must not make use free; ask "is: false" or a bound instead of "not"',
  'last-always': 'the last one must hold always ({ "all": [] })',
  'cents-or-hour': 'has either cents or centsPerHour',
  'undecided': 'an adopted edition names its decision',
  'decided-example': 'nobody decides an example',
  'mode-open': '{mode} has no rule that holds always',
  'kind-open': 'a {kind} of some size has no class',
  'none-valid': 'nothing is valid on {date}',
  'ends': 'ends on {date}',
  'gap': '{last} is not followed by {next}',
  'double-days': 'is valid on days of the row of {date} too',
  'band-shared': 'shares hours with "{name}"',
  'no-such-day': 'is a day that no year has',
  'too-long': 'has more than {most} comparisons',
  'promise-short': 'is shorter than the {days} working days that are promised',
} as const
type Known = keyof typeof english

/** What a shape is told by when it does not fit: the messages of our own checks, and what zod finds by itself. */
export const ownMessages = {
  'is not kebab-case': 'kebab-case',
  'is not snake_case': 'snake-case',
  'is not MM-DD': 'month-day',
  'is before validFrom': 'before-start',
  'is not after from': 'before-start',
  'needs a bound': 'bound',
  'needs bookings or hours': 'bookings-or-hours',
} as const
export type FaultCode = Known | (typeof ownMessages)[keyof typeof ownMessages]
  | 'missing' | 'type' | 'unknown-keys' | 'choice' | 'empty' | 'too-small' | 'too-big' | 'whole-number' | 'date' | 'other'

/** A fault and where it is, '' for the whole; `fault` says it in English, `values` are what the words of its code need. */
export type Fault = { path: string; code: FaultCode; values: Record<string, string | number>; fault: string }

export function faultAt(path: string, code: Known, values: Fault['values'] = {}): Fault {
  return { path, code, values, fault: english[code].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) }
}

/** As a line of a log or a terminal. */
export const faultLine = ({ path, fault }: Fault): string => `${path || 'the whole'}: ${fault}`
