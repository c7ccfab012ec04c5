-- compatible: 10
-- SPDX-License-Identifier: EUPL-1.2
-- Who speaks for an organisation does so in one series: another series has other organisers, and what people told
-- those is not theirs to open. Until now the right reached every series, by the organisation alone.

CREATE TABLE role_grant_before (
    person     id  NOT NULL,
    role       int NOT NULL,
    scope      id  NOT NULL,
    granted_ms int NOT NULL,
    ends_ms    int,
    PRIMARY KEY (person, role, scope)
) FAMILY person ROOM account;
INSERT INTO role_grant_before (person, role, scope, granted_ms, ends_ms)
SELECT person, role, scope, granted_ms, ends_ms FROM role_grant;

DROP TABLE role_grant;
CREATE TABLE role_grant (
    person     id  NOT NULL REFERENCES person (id),
    role       int NOT NULL,
    scope      id  NOT NULL, -- of a coordinator the series, of a representative the organisation, else the edition
    series     id  NOT NULL, -- of a representative; 0 for every other role
    granted_ms int NOT NULL,
    ends_ms    int,
    PRIMARY KEY (person, role, scope, series)
) FAMILY person ROOM account;
CREATE INDEX role_grant_by_scope ON role_grant (scope, role);

INSERT INTO role_grant (person, role, scope, series, granted_ms, ends_ms)
SELECT person, role, scope, 0, granted_ms, ends_ms FROM role_grant_before WHERE role <> 512;
-- 512 is the representative: in every series in which the organisation has a sign-up.
INSERT INTO role_grant (person, role, scope, series, granted_ms, ends_ms)
SELECT DISTINCT kept.person, kept.role, kept.scope, edition.series, kept.granted_ms, kept.ends_ms
FROM role_grant_before AS kept
JOIN signup ON signup.organisation = kept.scope
JOIN edition ON edition.id = signup.edition
WHERE kept.role = 512;
DROP TABLE role_grant_before;

-- How many letters somebody got lately.
CREATE INDEX outbox_by_person ON outbox (person, created_ms);

-- How the contact of a sign-up was named there. A person's own name and telephone are theirs: nobody reads or changes
-- them by writing their e-mail into a form.
ALTER TABLE signup ADD COLUMN contact_name text NOT NULL DEFAULT '' PERSONAL person_inactive_plus_2_years;
ALTER TABLE signup ADD COLUMN contact_phone text NOT NULL DEFAULT '' PERSONAL person_inactive_plus_2_years;
UPDATE signup SET contact_name = COALESCE((SELECT person.name FROM person WHERE person.id = signup.contact), ''),
    contact_phone = COALESCE((SELECT person.phone FROM person WHERE person.id = signup.contact), '');

-- What a card was made for is all it opens, and the session begun by it: one that the public form shows is held by
-- whoever typed the e-mail. NULL: everything the person may.
ALTER TABLE card ADD COLUMN only_series id;
ALTER TABLE card ADD COLUMN only_organisation id; -- in that series
ALTER TABLE session ADD COLUMN only_series id;
ALTER TABLE session ADD COLUMN only_organisation id;
UPDATE card SET only_series = (SELECT MIN(role_grant.series) FROM role_grant WHERE role_grant.person = card.person),
    only_organisation = (SELECT MIN(role_grant.scope) FROM role_grant WHERE role_grant.person = card.person)
WHERE (SELECT COUNT(*) FROM role_grant WHERE role_grant.person = card.person AND role_grant.role = 512) = 1;
