import type { enAccount } from './en-account.ts';

/** Les textes français des pages du compte : connexion, mots de passe, profil, établissements, notifications. */
export const frAccount: typeof enAccount = {
  login: {
    heading: 'Heureux de vous revoir',
    lead: 'Connectez-vous pour voir votre niveau, vos avantages et vos demandes.',
    pitch: 'De la place pour grandir, niveau après niveau.',
    pitchBody: 'Voyez ce que votre niveau vous apporte, demandez le suivant et suivez la réponse en direct.',
    email: 'E-mail',
    password: 'Mot de passe',
    show: 'Afficher',
    hide: 'Masquer',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    submit: 'Se connecter',
    submitting: 'Connexion…',
    missingEmail: 'Saisissez l’adresse e-mail de votre compte.',
    badEmail: 'Cela ne ressemble pas encore à une adresse e-mail.',
    missingPassword: 'Saisissez votre mot de passe.',
    wrongCredentials:
      'Cette adresse et ce mot de passe ne correspondent à aucun compte. Vérifiez-les et réessayez.',
    wrongApp:
      'Ce compte est celui de la console de gestion. Ici, on se connecte avec un compte de commerçant.',
    ended:
      'Votre session a pris fin. Connectez-vous pour reprendre où vous en étiez ; votre saisie est conservée.',
    signedOut: 'Vous êtes déconnecté.',
    passwordSet: 'Votre mot de passe est enregistré. Connectez-vous avec lui.',
    forgot: 'Mot de passe oublié ?',
  },
  password: {
    forgotHeading: 'Mot de passe oublié ?',
    forgotLead:
      'Indiquez l’adresse avec laquelle vous vous connectez : nous y envoyons un lien pour en choisir un nouveau.',
    send: 'Envoyer le lien',
    sending: 'Envoi…',
    sentTitle: 'Consultez votre boîte de réception',
    sentBody: (email) =>
      `Si un compte utilise ${email}, un e-mail avec un lien est en route. Le lien est valable une heure et ne sert qu’une fois.`,
    sentHint:
      'Toujours rien après quelques minutes ? Regardez dans les indésirables, ou vérifiez l’adresse et recommencez.',
    another: 'Utiliser une autre adresse',
    backToSignIn: 'Retour à la connexion',
    resetHeading: 'Choisissez un mot de passe',
    resetLead: 'Il remplace le précédent et vous déconnecte de tous vos appareils.',
    newPassword: 'Nouveau mot de passe',
    rule: 'De 12 à 128 caractères. Quelques mots à la suite se retiennent bien et se devinent mal.',
    tooShort: (missing) =>
      missing === 1 ? 'Il manque encore 1 caractère.' : `Il manque encore ${missing} caractères.`,
    tooLong: 'Cela fait plus de 128 caractères.',
    invalidText: 'Il contient un caractère qui ne peut pas être enregistré.',
    set: 'Enregistrer le mot de passe',
    setting: 'Enregistrement…',
    deadTitle: 'Ce lien ne fonctionne plus',
    deadBody:
      'Un lien est valable une heure et ne sert qu’une fois. Demandez-en un nouveau, cela prend une minute.',
    deadInDoubt:
      'Votre premier essai a peut-être abouti sans que la réponse revienne. Connectez-vous avec le nouveau mot de passe ; sinon, demandez un nouveau lien.',
    askNew: 'Demander un nouveau lien',
    changeHeading: 'Mot de passe',
    changeLead: 'Un nouveau mot de passe vous déconnecte de tous vos autres appareils.',
    current: 'Mot de passe actuel',
    missingCurrent: 'Saisissez votre mot de passe actuel.',
    wrongCurrent: 'Ce n’est pas votre mot de passe actuel.',
    change: 'Changer le mot de passe',
    changing: 'Changement…',
    changed: 'Votre mot de passe est changé. Tous vos autres appareils sont déconnectés.',
    changeUnknown:
      'Aucune réponse n’est revenue : le mot de passe a peut-être changé, peut-être pas. Reconnectez-vous avec le nouveau ; si cela échoue, l’ancien vaut toujours.',
  },
  profile: {
    heading: 'Profil',
    lead: 'Ce que les administrateurs et les clients voient de vous.',
    businessHeading: 'Votre entreprise',
    name: 'Nom',
    email: 'E-mail de contact',
    emailHint: (login) =>
      `L’adresse où l’on joint votre entreprise. Vous continuez à vous connecter avec ${login}.`,
    missingName: 'Saisissez le nom de votre entreprise.',
    longName: 'Le nom ne doit pas dépasser 200 caractères.',
    badEmail: 'Cela ne ressemble pas encore à une adresse e-mail.',
    saved: 'Votre profil est enregistré.',
    unsaved: 'Pas encore enregistré. Votre saisie est conservée sur cet appareil.',
    discard: 'Annuler les modifications',
    preferences: 'Sur cet appareil',
    sessions: 'Appareils',
    sessionsLead: 'Vous déconnecte partout, ici aussi. Utile quand un appareil est perdu.',
    address: 'Adresse de votre page',
    memberSince: 'Chez Tierline depuis',
    foreignTitle: 'Ce n’est pas votre profil',
    foreignBody: 'Vous ne pouvez voir et modifier que le vôtre.',
    foreignAction: 'Aller à votre profil',
  },
  locations: {
    heading: 'Établissements',
    add: 'Ajouter un établissement',
    addTitle: 'Ajouter un établissement',
    editTitle: 'Modifier l’établissement',
    edit: (name) => `Modifier ${name}`,
    remove: (name) => `Supprimer ${name}`,
    editShort: 'Modifier',
    removeShort: 'Supprimer',
    name: 'Nom',
    nameHint: 'Le nom que lui donnent vos clients, par exemple « Rue du Port ».',
    address: 'Rue et numéro',
    city: 'Ville',
    country: 'Pays',
    missing: {
      name: 'Donnez-lui un nom.',
      address: 'Saisissez la rue.',
      city: 'Saisissez la ville.',
      country: 'Saisissez le pays.',
    },
    tooLong: (max) => `${max} caractères au plus.`,
    invalidText: 'Il contient un caractère qui ne peut pas être enregistré.',
    added: (name) => `${name} est ajouté.`,
    saved: (name) => `${name} est enregistré.`,
    removed: (name) => `${name} est supprimé.`,
    removeTitle: (name) => `Supprimer ${name} ?`,
    removeBody: 'Il disparaît aussitôt de votre page. Cette action est définitive.',
    removeOver: (max) =>
      `Vous avez plus d’établissements que votre niveau n’en couvre (${max}). Une fois supprimé, il ne pourra pas être ajouté de nouveau à ce niveau.`,
    removeConfirm: 'Oui, le supprimer',
    removeKeep: 'Le garder',
    removing: 'Suppression…',
    gone: 'Cet établissement n’existe plus.',
    emptyTitle: 'Pas encore d’établissement',
    emptyBody: 'Ajoutez les lieux où l’on vous trouve. Ils apparaissent aussitôt sur votre page.',
    search: 'Chercher un établissement',
    nothingFound: 'Aucun établissement ne correspond.',
    found: (count) => (count > 1 ? `${count} établissements` : `${count} établissement`),
    lastOne: 'Il reste une place. Ensuite, un niveau supérieur en ouvre d’autres.',
    takenMeanwhile:
      'La dernière place a été prise entre-temps, dans une autre fenêtre. Votre saisie reste ici jusqu’à ce qu’une place se libère.',
    fullTitle: (tier, max) =>
      max === 1
        ? `${tier} couvre 1 établissement, et il est utilisé`
        : `${tier} couvre ${max} établissements, et tous sont utilisés`,
    overTitle: (tier, max, over) =>
      `${tier} couvre ${max > 1 ? `${max} établissements` : '1 établissement'} ; vous en avez ${over} de plus`,
    overBody: 'Ils restent tous. Pour en ajouter, il faut un niveau supérieur.',
    moreWith: (tier, max) => (max === null ? `${tier} est sans limite.` : `${tier} en permet ${max}.`),
    fullHint: 'Pour en ajouter un autre, supprimez-en un ou demandez un niveau supérieur.',
    ask: (tier) => `Demander ${tier}`,
    followRequest: 'Voir votre demande',
    requestWaiting: 'Votre demande de niveau supérieur est en cours d’examen.',
    draftKept: 'Votre dernière saisie est de retour.',
  },
  notifications: {
    heading: 'Notifications',
    open: (unread) =>
      unread === 0
        ? 'Notifications'
        : unread === 1
          ? 'Notifications, 1 non lue'
          : `Notifications, ${unread} non lues`,
    unread: 'Non lue',
    markAll: 'Tout marquer comme lu',
    markRead: 'Marquer comme lue',
    seeAll: 'Tout voir',
    emptyTitle: 'Rien de nouveau',
    emptyBody:
      'Les réponses à vos demandes et les changements de votre niveau apparaissent ici, au moment même.',
    older: 'Afficher les plus anciennes',
    caughtUp: 'Vous avez tout vu.',
    approved: 'Votre demande est acceptée',
    approvedBody: (tier) => `Vous êtes maintenant ${tier}. Votre tableau de bord montre ce qui est nouveau.`,
    rejected: 'Votre demande est refusée',
    cancelled: 'Votre demande est annulée',
    cancelledBody: 'Votre niveau a été changé directement : il n’y avait plus rien à décider.',
    reason: (text) => `Motif : ${text}`,
    tierChanged: 'Votre niveau a changé',
    tierChangedBody:
      'Un administrateur l’a changé directement. Votre tableau de bord montre ce qui s’applique.',
  },
};
