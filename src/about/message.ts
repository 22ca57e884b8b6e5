import { z } from 'zod'
import { emailField } from '../people/person.ts'
import { localPath } from '../people/return-to.ts'

export const messageTopics = ['question', 'accessibility', 'fault', 'idea'] as const
export type MessageTopic = (typeof messageTopics)[number]

/** When an answer is due. On accessibility the law says two weeks (306/2019); nobody else waits longer. */
export const answerDays = 14

const plainPath = /^(\/([a-z0-9-]+|TV-[A-Z0-9]{4}-[A-Z0-9]{4}))+$/

/**
 * The page that a message is about: a path of ours, without its query, which may say what somebody looked for. Null for
 * anything else, also for addresses that hold a secret: those are never made of small letters and figures alone.
 */
export function pageNamed(said: unknown): string | null {
  const path = localPath(said).split(/[?#]/)[0] ?? ''
  return plainPath.test(path) ? path : null
}

const blankIsNone = (value: unknown): unknown => (value === undefined || (typeof value === 'string' && value.trim() === '') ? null : value)

export const messageForm = z.object({
  topic: z.enum(messageTopics, 'about.contact.error.topic'),
  text: z.string('about.contact.error.text').transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().min(1, 'about.contact.error.text').max(5000, 'about.contact.error.long')),
  email: z.preprocess(blankIsNone, emailField.nullable()),
  page: z.unknown().optional().transform(pageNamed),
  /** Which copy of the form was sent, so that pressing the button twice sends one message. */
  form: z.string().regex(/^[\w-]{16}$/).nullable().catch(null),
})
/** What somebody wrote; `email` is null when they want no answer. */
export type Message = Omit<z.output<typeof messageForm>, 'form'>
