-- compatible: 1
-- Organisations, editions, sign-ups, programme, rounds: the spine is organisation × edition.

-- ---- kinds that are data, not code; names in three languages -----------------------------------

CREATE TABLE kind (
    list     text NOT NULL, -- profile, theme, exchange (what is needed and offered), legal_form, district
    code     text NOT NULL,
    position int  NOT NULL,
    name_pl  text NOT NULL,
    name_en  text NOT NULL,
    name_uk  text NOT NULL,
    PRIMARY KEY (list, code)
) FAMILY installation ROOM organisations;

-- ---- organisations -------------------------------------------------------------------------------

CREATE TABLE organisation (
    id           id   NOT NULL PRIMARY KEY,
    name         text NOT NULL,
    name_sort    bytes NOT NULL, -- utf8_sort_key
    name_folded  text NOT NULL, -- utf8_fold
    legal_form   text NOT NULL, -- kind legal_form, or '' when not said
    nip          text,
    regon        text,
    krs          text,
    public_benefit bool NOT NULL, -- OPP
    founded_year int,
    parent       id,
    district     text,
    website      text,
    words        text NOT NULL, -- what it does, in its own words; may be empty
    is_listed    bool NOT NULL, -- agreed to stand in the public directory
    created_ms   int  NOT NULL,
    version      int  NOT NULL
) FAMILY organisation ROOM organisations;
CREATE INDEX organisation_by_name ON organisation (name_folded);
CREATE INDEX organisation_by_nip ON organisation (nip);

CREATE TABLE organisation_profile (
    organisation id   NOT NULL REFERENCES organisation (id),
    profile      text NOT NULL,
    PRIMARY KEY (organisation, profile)
) FAMILY organisation ROOM organisations;

-- ---- series and editions ---------------------------------------------------------------------------

CREATE TABLE series (
    id         id   NOT NULL PRIMARY KEY,
    slug       text NOT NULL,
    name       text NOT NULL,
    words      text NOT NULL,
    organiser  text NOT NULL, -- '' when not told
    phone      text NOT NULL,
    email      text NOT NULL,
    language   text NOT NULL,
    is_demo    bool NOT NULL,
    created_ms int  NOT NULL,
    version    int  NOT NULL
) FAMILY installation ROOM editions;
CREATE UNIQUE INDEX series_by_slug ON series (slug);

CREATE TABLE edition (
    id            id   NOT NULL PRIMARY KEY,
    series        id   NOT NULL REFERENCES series (id),
    slug          text NOT NULL,
    number        int  NOT NULL,
    title         text NOT NULL,
    words         text NOT NULL,
    state         text NOT NULL, -- draft call_open call_closed published finished archived
    date          text NOT NULL, -- EDTF: '', '2026-06', '2026-06-11'
    zone          text NOT NULL,
    starts_ms     int, -- the hours, where they are known
    ends_ms       int,
    closes_ms     int, -- of the open call
    places        int, -- organisations there is room for
    reported_on   text NOT NULL, -- of an edition held before the program: the report's date, else ''
    reported_in   text NOT NULL, -- and its title
    created_ms    int  NOT NULL,
    version       int  NOT NULL
) FAMILY edition ROOM editions;
CREATE UNIQUE INDEX edition_by_slug ON edition (series, slug);

