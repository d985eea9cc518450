/** One figure of a section. */
export function row(name: string, value: string): void {
  say(`  ${name.padEnd(44)} ${value}`);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
