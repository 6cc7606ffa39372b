import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { LoadingOrFailed } from '../app/LoadingOrFailed.tsx';
import pageStyles from '../app/Page.module.css';
import { ListSkeleton } from '../app/PageSkeleton.tsx';
import { locationParams } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { Icon } from '../components/Icon.tsx';
import { useToast } from '../components/Toasts.tsx';
import { LocationDialog } from '../features/locations/LocationDialog.tsx';
import { LocationLimit } from '../features/locations/LocationLimit.tsx';
import { LocationList } from '../features/locations/LocationList.tsx';
import { RemoveLocationDialog } from '../features/locations/RemoveLocationDialog.tsx';
import { LocationsMeter } from '../features/tiers/LocationsMeter.tsx';
import type { TierAccess } from '../features/tiers/tier-access.ts';
import { tierHue } from '../features/tiers/tier-hue.ts';
import { useTierAccess } from '../features/tiers/useTierAccess.ts';
import type { LocationsVendorFragment } from '../gql/graphql.ts';
import { isolated } from '../lib/isolated.ts';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import styles from './LocationsPage.module.css';
import { useLocationsData } from './locations-data.ts';

/** Where the vendor's customers find them, within what the tier covers. */
export function LocationsPage() {
  const { titles } = useMessages();
  const user = useSessionUser();
  const { vendor, isLoaded, isFeatureOn, error, refetch } = useLocationsData(user.vendorId);
  const { access, error: tiersError, retry } = useTierAccess(vendor);
  usePageTitle(titles.locations);
  // What fails again is shown again by the query itself.
  const refresh = () => void refetch().catch(() => undefined);
  if (vendor && access)
    return <Locations vendor={vendor} access={access} isFeatureOn={isFeatureOn} refresh={refresh} />;
  return (
    <LoadingOrFailed
      title={titles.locations}
      error={error ?? tiersError}
      isGone={isLoaded && !vendor}
      onRetry={() => {
        refresh();
        retry();
      }}
      skeleton={<ListSkeleton />}
    />
  );
}

interface LocationsProps {
  vendor: LocationsVendorFragment;
  access: TierAccess;
  isFeatureOn: boolean;
  refresh: () => void;
}

function Locations({ vendor, access, isFeatureOn, refresh }: LocationsProps) {
  const { locations: texts } = useMessages();
  const user = useSessionUser();
  const toast = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  const [search, setSearch] = useSearchParams();
  const { locations } = vendor;
  const { left } = access.locationRoom(locations.length);
  const max = access.maxLocations;
  const hasRoom = left === null || left > 0;
  const find = (param: string) => locations.find(({ id }) => id === search.get(param));
  const edited = find(locationParams.edit);
  const removed = find(locationParams.remove);
  const isAddWanted = search.has(locationParams.add);
  // A form that is open stays, whoever takes the last place meanwhile.
  const [wasOpened, setOpened] = useState(false);
  const isAdding = isAddWanted && (hasRoom || wasOpened);
  useEffect(() => {
    setOpened(isAdding);
    // A link that comes when all is full must not open the form later, when a place is free again.
    if (isAddWanted && !isAdding) setSearch({}, { replace: true });
  }, [isAddWanted, isAdding, setSearch]);

  const open = (param: string, id = '') => setSearch({ [param]: id });
  const close = () => setSearch({}, { replace: true });
  const isEditedGone = search.has(locationParams.edit) && !edited;
  useEffect(() => {
    if (!isEditedGone) return;
    toast({ tone: 'info', text: texts.gone });
    setSearch({}, { replace: true });
  }, [isEditedGone, toast, texts, setSearch]);
  const [changes, setChanges] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button that led here may go with its card, a moment later
  useEffect(() => {
    if (changes > 0 && document.activeElement === document.body) heading.current?.focus();
  }, [changes, locations.length]);
  function finish(text: string) {
    toast({ tone: 'success', text });
    close();
    refresh();
    setChanges((before) => before + 1);
  }

  return (
    <>
      <div className={pageStyles.headline}>
        <h1 ref={heading} tabIndex={-1}>
          {texts.heading}
        </h1>
        {hasRoom && locations.length > 0 && (
          <Button kind="primary" onClick={() => open(locationParams.add)}>
            <Icon name="plus" size={18} />
            {texts.add}
          </Button>
        )}
      </div>
      <div className={`${styles.meter} ${tierHue(access.level)}`}>
        <LocationsMeter access={access} used={locations.length} />
      </div>
      {!hasRoom && max !== null && (
        <LocationLimit
          access={access}
          max={max}
          over={left < 0 ? -left : 0}
          isPending={vendor.newest[0]?.status === 'pending'}
          canAsk={isFeatureOn && access.canGrow}
        />
      )}
      {locations.length === 0 ? (
        <EmptyState
          icon="pin"
          title={texts.emptyTitle}
          body={texts.emptyBody}
          action={
            <Button kind="primary" onClick={() => open(locationParams.add)}>
              {texts.add}
            </Button>
          }
        />
      ) : (
        <LocationList
          locations={locations}
          onEdit={({ id }) => open(locationParams.edit, id)}
          onRemove={({ id }) => open(locationParams.remove, id)}
        />
      )}
      {(isAdding || edited) && (
        <LocationDialog
          key={edited?.id ?? 'new'}
          userId={user.id}
          location={edited}
          knownIds={locations.map(({ id }) => id)}
          warning={hasRoom ? (left === 1 ? texts.lastOne : undefined) : texts.takenMeanwhile}
          isFull={!hasRoom}
          onClose={close}
          onSaved={(name) => finish((edited ? texts.saved : texts.added)(isolated(name)))}
        />
      )}
      {removed && (
        <RemoveLocationDialog
          location={removed}
          coveredOnly={max !== null && left !== null && left < 0 ? max : undefined}
          onClose={close}
          onRemoved={(name) => finish(texts.removed(isolated(name)))}
        />
      )}
    </>
  );
}
