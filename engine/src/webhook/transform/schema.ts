import { z } from 'zod';

/** `request_transform` and `response_transform` of the metadata, versions 1 and 2, as Hasura documents them. */

const template = z.string();
const engine = z.literal('Kriti', { error: 'Kriti is the only template engine' }).nullish();

const bodyV2 = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ action: z.literal('transform'), template }),
    z.strictObject({ action: z.literal('remove') }),
    z.strictObject({
      action: z.literal('x_www_form_urlencoded'),
      form_template: z.record(z.string(), template),
    }),
  ],
  { error: 'expected action transform, remove or x_www_form_urlencoded' },
);

const common = {
  template_engine: engine,
  method: z.string().nullish(),
  url: template.nullish(),
  content_type: z.string().nullish(),
  query_params: z.union([z.record(z.string(), template.nullable()), template, z.null()]).optional(),
  request_headers: z
    .strictObject({
      add_headers: z.record(z.string(), template).nullish(),
      remove_headers: z.array(z.string()).nullish(),
    })
    .nullish(),
};

const version1 = z.literal(1, { error: 'expected 1 or 2' }).nullish();
const requestV1 = z.strictObject({ ...common, version: version1, body: template.nullish() });
const requestV2 = z.strictObject({ ...common, version: z.literal(2), body: bodyV2.nullish() });
const responseV1 = z.strictObject({ version: version1, template_engine: engine, body: template.nullish() });
const responseV2 = z.strictObject({
  version: z.literal(2),
  template_engine: engine,
  body: z
    .discriminatedUnion(
      'action',
      [
        z.strictObject({ action: z.literal('transform'), template }),
        z.strictObject({ action: z.literal('remove') }),
      ],
      { error: 'expected action transform or remove' },
    )
    .nullish(),
});

/** A request transform of either version. */
export type RequestTransform = z.infer<typeof requestV1> | z.infer<typeof requestV2>;
/** A response transform of either version. */
export type ResponseTransform = z.infer<typeof responseV1> | z.infer<typeof responseV2>;

/** The schema of a request transform's own version. */
export function requestSchema(raw: unknown): z.ZodType<RequestTransform> {
  return isVersion2(raw) ? requestV2 : requestV1;
}

/** The same for answers. */
export function responseSchema(raw: unknown): z.ZodType<ResponseTransform> {
  return isVersion2(raw) ? responseV2 : responseV1;
}

function isVersion2(raw: unknown): boolean {
  return (raw as { version?: unknown } | null)?.version === 2;
}