CREATE TABLE venue (
    edition     id   NOT NULL REFERENCES edition (id),
    id          id   NOT NULL,
    name        text NOT NULL,
    address     text NOT NULL,
    words       text NOT NULL, -- what it could be used for
    position    int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM editions;

CREATE TABLE space (
    edition     id   NOT NULL,
    id          id   NOT NULL,
    venue       id   NOT NULL,
    name        text NOT NULL,
    capacity    int,
    is_stage    bool NOT NULL,
    step_free   bool NOT NULL,
    words       text NOT NULL,
    position    int  NOT NULL,
    PRIMARY KEY (edition, id),
    FOREIGN KEY (edition, venue) REFERENCES venue (edition, id)
) FAMILY edition ROOM editions;

-- Hosts, partners, organisers, and what they gave.
CREATE TABLE party (
    edition      id   NOT NULL REFERENCES edition (id),
    id           id   NOT NULL,
    role         text NOT NULL, -- host partner organiser place
    name         text NOT NULL,
    organisation id   REFERENCES organisation (id),
    website      text NOT NULL,
    position     int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM editions;

CREATE TABLE contribution (
    edition  id   NOT NULL,
    id       id   NOT NULL,
    party    id   NOT NULL,
    words    text NOT NULL, -- "space", "technical support": in kind
    position int  NOT NULL,
    PRIMARY KEY (edition, id),
    FOREIGN KEY (edition, party) REFERENCES party (edition, id)
) FAMILY edition ROOM editions;

-- Figures of an edition held before the program: never mixed with counts.
CREATE TABLE reported_figure (
    edition  id   NOT NULL REFERENCES edition (id),
    id       id   NOT NULL,
    subject  text NOT NULL, -- organisations, newcomers, people
    wording  text NOT NULL, -- "blisko 70"
    low      int,
    high     int,
    source   text NOT NULL,
    position int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM editions;

-- What a report says of an edition that no other record holds: profiles that came, aims, outlook.
CREATE TABLE reported_kind (
    edition  id   NOT NULL REFERENCES edition (id),
    list     text NOT NULL, -- profile, theme
    code     text NOT NULL,
    wording  text NOT NULL,
    position int  NOT NULL,
    PRIMARY KEY (edition, list, code)
) FAMILY edition ROOM editions;

-- The day from doors to goodbye, before items stand in it.
CREATE TABLE frame_section (
    edition      id   NOT NULL REFERENCES edition (id),
    id           id   NOT NULL,
    kind         text NOT NULL, -- doors opening talks performance potluck rounds turnover walk closing other
    title        text NOT NULL,
    starts_ms    int  NOT NULL,
    ends_ms      int  NOT NULL,
    is_protected bool NOT NULL, -- free time
    space        id,
    position     int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM editions;

CREATE TABLE notice (
    id         id   NOT NULL PRIMARY KEY,
    series     id   NOT NULL REFERENCES series (id),
    language   text NOT NULL,
    number     int  NOT NULL, -- the version people were shown
    words      text NOT NULL, -- Markdown
    created_ms int  NOT NULL
) FAMILY installation ROOM editions;
CREATE UNIQUE INDEX notice_by_number ON notice (series, language, number);

-- ---- ties: who met -------------------------------------------------------------------------------

CREATE TABLE meeting_held (
    edition id  NOT NULL REFERENCES edition (id),
    lower   id  NOT NULL REFERENCES organisation (id), -- the smaller id of the two
    higher  id  NOT NULL REFERENCES organisation (id),
    round   int NOT NULL,
    at_ms   int NOT NULL,
    PRIMARY KEY (edition, lower, higher)
) FAMILY edition ROOM ties;

-- ---- sign-ups ------------------------------------------------------------------------------------

CREATE TABLE signup (
    edition      id   NOT NULL REFERENCES edition (id),
    id           id   NOT NULL,
    organisation id   NOT NULL REFERENCES organisation (id),
    state        text NOT NULL, -- new accepted waiting declined withdrawn
    source       text NOT NULL, -- form import staff
    contact      id   REFERENCES person (id),
    people       int  NOT NULL,
    came_people  int, -- NULL: not known, 0: did not come
    first_time   bool NOT NULL,
    remarks      text NOT NULL, -- theirs
    staff_notes  text NOT NULL, -- ours, never shown to them
    access_needs text NOT NULL PERSONAL edition_end_plus_90_days,
    reason       text NOT NULL, -- of a refusal, in words for them
    notice       id,
    submitted_ms int  NOT NULL,
    decided_ms   int,
    decided_by   id,
    waiting_ms   int, -- its place in the queue: when it was put there
    version      int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups;
CREATE UNIQUE INDEX signup_by_organisation ON signup (edition, organisation);
CREATE INDEX signup_of_organisation ON signup (organisation, edition);

CREATE TABLE exchange (
    edition      id   NOT NULL REFERENCES edition (id),
    id           id   NOT NULL,
    organisation id   NOT NULL REFERENCES organisation (id),
    side         text NOT NULL, -- need offer
    kind         text NOT NULL, -- kind exchange
    words        text NOT NULL,
    position     int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups;
CREATE INDEX exchange_by_organisation ON exchange (edition, organisation);

-- Guests need no organisation and are counted apart.
CREATE TABLE guest (
    edition id   NOT NULL REFERENCES edition (id),
    id      id   NOT NULL,
    kind    text NOT NULL, -- artist press city other
    name    text NOT NULL,
    words   text NOT NULL,
    people  int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups;

-- A sign-up being written, page by page.
CREATE TABLE signup_draft (
    edition     id    NOT NULL REFERENCES edition (id),
    id          id    NOT NULL,
    secret_hash bytes NOT NULL,
    answers     text  NOT NULL PERSONAL draft_plus_30_days, -- JSON by field
    created_ms  int   NOT NULL,
    expires_ms  int   NOT NULL,
    sent_signup id,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups LOCAL;
CREATE UNIQUE INDEX signup_draft_by_secret ON signup_draft (secret_hash);

-- A sheet that was uploaded and waits for its import to be confirmed.
CREATE TABLE import_sheet (
    edition    id    NOT NULL REFERENCES edition (id),
    id         id    NOT NULL,
    name       text  NOT NULL,
    content    bytes NOT NULL PERSONAL draft_plus_30_days,
    columns    text  NOT NULL, -- what was corrected by hand, a line each: "3=email"
    uploaded_by id   NOT NULL,
    created_ms int   NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM signups LOCAL;

-- ---- programme ------------------------------------------------------------------------------------

CREATE TABLE item (
    edition        id   NOT NULL REFERENCES edition (id),
    id             id   NOT NULL,
    kind           text NOT NULL, -- talk performance concert opening potluck rounds turnover walk closing other
    state          text NOT NULL, -- offered accepted reserve declined
    title          text NOT NULL,
    words          text NOT NULL,
    theme          text NOT NULL, -- kind theme, or ''
    organisation   id   REFERENCES organisation (id),
    guest          id,
    performer      text NOT NULL, -- how who is on stage is named, when neither of the two above says it
    people         int, -- on stage
    has_children   bool NOT NULL,
    adult_attested bool NOT NULL, -- the organisation answers for a responsible adult with them
    photo_consent  text NOT NULL, -- the guardians' consents to photos that the organisation keeps: all some none, '' when not said
    duration_min   int  NOT NULL, -- 0: not told
    changeover_min int  NOT NULL,
    needs          text NOT NULL, -- on stage
    not_before_ms  int, -- when they can be there
    done_by_ms     int, -- when they have to be off the stage
    starts_ms      int, -- in the draft running order
    section        id,  -- the part of the frame it stands in
    is_fixed       bool NOT NULL, -- stays where it is when the order is drafted again
    position       int  NOT NULL,
    version        int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM programme;

-- The programme as it was last published: what the public and the calendars show. Sections of the frame
-- are copied too, so that a change of the frame is published by the same press of a button.
CREATE TABLE published_item (
    edition      id   NOT NULL REFERENCES edition (id),
    item         id   NOT NULL, -- or the section
    is_section   bool NOT NULL,
    is_free      bool NOT NULL, -- a section of protected free time
    section      id, -- the one an item stands in
    kind         text NOT NULL,
    title        text NOT NULL,
    words        text NOT NULL,
    theme        text NOT NULL,
    organisation id,
    performer    text NOT NULL, -- who, in words
    people       int,
    has_children bool NOT NULL,
    starts_ms    int,
    duration_min int  NOT NULL,
    space        id,
    position     int  NOT NULL,
    PRIMARY KEY (edition, item)
) FAMILY edition ROOM programme;

CREATE TABLE publication (
    edition      id  NOT NULL REFERENCES edition (id),
    number       int NOT NULL,
    published_ms int NOT NULL,
    published_by id,
    PRIMARY KEY (edition, number)
) FAMILY edition ROOM programme;

-- ---- walks and potluck, as far as they stand --------------------------------------------------------

CREATE TABLE walk (
    edition       id   NOT NULL REFERENCES edition (id),
    id            id   NOT NULL,
    name          text NOT NULL,
    place         text NOT NULL,
    words         text NOT NULL,
    meeting_point text NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM walks;

CREATE TABLE turn (
    edition   id   NOT NULL,
    id        id   NOT NULL,
    walk      id   NOT NULL,
    starts_ms int  NOT NULL,
    places    int  NOT NULL,
    step_free bool NOT NULL,
    PRIMARY KEY (edition, id),
    FOREIGN KEY (edition, walk) REFERENCES walk (edition, id)
) FAMILY edition ROOM walks;

CREATE TABLE dish (
    edition      id   NOT NULL REFERENCES edition (id),
    id           id   NOT NULL,
    organisation id   REFERENCES organisation (id),
    kind         text NOT NULL, -- cake salad snack main drink coffee other
    name         text NOT NULL,
    portions     int, -- NULL: not told
    allergens    text NOT NULL, -- 14 of y n u, in the order of the Regulation; '' when none was asked
    position     int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM potluck;

CREATE TABLE diet_count (
    edition      id   NOT NULL REFERENCES edition (id),
    organisation id   NOT NULL REFERENCES organisation (id),
    diet         text NOT NULL, -- vegetarian vegan gluten_free lactose_free halal nut_allergy
    people       int  NOT NULL,
    PRIMARY KEY (edition, organisation, diet)
) FAMILY edition ROOM potluck;

-- ---- rounds ------------------------------------------------------------------------------------------

CREATE TABLE round_plan (
    edition       id   NOT NULL REFERENCES edition (id),
    id            id   NOT NULL,
    state         text NOT NULL, -- draft published held
    rounds        int  NOT NULL,
    table_size    int  NOT NULL,
    tables        int  NOT NULL,
    starts_ms     int  NOT NULL,
    talk_min      int  NOT NULL,
    change_min    int  NOT NULL,
    value         int  NOT NULL,
    bound         int  NOT NULL, -- no plan can exceed it
    repeats       int  NOT NULL,
    across_permille int NOT NULL, -- meetings of different profiles
    worst         id,   -- whom it is worth helping
    worst_good    int  NOT NULL, -- meetings with a reason it got
    seed          int  NOT NULL,
    created_ms    int  NOT NULL,
    published_ms  int,
    version       int  NOT NULL,
    PRIMARY KEY (edition, id)
) FAMILY edition ROOM rounds;

CREATE TABLE seat (
    edition      id  NOT NULL,
    plan         id  NOT NULL,
    round        int NOT NULL, -- from 1
    organisation id  NOT NULL REFERENCES organisation (id),
    table_number int NOT NULL, -- from 1
    PRIMARY KEY (edition, plan, round, organisation),
    FOREIGN KEY (edition, plan) REFERENCES round_plan (edition, id)
) FAMILY edition ROOM rounds;

-- Why two sit at one table, as data; the words are made for each reader (rounds/reasons.c).
CREATE TABLE pair_reason (
    edition  id   NOT NULL,
    plan     id   NOT NULL,
    lower    id   NOT NULL, -- the smaller id of the two
    higher   id   NOT NULL,
    position int  NOT NULL, -- the strongest first
    reason   text NOT NULL, -- need words different alike newcomer met
    who      id,            -- who needs it, or who is new
    kind     text NOT NULL, -- kind exchange of what is needed, or ''
    asked    text NOT NULL, -- the words of who needs it; of reason words those that both use
    given    text NOT NULL, -- the words of who has it
    PRIMARY KEY (edition, plan, lower, higher, position),
    FOREIGN KEY (edition, plan) REFERENCES round_plan (edition, id)
) FAMILY edition ROOM rounds;

INSERT INTO kind (list, code, position, name_pl, name_en, name_uk) VALUES
    ('profile', 'senior', 1, 'aktywność seniorów', 'activity of seniors', 'активність старших людей'),
    ('profile', 'youth', 2, 'młodzież', 'youth', 'молодь'),
    ('profile', 'training', 3, 'szkolenia', 'training', 'навчання дорослих'),
    ('profile', 'multicultural', 4, 'wielokulturowość', 'many cultures', 'багатокультурність'),
    ('profile', 'ecological', 5, 'ekologia', 'ecology', 'екологія'),
    ('profile', 'educational', 6, 'edukacja', 'education', 'освіта'),
    ('profile', 'cultural', 7, 'kultura', 'culture', 'культура'),
    ('profile', 'social', 8, 'pomoc społeczna', 'social help', 'соціальна допомога'),
    ('profile', 'health', 9, 'zdrowie', 'health', 'здоров’я'),
    ('profile', 'sport', 10, 'sport i ruch', 'sport', 'спорт і рух'),
    ('profile', 'local', 11, 'społeczność lokalna', 'local community', 'місцева громада'),
    ('profile', 'other', 12, 'coś innego', 'something else', 'інше'),
    ('theme', 'education', 1, 'edukacja', 'education', 'освіта'),
    ('theme', 'science', 2, 'nauka', 'science', 'наука'),
    ('theme', 'social_action', 3, 'działania społeczne', 'social action', 'соціальні дії'),
    ('theme', 'integration', 4, 'integracja', 'integration', 'інтеграція'),
    ('theme', 'local_community', 5, 'wzmacnianie wspólnot lokalnych', 'stronger local communities', 'зміцнення місцевих громад'),
    ('theme', 'culture', 6, 'kultura', 'culture', 'культура'),
    ('theme', 'ecology', 7, 'ekologia', 'ecology', 'екологія'),
    ('exchange', 'space', 1, 'przestrzeń', 'space', 'приміщення'),
    ('exchange', 'volunteers', 2, 'wolontariusze', 'volunteers', 'волонтери'),
    ('exchange', 'promotion', 3, 'promocja', 'promotion', 'промоція'),
    ('exchange', 'grant_partner', 4, 'partner do projektu', 'a partner for a grant', 'партнер для проєкту'),
    ('exchange', 'expertise', 5, 'wiedza i doświadczenie', 'expertise', 'знання й досвід'),
    ('exchange', 'equipment', 6, 'sprzęt', 'equipment', 'обладнання'),
    ('exchange', 'audience', 7, 'odbiorcy', 'audience', 'аудиторія'),
    ('legal_form', 'association', 1, 'stowarzyszenie', 'association', 'товариство'),
    ('legal_form', 'ordinary_association', 2, 'stowarzyszenie zwykłe', 'ordinary association', 'просте товариство'),
    ('legal_form', 'union', 3, 'związek stowarzyszeń', 'union of associations', 'спілка товариств'),
    ('legal_form', 'foundation', 4, 'fundacja', 'foundation', 'фонд'),
    ('legal_form', 'kgw', 5, 'koło gospodyń wiejskich', 'rural housewives’ circle', 'гурток сільських господинь'),
    ('legal_form', 'osp', 6, 'ochotnicza straż pożarna', 'volunteer fire brigade', 'добровільна пожежна дружина'),
    ('legal_form', 'social_cooperative', 7, 'spółdzielnia socjalna', 'social cooperative', 'соціальний кооператив'),
    ('legal_form', 'company', 8, 'spółka non profit', 'non-profit company', 'неприбуткове товариство'),
    ('legal_form', 'church', 9, 'jednostka kościelna', 'church body', 'церковна установа'),
    ('legal_form', 'branch', 10, 'oddział lub jednostka', 'branch or unit of another body', 'відділення або підрозділ'),
    ('legal_form', 'student_society', 11, 'koło studenckie', 'student society', 'студентський гурток'),
    ('legal_form', 'sports_club', 12, 'klub sportowy', 'sports club', 'спортивний клуб'),
    ('legal_form', 'informal', 13, 'grupa nieformalna', 'informal group', 'неформальна група'),
    ('legal_form', 'public', 14, 'instytucja publiczna', 'public institution', 'державна установа'),
    ('legal_form', 'other', 15, 'inna', 'other', 'інша');
