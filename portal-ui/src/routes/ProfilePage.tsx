import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { LoadingOrFailed } from '../app/LoadingOrFailed.tsx';
import pageStyles from '../app/Page.module.css';
import { ListSkeleton } from '../app/PageSkeleton.tsx';
import { LanguageChoice, SchemeChoice } from '../app/Preferences.tsx';
import { profilePath } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { Icon } from '../components/Icon.tsx';
import { Panel } from '../components/Panel.tsx';
import { ProfileForm } from '../features/profile/ProfileForm.tsx';
import { ChangePasswordForm } from '../features/session/ChangePasswordForm.tsx';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { TierBadge } from '../features/tiers/TierBadge.tsx';
import { useTierAccess } from '../features/tiers/useTierAccess.ts';
import { graphql } from '../gql/gql.ts';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import styles from './ProfilePage.module.css';

const ProfileDocument = graphql(`
  query Profile($vendorId: uuid!) {
    vendors_by_pk(id: $vendorId) {
      ...ProfileVendor
      ...AccountVendor
    }
  }
`);

/** The vendor's own page: name and address, password, and how the portal behaves on this device. */
export function ProfilePage() {
  const { titles, profile } = useMessages();
  const user = useSessionUser();
  const { id } = useParams();
  usePageTitle(titles.profile);
  if (id === user.vendorId) return <OwnProfile />;
  return (
    <>
      <h1 className="visually-hidden">{titles.profile}</h1>
      <EmptyState
        icon="lock"
        title={profile.foreignTitle}
        body={profile.foreignBody}
        action={<ButtonLink to={profilePath(user.vendorId)}>{profile.foreignAction}</ButtonLink>}
      />
    </>
  );
}

function OwnProfile() {
  const messages = useMessages();
  const { titles, profile, password, nav, locale } = messages;
  const user = useSessionUser();
  const signOut = useSignOut();
  const { data, error, refetch } = useQuery(ProfileDocument, { variables: { vendorId: user.vendorId } });
  const vendor = data?.vendors_by_pk;
  const { access } = useTierAccess(vendor);
  if (!vendor) {
    return (
      <LoadingOrFailed
        title={titles.profile}
        error={error}
        isGone={data !== undefined}
        onRetry={() => void refetch().catch(() => undefined)}
        skeleton={<ListSkeleton />}
      />
    );
  }
  return (
    <>
      <div className={pageStyles.headline}>
        <h1>{profile.heading}</h1>
      </div>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Panel
            title={profile.businessHeading}
            lead={profile.lead}
            action={access && <TierBadge level={access.badge.level} name={access.badge.name} />}
          >
            <dl className={styles.facts}>
              <div>
                <dt>{profile.address}</dt>
                <dd>{vendor.slug}</dd>
              </div>
              <div>
                <dt>{profile.memberSince}</dt>
                <dd>
                  <time dateTime={vendor.created_at}>
                    {new Date(vendor.created_at).toLocaleDateString(locale, { dateStyle: 'long' })}
                  </time>
                </dd>
              </div>
            </dl>
            <ProfileForm vendor={vendor} />
          </Panel>
        </div>
        <div className={styles.column}>
          <Panel title={password.changeHeading} lead={password.changeLead}>
            <ChangePasswordForm />
          </Panel>
          <Panel title={profile.preferences}>
            <LanguageChoice />
            <SchemeChoice />
          </Panel>
          <Panel title={profile.sessions} lead={profile.sessionsLead}>
            <div>
              <Button small onClick={() => void signOut({ everywhere: true })}>
                <Icon name="lock" size={16} />
                {nav.signOutEverywhere}
              </Button>
            </div>
          </Panel>
        </div>
      </div>
    </>
  );
}
