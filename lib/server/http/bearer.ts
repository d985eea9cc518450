import type { ControlToken } from "../keys/control-token.ts";

/**
 * Whether a request carries the control token: `Authorization: Bearer …` (RFC 6750; the scheme in any case),
 * or `X-Admin-Token` where the route takes it. Both are always compared, so that which of them was given does
 * not show in how long it takes.
 */
export function hasControlToken(
  request: Request,
  token: ControlToken,
  { adminHeader = false }: { readonly adminHeader?: boolean } = {},
): boolean {
  const given = [bearerOf(request), adminHeader ? request.headers.get("x-admin-token") : null];
  return given.map((one) => token.matches(one ?? "") && one !== null).includes(true);
}

function bearerOf(request: Request): string | null {
  const value = request.headers.get("authorization") ?? "";
  return /^bearer /i.test(value) ? value.slice("bearer ".length) : null;
}
