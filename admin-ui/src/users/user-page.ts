import type { UserPageQuery } from '../gql/graphql.ts';

/** A user as their page shows them. */
export type UserPageUser = UserPageQuery['user'][number];
