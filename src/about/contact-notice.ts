import type { Notice, Words } from '../notices/notice.ts'
import type { ContactMessage } from './store.ts'

/** What somebody wrote, for those who answer. `dueOn` is an instant; `page` the address of the page it is about, or of the service. */
export function contactNotice({ t, f }: Words, message: ContactMessage, { dueOn, page }: { dueOn: number; page: string }): Notice {
  const topic = t(`about.contact.topic.${message.topic}`)
  return {
    subject: t('mail.contact.subject', { topic }),
    paragraphs: [t('mail.contact.intro'), ...message.text.split(/\n+/)],
    facts: [
      { label: t('mail.contact.topic'), value: topic },
      { label: t('mail.contact.from'), value: message.email ?? t('mail.contact.nobody') },
      ...(message.email ? [{ label: t('mail.contact.due'), value: f.longDate(dueOn) }] : []),
      { label: t('mail.contact.language'), value: t(`mail.contact.language.${message.language}`) },
      { label: t('mail.contact.sent'), value: f.moment(message.createdAt) },
    ],
    list: null,
    link: { text: t(message.page ? 'mail.contact.page' : 'mail.contact.service'), href: page },
    closing: t('mail.contact.closing'),
  }
}
