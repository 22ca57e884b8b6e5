export const bannerAudiences = ['everybody', 'residents', 'staff'] as const
export type BannerAudience = (typeof bannerAudiences)[number]
export const bannerLevels = ['info', 'warning', 'danger'] as const
export type BannerLevel = (typeof bannerLevels)[number]
