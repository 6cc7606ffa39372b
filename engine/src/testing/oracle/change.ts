import { type Expression, evaluate, type SeenRow, tableName, toBoolExp, type View } from './expression.ts';
import { type Asked, clientScope, type Scope, toGraphQL } from './query.ts';
import { rowsOf } from './role-view.ts';
import { drawExpression, labelOf, type Permission, pick, type Table } from './world.ts';

/** A change that leaves every row as it is, of those that the role may change; undefined where it may not. */
export function drawUpdate(scope: Scope, role: string): Asked<undefined> | undefined {
  const { draw, world, view, session } = scope;
  const permissions = world.roles[role] ?? {};
  const changeable = Object.keys(permissions).map(Number);
  if (changeable.length === 0) return undefined;
  const index = pick(draw, changeable);
  const { filter, check } = (permissions[index] as Permission).update;
  const where = drawExpression(clientScope(scope), index, 2);
  const name = tableName(index);
  const everything: View = (table) =>
    (world.tables[table] as Table).rows.map((row) => ({ raw: row, cells: row }));
  const isTrue = (expression: Expression, row: SeenRow, over: View): boolean =>
    evaluate(expression, row, over, session) === true;
  return {
    text: `mutation { root: update_${name}(where: ${toGraphQL(toBoolExp(where))}, _inc: {id: 0}) { returning { id } } }`,
    answer: () => {
      // The client's own conditions are asked of each row as it is, of others as the role sees them.
      const labelled = everything(index).map(({ raw }) => ({
        raw,
        cells: { ...raw, label: labelOf(world.tables[index] as Table, raw) },
      }));
      const changed = labelled.filter(
        (row) => isTrue(filter, row, everything) && isTrue(where, row, rowsOf(view)),
      );
      if (!changed.every((row) => isTrue(check, row, everything))) return 'permission-error';
      return { root: { returning: changed.map(({ raw }) => ({ id: raw.id })) } };
    },
  };
}
