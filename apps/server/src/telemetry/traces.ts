/** Spans of what the server does, nested as it runs. */
export interface Traces {
  /** Runs work as a span below the one that runs now. An error marks it by its kind; what it says is not kept. */
  span<T>(name: string, work: () => Promise<T>, facts?: Readonly<Record<string, string>>): Promise<T>;
  /** Begins a span below the one that runs now, for what does not end with a promise. @returns what ends it */
  begin(name: string): () => void;
  /** Sends what waits. */
  stop(): Promise<void>;
}

/** Where nobody collects them. */
const noTraces: Traces = {
  span: (_name, work) => work(),
  begin: () => () => undefined,
  stop: async () => undefined,
};

/**
 * Collects traces for the OTLP endpoint, or none. The libraries are loaded only where one is set.
 *
 * @param endpoint as in `OTEL_EXPORTER_OTLP_ENDPOINT`, such as `http://127.0.0.1:4318`
 */
export async function openTraces(endpoint: string | undefined, version: string): Promise<Traces> {
  if (endpoint === undefined) return noTraces;
  const [api, sdk, { OTLPTraceExporter }, { AsyncLocalStorageContextManager }, { resourceFromAttributes }] =
    await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/context-async-hooks"),
      import("@opentelemetry/resources"),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ "service.name": "doorstep", "service.version": version }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
  });
  const contexts = new AsyncLocalStorageContextManager();
  api.context.setGlobalContextManager(contexts.enable());
  const tracer = provider.getTracer("doorstep", version);
  return {
    span: (name, work, facts = {}) =>
      tracer.startActiveSpan(name, { attributes: facts }, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "" });
          throw error;
        } finally {
          span.end();
        }
      }),
    begin: (name) => {
      const span = tracer.startSpan(name);
      return () => span.end();
    },
    stop: async () => {
      await provider.shutdown();
      api.context.disable();
    },
  };
}
