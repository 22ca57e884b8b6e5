import { z } from 'zod'
import { languages, type Language } from '../platform/i18n/text.ts'
import type { StaffRole } from './roles.ts'

/** Who acts. `name` is empty until it is asked; `associationIds` are those the person names, confirmed or not. */
export type Person = {
  id: string
  email: string
  name: string
  phone: string | null
  language: Language
  roles: StaffRole[]
  associationIds: string[]
  grantedCityUnit: boolean
  grantedSchool: boolean
  /** Whether a manager wants the morning's mail of waiting requests. */
  digest: boolean
}

/** What to call somebody who has not told their name. */
export const callName = (person: Pick<Person, 'name' | 'email'>): string => person.name || person.email

// Anything invisible could hide a second header line, or another reading order, in a mail or a list.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** The text without what is invisible, for names that come past the form field below. */
export const visible = (text: string): string => text.replace(new RegExp(invisible, 'gu'), ' ').replace(/ +/g, ' ').trim()

/** Lower-cased and trimmed, the way an address is stored and written to; null when no mail could reach it. At most 254 characters (RFC 5321). */
export function normalEmail(text: string): string | null {
  const email = text.trim()
  if (email.length > 254 || !z.email().safeParse(email).success) return null
  return email.toLowerCase()
}

/** Form fields that name their faults by message key. */
export const emailField = z.string('people.error.email').transform((text, check) => {
  const email = normalEmail(text)
  if (email === null) check.addIssue({ code: 'custom', message: 'people.error.email' })
  return email ?? z.NEVER
})
export const nameField = z.string('people.error.name').trim().min(1, 'people.error.name').max(100, 'people.error.name')
  .refine((text) => !invisible.test(text), 'people.error.name')
export const phoneField = z.string('people.error.phone').trim().regex(/^\+?[\d\s()-]{5,25}$/, 'people.error.phone')

/** A person's own details; an empty phone is none. */
export const detailsForm = z.object({
  name: nameField,
  phone: z.union([z.string().trim().length(0).transform(() => null), phoneField], 'people.error.phone').default(null),
  language: z.enum(languages, 'people.error.language'),
})
export type Details = z.output<typeof detailsForm>

/** What a person calls a program that acts for them. */
export const tokenForm = z.object({
  tokenName: z.string('people.error.tokenName').trim().min(1, 'people.error.tokenName').max(60, 'people.error.tokenName')
    .refine((text) => !invisible.test(text), 'people.error.tokenName'),
})

/** `Firefox, Windows` for the list of sessions; empty when the browser does not say. Nothing that singles one machine out. */
export function deviceOf(userAgent: string): string {
  const browsers: [string, RegExp][] = [
    ['Edge', /Edg(A|iOS)?\//], ['Opera', /OPR\//], ['Samsung Internet', /SamsungBrowser\//], ['Firefox', /(Firefox|FxiOS)\//],
    ['Chrome', /(Chrome|CriOS)\//], ['Safari', /Safari\//],
  ]
  const systems: [string, RegExp][] = [
    ['Android', /Android/], ['iPad', /iPad/], ['iPhone', /iPhone/], ['Windows', /Windows/], ['macOS', /Mac OS X/], ['ChromeOS', /CrOS/], ['Linux', /Linux/],
  ]
  const found = [browsers, systems].flatMap((names) => names.find(([, sign]) => sign.test(userAgent))?.[0] ?? [])
  return found.join(', ')
}
