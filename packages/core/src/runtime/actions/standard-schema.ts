/**
 * The common interface of schema libraries (zod, valibot, arktype …): https://standardschema.dev. It types the steps of
 * a host with any of these libraries, in any version.
 */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** Returns all issues in one line. */
export function describeIssues(issues: NonNullable<StandardResult<unknown>['issues']>): string {
  return issues
    .map(({ message, path = [] }) =>
      [...path.map((part) => String(typeof part === 'object' ? part.key : part)), message].join(': '),
    )
    .join('; ');
}
