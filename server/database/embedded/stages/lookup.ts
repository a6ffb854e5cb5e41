import { isDocument, type BsonDocument } from '../bson-document.ts';
import { badValue } from '../database-error.ts';
import { compileExpression, type Variables } from '../expressions/expression.ts';
import { operandFields } from '../expressions/operator.ts';
import { leafValues, splitPath } from '../field-path.ts';
import { regexParts } from '../regex.ts';
import { compileAddedFields } from '../project.ts';
import type { Stage, StageContext } from './stage.ts';

const text = (value: unknown, name: string): string => {
  if (typeof value === 'string') return value;
  throw badValue(`$lookup argument '${name}' must be a string`);
};

/** The filter that finds the documents of the other collection which belong to a document of this one. */
function joinFilter(document: BsonDocument, localParts: readonly string[], foreignField: string): BsonDocument {
  const leaves = leafValues(document, localParts).flatMap((leaf) =>
    Array.isArray(leaf) ? (leaf as unknown[]) : [leaf],
  );
  const values = leaves.map((value) => value ?? null);
  if (values.some((value) => typeof value !== 'string' && regexParts(value) !== undefined)) {
    throw badValue('$lookup cannot join on regular expressions');
  }
  return { [foreignField]: { $in: values.length === 0 ? [null] : values } };
}

/** `$lookup`: adds the matching documents of another collection, found through its indexes. */
export function compileLookup(operand: unknown, context: StageContext): Stage {
  const fields = operandFields('$lookup', operand, ['from', 'as'], ['localField', 'foreignField', 'let', 'pipeline']);
  const from = text(fields['from'], 'from');
  const inner = (fields['pipeline'] ?? []) as readonly BsonDocument[];
  const bindings = Object.entries(isDocument(fields['let']) ? fields['let'] : {}).map(
    ([name, value]) => [name, compileExpression(value, context.variables)] as const,
  );
  const joins = fields['localField'] !== undefined || fields['foreignField'] !== undefined;
  if (!joins && fields['pipeline'] === undefined)
    throw badValue('$lookup needs localField and foreignField, or a pipeline');
  const localParts = joins ? splitPath(text(fields['localField'], 'localField')) : [];
  const foreignField = joins ? text(fields['foreignField'], 'foreignField') : '';

  function matching(document: BsonDocument): readonly BsonDocument[] {
    const variables: Variables = new Map([
      ...context.variables,
      ...bindings.map(([name, value]) => [name, value(document)] as const),
    ]);
    const stages = joins ? [{ $match: joinFilter(document, localParts, foreignField) }, ...inner] : inner;
    return [...context.pipelines.run({ ...context, variables }, from, stages)];
  }
  const as = text(fields['as'], 'as');
  return function* lookup(documents) {
    for (const document of documents) {
      const found = matching(document);
      yield compileAddedFields({ [as]: 0 }, () => () => found)(document);
    }
  };
}
