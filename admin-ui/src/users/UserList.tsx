import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { Mark } from '../components/Mark.tsx';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { ListSearch, ListSelect } from '../list/ListFilters.tsx';
import { ListPage } from '../list/ListPage.tsx';
import type { Column } from '../list/types.ts';
import { vendorPath } from '../vendors/paths.ts';
import { USERS, userPath } from './paths.ts';
import { UserState } from './UserState.tsx';

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly disabled_at: string | null;
  readonly created_at: string;
  readonly vendor: { readonly id: string; readonly name: string } | null;
}

const columns: readonly Column<UserRow>[] = [
  {
    key: 'email',
    label: 'users.columns.email',
    sortBy: 'email',
    ascendingFirst: true,
    render: (user) => (
      <Link component={RouterLink} to={userPath(user.id)} sx={{ color: 'text.primary', fontWeight: 500 }}>
        {user.email}
      </Link>
    ),
  },
  { key: 'role', label: 'users.columns.role', width: 160, render: (user) => <UserRole role={user.role} /> },
  {
    key: 'vendor',
    label: 'users.columns.vendor',
    width: '26%',
    render: ({ vendor }) =>
      vendor && (
        <Link component={RouterLink} to={vendorPath(vendor.id)}>
          {vendor.name}
        </Link>
      ),
  },
  {
    key: 'state',
    label: 'users.columns.state',
    width: 130,
    render: (user) => <UserState disabledAt={user.disabled_at} />,
  },
  {
    key: 'since',
    label: 'users.columns.since',
    sortBy: 'created_at',
    width: 140,
    render: (user) => <TimeAgo at={user.created_at} />,
  },
];

/** Which app a user signs in to. */
export function UserRole({ role }: { readonly role: string }) {
  const text = useText();
  return role === 'admin' ? (
    <Mark kind="info" icon="lock">
      {text('users.roles.admin')}
    </Mark>
  ) : (
    <Mark kind="quiet" icon="store">
      {text('users.roles.vendor')}
    </Mark>
  );
}

/** Everybody who can sign in, or could. */
export function UserList() {
  const text = useText();
  return (
    <ListPage
      resource={USERS}
      title="users.title"
      sort={{ field: 'email', order: 'ASC' }}
      columns={columns}
      empty={{ icon: 'users', title: 'users.emptyTitle', body: 'users.emptyBody' }}
      filters={
        <>
          <ListSearch label={text('users.search')} />
          <ListSelect
            name="role"
            label={text('users.columns.role')}
            any={text('users.anyRole')}
            choices={[
              { value: 'vendor', label: text('users.roles.vendor') },
              { value: 'admin', label: text('users.roles.admin') },
            ]}
          />
          <ListSelect
            name="state"
            label={text('users.columns.state')}
            any={text('users.anyState')}
            choices={[
              { value: 'enabled', label: text('users.enabled') },
              { value: 'disabled', label: text('users.disabled') },
            ]}
          />
        </>
      }
    />
  );
}
