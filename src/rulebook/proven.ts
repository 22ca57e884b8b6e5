import type { Edition } from './edition.ts'
import { prove, type Proof } from './proof.ts'

const proofs = new WeakMap<Edition, Proof>()

/** What was proven of an edition. One that was read stays the same object, and so does its proof: it takes a tenth of a second. */
export function proofOf(edition: Edition): Proof {
  let proof = proofs.get(edition)
  if (!proof) proofs.set(edition, proof = prove(edition))
  return proof
}
