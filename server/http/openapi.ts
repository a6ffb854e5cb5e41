import type { Express } from 'express';
import { z } from 'zod';
import type { Endpoint } from '../../media/contract/endpoint.ts';
import { reachOf } from '../../media/contract/permissions.ts';
import { problemSchema } from '../../media/contract/problem.ts';
import { contract } from '../../media/contract/table.ts';

/** Serves the contract as OpenAPI 3.1 at `/api/openapi.json`. */
export function mountOpenApi(app: Express): void {
  let text: string | undefined;
  app.get('/api/openapi.json', (_request, response) => {
    response.locals['endpoint'] = 'openapi';
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.type('json').send((text ??= JSON.stringify(openApiOf(contract))));
  });
}

/** Writes the table as an OpenAPI 3.1 document. */
export function openApiOf(table: Readonly<Record<string, Endpoint>>): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, line] of Object.entries(table)) {
    const path = line.path.replace(/:([A-Za-z]+)/g, '{$1}');
    (paths[path] ??= {})[line.method.toLowerCase()] = operation(name, line);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yuanbo 远播',
      version: '1',
      description: 'Times are UTC milliseconds; errors are RFC 9457 documents.',
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
    paths,
  };
}

function operation(name: string, line: Endpoint): object {
  const type = line.contentType?.split(';')[0] ?? 'application/json';
  const hasReply = !(line.reply instanceof z.ZodUndefined);
  return {
    operationId: name,
    summary: line.summary,
    ...permission(line),
    parameters: [
      ...parameters(line.params, 'path'),
      ...parameters(line.query, 'query'),
      ...(line.ifMatch ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }] : []),
    ],
    ...(line.body instanceof z.ZodUndefined ? {} : { requestBody: { content: requestContent(line) } }),
    responses: {
      [line.status]: {
        description: 'Done.',
        ...(hasReply ? { content: { [type]: { schema: jsonSchema(line.reply, 'output') } } } : {}),
        ...(line.isFile === true ? { content: { [type]: { schema: { type: 'string', format: 'binary' } } } } : {}),
      },
      ...(line.alsoStatus === undefined ? {} : { [line.alsoStatus]: { description: 'Taken note of.' } }),
      default: {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const requestContent = (line: Endpoint): object =>
  line.isRawBody === true
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: jsonSchema(line.body, 'input') } };

/** An empty requirement beside the token means that it is optional: what anybody may ask, and whoever signed in sees more of. */
function permission({ who }: Endpoint): object {
  if (who === 'public') return {};
  const isOpen = who !== 'signed-in' && reachOf(who, 'anonymous') !== undefined;
  return { security: [...(isOpen ? [{}] : []), { bearer: [] }], 'x-permission': who };
}

function parameters(schema: z.ZodType, where: 'path' | 'query'): readonly object[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: part,
  }));
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): object =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });
