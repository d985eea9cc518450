/** The one public door of the kernel: explicit names, nothing else leaves. */
export { isSubsetOf } from "./capability/attenuation.ts";
export { checkDpop, signDpopProof } from "./capability/dpop.ts";
export type { Capability, Scope, ToolGrant } from "./capability/model.ts";
export { readCapability } from "./capability/read.ts";
export { type MatchedGrant, resolveMatchingGrants } from "./capability/scope.ts";
export { signDelegationLink, signToken } from "./capability/sign.ts";
export {
  inspectToken,
  type TimeStatus,
  type TokenFacts,
  type TokenInspection,
  timeStatus,
} from "./capability/token.ts";
export { verifyCapability } from "./capability/verify.ts";
export type { Check, CheckName, Note, Outcome } from "./check.ts";
export {
  type ChainLink,
  chainLeaf,
  isUnlinked,
  logId,
  type SuccessionProblem,
  verifySuccession,
} from "./checkpoint/chain.ts";
export { verifyConsistencyV2 } from "./checkpoint/consistency.ts";
export {
  deriveConsistencyV1,
  derivePublication,
  deriveWitness,
  type RecordDifference,
  recordDifference,
} from "./checkpoint/derived.ts";
export {
  type EquivocationKind,
  equivocationRecord,
  findEquivocation,
} from "./checkpoint/equivocation.ts";
export { type CheckpointInspection, inspectCheckpoint } from "./checkpoint/inspect.ts";
export { signCheckpoint } from "./checkpoint/sign.ts";
export type { CheckpointFacts } from "./checkpoint/statement.ts";
export { verifyEcdsa } from "./crypto/ecdsa.ts";
export { publicKeyOf, sign, verifySignature } from "./crypto/ed25519.ts";
export {
  type PublicKey,
  parsePublicKey,
  parseSignature,
  type SignatureValue,
  type Spelling,
} from "./crypto/key.ts";
export { purePrimitives, sha256 } from "./crypto/sha256.ts";
export { isPublicTestKey } from "./crypto/test-seeds.ts";
export { isWeakKey, type KeyWeakness, weakness } from "./crypto/weak-key.ts";
export { authorizeCost } from "./economics/authorize.ts";
export { groupBudget } from "./economics/group-budget.ts";
export { concatBytes, equalBytes, fromHex, toHex, utf8 } from "./encoding.ts";
export { evaluate } from "./evaluate.ts";
export type { ToolCall } from "./evaluation/call.ts";
export { DENY, type DenyCode } from "./evaluation/deny-codes.ts";
export type { Evaluation, EvaluationRequest, KernelContext } from "./evaluation/model.ts";
export { presentedCapability, readCallRequest } from "./evaluation/read-request.ts";
export { receiptBody, signReceipt } from "./evaluation/receipt.ts";
export { FINDINGS, type FindingCode, type FindingGroup, type Severity } from "./findings.ts";
export type { Guard, GuardFactory } from "./guards/guard.ts";
export { runGuards } from "./guards/pipeline.ts";
export { canonicalize, canonicalizeCcEscape, hasCcCharacter } from "./json/canonicalize.ts";
export { type JsonProblem, type ParsedJson, parseJson } from "./json/parse.ts";
export { childPointer, locate, resolvePointer } from "./json/pointer.ts";
export {
  asText,
  asU64,
  isArray,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  member,
} from "./json/value.ts";
export { leafHash, nodeHash } from "./merkle/hasher.ts";
export {
  type ConsistencyProblem,
  type ConsistencyProof,
  type InclusionProblem,
  type InclusionProof,
  rootFromInclusionProof,
  verifyConsistency,
} from "./merkle/proof.ts";
export { type LeafHashes, type MerkleTree, merkleRoot, merkleTree } from "./merkle/tree.ts";
export { compilePolicy } from "./policy/compile.ts";
export { defaultPolicy } from "./policy/defaults.ts";
export { loadPolicy } from "./policy/load.ts";
export type { Primitives } from "./primitives.ts";
export type { FieldCoverage } from "./receipt/coverage.ts";
export { type DecisionName, resultLabel } from "./receipt/decision.ts";
export { detectForm, type ReceiptForm } from "./receipt/detect.ts";
export type { EvidenceFact, ReceiptFacts } from "./receipt/facts.ts";
export { inspectReceipt, type ReceiptInspection } from "./receipt/inspect.ts";
export type { LeafCandidate } from "./receipt/leaf.ts";
export { actionOf, signChild, signHttp, signPreV1, signV1 } from "./receipt/sign.ts";
export { verdictObject } from "./receipt/verdict-object.ts";
export type { CompilePattern } from "./regex.ts";
export { err, ok, type Result } from "./result.ts";
export {
  type ClaimOutcome,
  checkClaim,
  type Preimage,
  type PreimageName,
  type SignatureBackend,
  type SignatureClaim,
} from "./signature.ts";
export { type Signer, type SigningKey, signerOf } from "./signer.ts";
export {
  bindsItsIdentity,
  type KeyBindingFacts,
  keyBindingFacts,
} from "./statement/key-binding.ts";
export {
  inspectStatement,
  type StatementForm,
  type StatementInspection,
} from "./statement/signed-statement.ts";
export { inspectToolManifest, type ToolManifestInspection } from "./statement/tool-manifest.ts";
export {
  type KeyStanding,
  keyStanding,
  type TrustBundle,
  trustBundle,
} from "./trust/trust-bundle.ts";
export {
  canonicalTrustText,
  parseTrustFile,
  signTrustFile,
  TRUST_ROLES,
  TRUST_SCHEMA,
  type TrustFile,
  type TrustKey,
  type TrustProblem,
  type TrustRole,
} from "./trust/trust-file.ts";
