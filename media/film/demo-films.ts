/** Frames per second as a fraction: 29.97 is 30000/1001. */
export interface FrameRate {
  readonly numerator: number;
  readonly denominator: number;
}

/** One film of the sample county: what the maker builds and what the demo enters into the library. */
export interface DemoFilm {
  /** Number in the burned-in mark, 1 to 15 (demo-mark.ts). */
  readonly number: number;
  /** Also the file's name without its ending. */
  readonly code: string;
  /** Name of the file that the maker writes. */
  readonly file: string;
  readonly title: string;
  readonly titleInEnglish: string;
  /** Name of a preset category. */
  readonly category: string;
  readonly synopsis: string;
  /** BCP 47 languages of the sound tracks, main language first; empty for a film without sound. */
  readonly languages: readonly string[];
  /** BCP 47 languages of the subtitle tracks inside the file. */
  readonly subtitles: readonly string[];
  /** Size of the picture as shown, in pixels. */
  readonly width: number;
  readonly height: number;
  /** True for a film stored lying on its side with a rotation tag, as phones do. */
  readonly isStoredRotated: boolean;
  readonly frameRate: FrameRate;
  readonly durationMs: number;
}

const perSecond = (numerator: number, denominator = 1): FrameRate => ({ numerator, denominator });
const HD = { width: 1280, height: 720, isStoredRotated: false } as const;
const CHINESE = { languages: ['zh-CN'], subtitles: [] } as const;

/** The sample films in the order in which they are made and uploaded: the first is the cheapest to encode. */
export const DEMO_FILMS: readonly DemoFilm[] = [
  {
    number: 1,
    code: 'rice',
    file: 'rice.mp4',
    title: '水稻育秧要点',
    titleInEnglish: 'Raising rice seedlings',
    category: '实用技术',
    synopsis: '从晒种浸种到移栽前炼苗，六个要点育出壮秧。',
    ...CHINESE,
    ...HD,
    frameRate: perSecond(25),
    durationMs: 32_000,
  },
  {
    number: 2,
    code: 'meeting',
    file: 'meeting.mp4',
    title: '基层党课：怎样开好组织生活会',
    titleInEnglish: 'How to hold a good branch meeting',
    category: '政治理论',
    synopsis: '会前准备、会上交流、会后整改，三步开出质量。',
    ...CHINESE,
    width: 1920,
    height: 1080,
    isStoredRotated: false,
    frameRate: perSecond(25),
    durationMs: 28_000,
  },
  {
    number: 3,
    code: 'payment',
    file: 'payment.mkv',
    title: '手机支付防诈骗',
    titleInEnglish: 'Paying by phone without being cheated',
    category: '健康安全',
    synopsis: '四种常见骗局和一个应对口诀。汉语、英语双语配音，附字幕。',
    languages: ['zh-CN', 'en'],
    subtitles: ['zh-CN', 'en'],
    ...HD,
    frameRate: perSecond(25),
    durationMs: 40_000,
  },
  {
    number: 4,
    code: 'orchard',
    file: 'orchard.mp4',
    title: '果树冬季修剪',
    titleInEnglish: 'Pruning fruit trees in winter',
    category: '实用技术',
    synopsis: '看树形、去密枝、保护伤口，为来年丰产打基础。',
    ...CHINESE,
    ...HD,
    frameRate: perSecond(24),
    durationMs: 24_000,
  },
  {
    number: 5,
    code: 'flood',
    file: 'flood.mp4',
    title: '防汛安全常识',
    titleInEnglish: 'Staying safe in the flood season',
    category: '健康安全',
    synopsis: '雨前检查、雨中避险、雨后防疫。',
    ...CHINESE,
    ...HD,
    frameRate: perSecond(30_000, 1001),
    durationMs: 25_000,
  },
  {
    number: 6,
    code: 'greenhouse',
    file: 'greenhouse.mp4',
    title: '手机拍大棚：番茄管理',
    titleInEnglish: 'Tomatoes in the greenhouse, filmed by phone',
    category: '致富向导',
    synopsis: '竖屏手机短片：温度、水肥、整枝与授粉。',
    ...CHINESE,
    width: 720,
    height: 1280,
    isStoredRotated: true,
    frameRate: perSecond(30),
    durationMs: 24_000,
  },
  {
    number: 7,
    code: 'soil',
    file: 'soil.mp4',
    title: '测土配方施肥',
    titleInEnglish: 'Testing soil before fertilising',
    category: '实用技术',
    synopsis: '无声图解：取土、化验、配方、施用四步。',
    languages: [],
    subtitles: [],
    ...HD,
    frameRate: perSecond(25),
    durationMs: 24_000,
  },
  {
    number: 8,
    code: 'terraces',
    file: 'terraces.mp4',
    title: '梯田春色',
    titleInEnglish: 'Spring on the terraces',
    category: '致富向导',
    synopsis: '超高清风光片：云雾、梯田与山村。',
    ...CHINESE,
    width: 3840,
    height: 2160,
    isStoredRotated: false,
    frameRate: perSecond(25),
    durationMs: 16_000,
  },
];

/** What airs when nothing is planned: ten minutes of one still picture, mark film 15, second 0 throughout. */
export const DEMO_SLATE: DemoFilm = {
  number: 15,
  code: 'slate',
  file: 'slate.mp4',
  title: '垫片：稍候收看',
  titleInEnglish: 'Slate: please stand by',
  category: '垫片',
  synopsis: '没有节目时播出的静止画面。',
  ...CHINESE,
  ...HD,
  frameRate: perSecond(25),
  durationMs: 600_000,
};

/** Whole frames of a film at its own frame rate; the last may end up to half a frame off `durationMs`. */
export const demoFrameCount = ({ durationMs, frameRate }: Pick<DemoFilm, 'durationMs' | 'frameRate'>): number =>
  Math.round((durationMs * frameRate.numerator) / frameRate.denominator / 1000);
