import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { Histogram, type Registry } from 'prom-client';

/** Times every request by endpoint name, method and status; never by address, which anybody can make up. */
export function requestMetrics(registry: Registry): RequestHandler {
  const seconds = new Histogram({
    name: 'yuanbo_http_request_seconds',
    help: 'Time until the reply was written, by endpoint of the contract.',
    labelNames: ['endpoint', 'method', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  return (request: Request, response: Response, next: NextFunction) => {
    const beganMs = performance.now();
    response.on('finish', () => {
      const endpoint = String(response.locals['endpoint'] ?? 'other');
      const method = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(request.method) ? request.method : 'other';
      seconds.observe({ endpoint, method, status: response.statusCode }, (performance.now() - beganMs) / 1000);
    });
    next();
  };
}
