import { useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import fieldStyles from '../../components/Field.module.css';
import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './LocationList.module.css';
import { addressLine, type Location } from './location.ts';

/** Fewer than this are taken in at a glance. */
const worthSearching = 9;
const atATime = 24;

/** Props of the list of locations. */
export interface LocationListProps {
  locations: readonly Location[];
  onEdit: (location: Location) => void;
  onRemove: (location: Location) => void;
}

/** Every location as a card, with a search field once there are many. */
export function LocationList({ locations, onEdit, onRemove }: LocationListProps) {
  const { locations: texts, common } = useMessages();
  const id = useId();
  const [wanted, setWanted] = useState('');
  const [most, setMost] = useState(atATime);
  const words = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = locations.filter((location) => {
    const text = `${location.name} ${addressLine(location)}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      {locations.length >= worthSearching && (
        <div className={styles.search}>
          <label className={fieldStyles.label} htmlFor={id}>
            {texts.search}
          </label>
          <div className={styles.box}>
            <Icon name="search" />
            <input
              id={id}
              className={fieldStyles.input}
              type="search"
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
            />
          </div>
          <output htmlFor={id}>{found.length === 0 ? texts.nothingFound : texts.found(found.length)}</output>
        </div>
      )}
      <ul className={styles.list}>
        {found.slice(0, most).map((location) => (
          <li key={location.id} className={styles.card}>
            <div className={styles.facts}>
              <span className={styles.pin}>
                <Icon name="pin" />
              </span>
              <div>
                <h2>{location.name}</h2>
                <p>{location.address}</p>
                <p>
                  <bdi>{location.city}</bdi>, <bdi>{location.country}</bdi>
                </p>
              </div>
            </div>
            <div className={styles.actions}>
              <Button
                kind="quiet"
                small
                aria-label={texts.edit(location.name)}
                onClick={() => onEdit(location)}
              >
                {texts.editShort}
              </Button>
              <Button
                kind="quiet"
                small
                aria-label={texts.remove(location.name)}
                onClick={() => onRemove(location)}
              >
                {texts.removeShort}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {found.length > most && (
        <Button className={styles.more} onClick={() => setMost(most + atATime)}>
          {common.showMore}
        </Button>
      )}
    </>
  );
}
