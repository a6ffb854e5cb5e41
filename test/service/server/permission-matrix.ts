import type { Role } from '../../../media/contract/permissions.ts';

/** Who sends a request. */
export type Who = Role | 'anonymous';

const everybody = 'anonymous admin producer reviewer scheduler township station member';
const signedIn = 'admin producer reviewer scheduler township station member';
const people = 'admin producer reviewer scheduler township member';
const office = 'admin producer reviewer scheduler township';

/**
 * Who may knock at which endpoint, written down apart from the server's own table: the rows of section 8 of the security
 * notes, as the contract has them. What belongs to somebody else is 404 behind an open door.
 */
const rows: Readonly<Record<string, string>> = {
  signIn: everybody,
  acceptInvitation: everybody,
  currentSession: signedIn,
  signOut: signedIn,
  stepUp: signedIn,
  listSessions: people,
  endSession: people,
  listUsers: 'admin township',
  createUser: 'admin township',
  changeUser: 'admin township',
  inviteAgain: 'admin township',
  readAudit: 'admin reviewer',
  listPlaces: everybody,
  createPlace: 'admin township',
  changePlace: 'admin township',
  listCategories: everybody,
  createCategory: 'admin',
  changeCategory: 'admin',
  readSettings: 'admin',
  changeSettings: 'admin',
  listFilms: everybody,
  readFilm: everybody,
  filmPlayback: everybody,
  checkFilm: 'admin producer reviewer township',
  downloadFilm: office,
  changeFilm: 'admin producer reviewer township',
  deleteFilm: 'admin producer township',
  reviewFilm: 'admin reviewer township',
  retryFilm: 'admin producer township',
  reencodeFilm: 'admin producer township',
  withdrawFilm: 'admin reviewer scheduler',
  listTracks: 'admin producer reviewer township',
  addSubtitles: 'admin producer township',
  removeTrack: 'admin producer township',
  readSubtitles: 'admin producer reviewer township',
  readQueue: 'admin reviewer scheduler',
  pauseQueue: 'admin',
  resumeQueue: 'admin',
  bumpFilm: 'admin',
  cancelFilm: 'admin producer township',
  pauseFilm: 'admin producer township',
  resumeFilm: 'admin producer township',
  listChannels: everybody,
  createChannel: 'admin',
  changeChannel: 'admin',
  listAlarms: office,
  asRunCsv: office,
  asRunXlsx: office,
  channelEvents: everybody,
  acknowledgeNews: everybody,
  channelDuty: 'admin reviewer scheduler township',
  cutChannel: 'admin reviewer scheduler township',
  endCut: 'admin reviewer scheduler',
  insertFilm: 'admin reviewer scheduler',
  channelPlayback: everybody,
  channelGuide: everybody,
  listPlans: office,
  readPlan: office,
  createPlan: 'admin scheduler township',
  changePlan: 'admin scheduler township',
  replaceItems: 'admin scheduler township',
  importSheet: 'admin scheduler township',
  annotateSheet: 'admin scheduler township',
  sheetTemplate: 'admin scheduler township',
  exportSheet: office,
  listDayTemplates: office,
  createDayTemplate: 'admin scheduler',
  changeDayTemplate: 'admin scheduler',
  deleteDayTemplate: 'admin scheduler',
  listSeasons: office,
  createSeason: 'admin scheduler',
  changeSeason: 'admin scheduler',
  deleteSeason: 'admin scheduler',
  submitPlan: 'admin scheduler township',
  approvePlan: 'admin reviewer',
  returnPlan: 'admin reviewer',
  publishPlan: 'admin reviewer scheduler',
  boardJson: everybody,
  boardXml: everybody,
  boardCalendar: everybody,
  guideXml: everybody,
  guideM3u: everybody,
};

/** The matrix: names of endpoints, and who is let in. */
export const permissionMatrix: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(rows).map(([endpoint, row]) => [endpoint, new Set(row.split(' '))]),
);

/** What is about the whole county: a role that sits at a township does not open it. */
export const ofTheCounty = [
  'readAudit',
  'createCategory',
  'changeCategory',
  'readSettings',
  'changeSettings',
  'readQueue',
  'pauseQueue',
  'resumeQueue',
  'createDayTemplate',
  'changeDayTemplate',
  'deleteDayTemplate',
  'createSeason',
  'changeSeason',
  'deleteSeason',
  'createChannel',
  'changeChannel',
] as const;
