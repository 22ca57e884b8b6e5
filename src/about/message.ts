export const messageTopics = ['question', 'accessibility', 'fault', 'idea'] as const
export type MessageTopic = (typeof messageTopics)[number]
