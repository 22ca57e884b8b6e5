import { leaves } from './condition.ts'
import type { Condition } from './condition.ts'
import type { Edition } from './edition.ts'
import type { ProofFault } from './proof-fault.ts'
import { exampleOf } from './proof-rules.ts'
import type { Ground } from './regions.ts'
import type { Survey } from './survey.ts'

/** Duties that cannot be kept together under one supervision rule, and such as nobody is told. */
export function dutyFaults({ supervisionRules, duties }: Edition, ground: Ground, { supervisions }: Survey): ProofFault[] {
  const told = new Set(supervisionRules.flatMap(rule => rule.duties))
  return [
    ...supervisionRules.flatMap((rule, at) => {
      const wrong = (why: 'unknown' | 'other_mode' | 'twice' | 'excluded', n: number, ids: string[]): ProofFault => ({
        code: 'duties-contradict', path: `supervisionRules.${at}.duties.${n}`, rule: rule.id, why, duties: ids,
        example: exampleOf(ground, supervisions[at]!, 'gets'),
      })
      return rule.duties.flatMap((id, n) => {
        const duty = duties.find(one => one.id === id)
        if (!duty) return [wrong('unknown', n, [id])]
        const before = rule.duties.slice(0, n)
        return [
          ...(duty.modes.includes(rule.mode) ? [] : [wrong('other_mode', n, [id])]),
          ...(before.includes(id) ? [wrong('twice', n, [id])] : []),
          ...before.filter(other => excludes(duties, id, other)).map(other => wrong('excluded', n, [other, id])),
        ]
      })
    }),
    ...duties.flatMap((duty, at): ProofFault[] => told.has(duty.id) ? []
      : [{ code: 'unused', path: `duties.${at}`, what: 'duty', name: duty.id, example: null }]),
  ]
}

const excludes = (duties: Edition['duties'], a: string, b: string) =>
  duties.some(({ id, excludes: others = [] }) => (id === a && others.includes(b)) || (id === b && others.includes(a)))

/** Conditions with a name that no rule comes to, not even by another name. */
export function unusedDefinitions({ definitions }: Edition, conditions: readonly Condition[]): ProofFault[] {
  const used = new Set<string>()
  const follow = (condition: Condition): void => leaves(condition).forEach(leaf => {
    if (!('defined' in leaf) || used.has(leaf.defined)) return
    used.add(leaf.defined)
    follow(definitions[leaf.defined]!)
  })
  conditions.forEach(follow)
  return Object.keys(definitions).filter(name => !used.has(name))
    .map(name => ({ code: 'unused', path: `definitions.${name}`, what: 'definition', name, example: null }))
}
