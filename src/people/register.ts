import { fold } from '../spaces/slug.ts'

export const registerFilters = ['declared', 'verified'] as const
export type RegisterFilter = (typeof registerFilters)[number]

type Entry = { name: string; registerNumber: string | null; businessId: string | null; verifiedAt: number | null }

const digits = (text: string): string => text.replace(/\D/g, '')

/** Whether an association is meant: part of its name, or the start of a number however its dots and dashes are typed. */
export function matches(entry: Entry, { q, standing }: { q?: string | undefined; standing?: RegisterFilter | undefined }): boolean {
  if (standing !== undefined && standing !== (entry.verifiedAt === null ? 'declared' : 'verified')) return false
  const wanted = q?.trim() ?? ''
  if (wanted === '' || fold(entry.name).includes(fold(wanted))) return true
  const number = digits(wanted)
  const isNumber = number !== '' && /^(?:FI)?[\d\s.\u2010-\u2015\u2212-]+$/i.test(wanted)
  return isNumber && [entry.registerNumber, entry.businessId].some((one) => one !== null && digits(one).startsWith(number))
}
