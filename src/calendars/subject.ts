/** Whose bookings a secret address tells: its owner's own, an association's, or those of a unit to its staff. */
export const subjectKinds = ['person', 'association', 'unit'] as const
export type SubjectKind = (typeof subjectKinds)[number]
export type Subject = { kind: SubjectKind; subjectId: string }

export const own: Subject = { kind: 'person', subjectId: '' }

export const sameSubject = (a: Subject, b: Subject): boolean => a.kind === b.kind && a.subjectId === b.subjectId

/** A subject as a form's value: `person`, `association:<id>`, `unit:<id>`. */
export const valueOf = ({ kind, subjectId }: Subject): string => (kind === 'person' ? kind : `${kind}:${subjectId}`)

/** The subject of a form's value; null when it is none. */
export function subjectOf(value: string): Subject | null {
  if (value === 'person') return own
  const [, kind, subjectId = ''] = /^(association|unit):(.+)$/s.exec(value) ?? []
  return kind === 'association' || kind === 'unit' ? { kind, subjectId } : null
}
