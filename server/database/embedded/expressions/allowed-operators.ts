import { arrayOperators } from './array-operators.ts';
import { dateOperators } from './date-operators.ts';
import { logicOperators } from './logic-operators.ts';
import { numberOperators } from './number-operators.ts';
import type { Operator } from './operator.ts';
import { textOperators } from './text-operators.ts';

/** Every operator that an expression may use; any other is an error. */
export const allowedOperators: Readonly<Record<string, Operator>> = {
  ...logicOperators,
  ...numberOperators,
  ...arrayOperators,
  ...textOperators,
  ...dateOperators,
};
