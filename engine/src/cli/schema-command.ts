import { createEngine } from '../engine.ts';
import { openProject } from '../metadata/open-project.ts';
import { schemaSettingsOf } from '../schema-settings.ts';
import { schemaOptions } from '../serving-state.ts';
import type { CliOptions, Environment } from './cli-options.ts';
import { readDatabaseUrl, readProject } from './project-options.ts';
import { UsageError } from './usage-error.ts';

/** `schema --role R`: the SDL that the role sees, on standard output. */
export async function runSchema(options: CliOptions, environment: Environment): Promise<void> {
  const { role } = options;
  if (!role) throw new UsageError('--role must name the role whose schema is wanted.');
  const project = await openProject(readProject(options), readDatabaseUrl(options, environment), environment);
  for (const warning of project.warnings) console.error(warning);
  const engine = await createEngine({
    databaseUrl: project.databaseUrl,
    metadata: project.metadata,
    environment,
    ...schemaOptions(schemaSettingsOf(environment)),
    events: false,
  });
  try {
    for (const { type, name, reason } of engine.inconsistencies) {
      console.error(`inconsistent ${type} ${name}: ${reason}`);
    }
    console.log(engine.printSchema(role));
  } finally {
    await engine.close();
  }
}
