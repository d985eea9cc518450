import { Session } from "./session.ts";

let session: Session | null = null;

/** The page's one session. Making it starts nothing: workers come with {@link Session.start}. */
export function currentSession(): Session {
  session ??= new Session();
  return session;
}
