/** A statement's text: bundlers and the test runner hand it over as it stands in the file. */
declare module "*.sql" {
  const text: string;
  export default text;
}
