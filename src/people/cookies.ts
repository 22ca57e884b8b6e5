/** `__Host-` makes a browser keep a cookie to this host and to https; a phone on plain http could not sign in with it (rulings 18). */
export const cookieName = (cookie: 'sid' | 'pre', production: boolean): string => (production ? `__Host-${cookie}` : cookie)

export const cookieOptions = (production: boolean) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: production }) as const
