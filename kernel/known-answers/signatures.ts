import { isWeakKey } from "../crypto/weak-key.ts";
import { fromHex } from "../encoding.ts";
import { accept, type KnownAnswer, type Run, refuse } from "./answer.ts";

const HONEST_KEY = "0d7550754e0800a5d237eef5826035766b9b3e5a15868a940ab289958788e3b0";
/** "a receipt is a statement, a signature is an oath" */
const MESSAGE =
  "61207265636569707420697320612073746174656d656e742c2061207369676e617475726520697320616e206f617468";
const R = "bd912241b36fad129e3bd9a069681ebd243e732fab755f5e443dfc06d1eada58";
const S = "85f805153b7a516e446947d52d24b08dbe95eb15b66911c1951d946081943f09";

const IDENTITY = `01${"00".repeat(31)}`;
const ZERO = "00".repeat(32);
/** The identity with y + p for y, and with the sign of x = 0 set: other spellings of one point. */
const IDENTITY_BEYOND_P = `ee${"ff".repeat(30)}7f`;
const IDENTITY_SIGNED = `01${"00".repeat(30)}80`;
/** An honest key plus a point of order 8. */
const TORSIONED_KEY = "bdd76bd2a46ce950bb070363238dca3b9a8863d0f2921ae3fefe239b00b79008";

/** Does the backend take this signature? Key, message and signature in hexadecimal. */
function signature(key: string, message: string, text: string): Run {
  return (_, backend) => backend.verify(octets(key), octets(message), octets(text));
}

function octets(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array();
}

/**
 * The protocol's signature rule, on both of its edges: what other rules refuse and this one accepts, and
 * what a rule with the cofactor accepts and this one refuses. Made for this list, or from RFC 8032.
 */
export const SIGNATURE_ANSWERS: readonly KnownAnswer[] = [
  accept(
    "ed25519-rfc8032-test-1",
    signature(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
  ),
  accept(
    "ed25519-rfc8032-test-2",
    signature(
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
  ),
  accept(
    "ed25519-rfc8032-test-3",
    signature(
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
  ),
  accept("ed25519-honest", signature(HONEST_KEY, MESSAGE, R + S)),
  accept(
    "ed25519-identity-as-r",
    signature(
      HONEST_KEY,
      MESSAGE,
      `${IDENTITY}b2df17e90d57a4a61aa8fa093cd7f659e5d52fefdfe36c8ed9cc93bdb90d340f`,
    ),
  ),
  accept("ed25519-small-order-key", signature(IDENTITY, MESSAGE, IDENTITY + ZERO)),
  accept("ed25519-key-beyond-p", signature(IDENTITY_BEYOND_P, MESSAGE, IDENTITY + ZERO)),
  accept("ed25519-key-signed-zero", signature(IDENTITY_SIGNED, MESSAGE, IDENTITY + ZERO)),
  accept(
    "ed25519-torsioned-key-cofactorless",
    signature(
      TORSIONED_KEY,
      MESSAGE,
      "b3167e1b8bd4ab7d9858f81f3caacf60f0f6d4934f91be52ca4ea72885df4d8db23d90d5fc4fb691cd4a0cb4e8d35b786837b795d2e9befa4bac1ec26e1b9809",
    ),
  ),
  refuse("ed25519-flipped-message", signature(HONEST_KEY, `60${MESSAGE.slice(2)}`, R + S)),
  refuse("ed25519-flipped-r", signature(HONEST_KEY, MESSAGE, `bc${R.slice(2)}${S}`)),
  refuse("ed25519-flipped-s", signature(HONEST_KEY, MESSAGE, `${R}84${S.slice(2)}`)),
  refuse("ed25519-other-key", signature(TORSIONED_KEY, MESSAGE, R + S)),
  refuse("ed25519-short-message", signature(HONEST_KEY, MESSAGE.slice(2), R + S)),
  refuse(
    "ed25519-s-plus-group-order",
    signature(
      HONEST_KEY,
      MESSAGE,
      `${R}72ccfb7155dd63c61a063f780c1e8fa2be95eb15b66911c1951d946081943f19`,
    ),
  ),
  refuse(
    "ed25519-r-beyond-p",
    signature(
      HONEST_KEY,
      MESSAGE,
      `${IDENTITY_BEYOND_P}fcb8020db95fb8ec512dca9b90554717e10a1c41235bc4fa2815f1778314c302`,
    ),
  ),
  refuse(
    "ed25519-torsioned-r-cofactor-only",
    signature(
      HONEST_KEY,
      MESSAGE,
      "c071b7719870acebe8257c09074a37feef0f7eac8adbc2d2d2b6ee9d0bbb8abd33c348762c9f36f69b4b8ccef70d9cd8570211d5b4871985bf7c0f61b2c65b01",
    ),
  ),
  refuse(
    "ed25519-torsioned-key-cofactor-only",
    signature(
      TORSIONED_KEY,
      MESSAGE,
      "1d84c09c915b1e355f4130b3950f6754270b37696f36f1b6ca5d4a9b4cf488606935600403b6a039c8e120742541a0099050c0b030cc540fd158895942155106",
    ),
  ),
  accept("key-honest", () => !isWeakKey(octets(HONEST_KEY))),
  refuse("key-small-order", () => !isWeakKey(octets(IDENTITY))),
  refuse("key-beyond-p", () => !isWeakKey(octets(IDENTITY_BEYOND_P))),
  refuse("key-torsioned", () => !isWeakKey(octets(TORSIONED_KEY))),
];
