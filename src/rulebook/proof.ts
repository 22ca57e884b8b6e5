import type { Condition } from './condition.ts'
import { TooLarge } from './decision-diagram.ts'
import type { Edition } from './edition.ts'
import type { Example } from './fact-space.ts'
import { dutyFaults, unusedDefinitions } from './proof-duties.ts'
import type { ProofFault } from './proof-fault.ts'
import { priceFaults } from './proof-prices.ts'
import { ruleFaults, witnessesOf } from './proof-rules.ts'
import { textFaults } from './proof-texts.ts'
import { groundOf } from './regions.ts'
import { surveyOf } from './survey.ts'

export type { Example, ProofFault }

/** What became of walking an edition's whole fact space. */
export type Proof = {
  ok: boolean
  /** In the order rules, prices, duties, names, texts. */
  faults: ProofFault[]
  /** How many combinations of facts and traits the walk stands for, each cut where some rule tells two values apart. */
  combinations: number
  /** The nodes that the decision diagram took. */
  nodes: number
  /** By rule id: a wish and a space that the rule decides, or counts for. */
  witnesses: ReadonlyMap<string, Example>
}

/** Nodes and remembered results for some seconds; the example edition takes some thousands. */
const usualLimit = 1_000_000

/**
 * Proves that an edition answers every wish in every space with exactly one outcome, that each of its rules is needed, and
 * that no price, duty or text fails it; or says where it does not, with an example. The edition has been read by
 * `parseEdition`. One that would take more than `limit` nodes and remembered results is faulted as `too-large`.
 */
export function prove(edition: Edition, limit = usualLimit): Proof {
  const conditions = conditionsOf(edition)
  const plain = [...unusedDefinitions(edition, conditions), ...textFaults(edition)]
  try {
    const ground = groundOf(edition, conditions, limit)
    const survey = surveyOf(edition, ground)
    const faults = [...ruleFaults(edition, ground, survey), ...priceFaults(edition, ground, survey), ...dutyFaults(edition, ground, survey), ...plain]
    return {
      ok: faults.length === 0,
      faults,
      combinations: ground.axes.reduce((product, axis) => product * axis.values.length, 1),
      nodes: ground.diagram.size(),
      witnesses: witnessesOf(ground, survey),
    }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    const tooLarge: ProofFault = { code: 'too-large', path: '', limit, example: null }
    return { ok: false, faults: [tooLarge, ...plain], combinations: 0, nodes: limit, witnesses: new Map() }
  }
}

const conditionsOf = (edition: Edition): Condition[] => [
  edition.chargeRules, edition.exceptions, edition.supervisionRules, edition.approvalRules, edition.extras,
  edition.quotas, edition.lengths, edition.leadTimes, edition.cancellations,
].flatMap((rules): readonly { when: Condition }[] => rules).map(({ when }) => when)
