import type { Language } from '../platform/i18n/text.ts'
import { instant, string, table } from '../platform/db/kit.ts'
import type { MessageTopic } from './message.ts'

/** What people write to the service; mailed to the city's contact address and kept a year. */
export const contactMessages = table('contact_messages', {
  id: string('id').primaryKey(),
  topic: string('topic').$type<MessageTopic>().notNull(),
  text: string('text').notNull(),
  /** Null when the writer wants no answer. */
  email: string('email'),
  /** The page it is about, a path of ours. */
  page: string('page'),
  language: string('language').$type<Language>().notNull(),
  createdAt: instant('created_at').notNull(),
})
