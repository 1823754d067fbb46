import type { Role } from './contract.ts';

/**
 * What the asker can do to a record as it stands: every command that one of their roles may send and that its state allows. Routes
 * take their roles from the same table, so that a button is never offered that would be refused for its role.
 */
export function actionsOn<Command extends string>(
  rolesByCommand: Readonly<Record<Command, readonly Role[]>>,
  asker: readonly Role[],
  isPossible: (command: Command) => boolean,
): Command[] {
  return (Object.keys(rolesByCommand) as Command[]).filter(
    (command) => isPossible(command) && rolesByCommand[command].some((role) => asker.includes(role)),
  );
}
