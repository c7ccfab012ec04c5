-- name: kinds(list text) many
-- The kinds of a list, in its order.
SELECT code, name_pl, name_en, name_uk FROM kind WHERE list = $list ORDER BY position;

-- name: put_kind(list text, code text, name_pl text, name_en text, name_uk text) exec
INSERT INTO kind (list, code, position, name_pl, name_en, name_uk)
VALUES ($list, $code, (SELECT COALESCE(MAX(other.position), 0) + 1 FROM kind other WHERE other.list = $list),
    $name_pl, $name_en, $name_uk)
ON CONFLICT (list, code) DO UPDATE SET name_pl = $name_pl, name_en = $name_en, name_uk = $name_uk;

-- name: get(organisation id) one
SELECT id, name, legal_form, nip, regon, krs, district, website, words, public_benefit, is_listed, founded_year,
    parent_name, joined_into, written_in, version
FROM organisation WHERE id = $organisation;

-- name: joined_into(organisation id) one
SELECT joined_into FROM organisation WHERE id = $organisation;

-- name: profiles(organisation id) many
SELECT profile FROM organisation_profile WHERE organisation = $organisation ORDER BY profile;

-- name: languages(organisation id) many
SELECT language FROM organisation_language WHERE organisation = $organisation ORDER BY language;

-- name: clear_languages(organisation id) exec
DELETE FROM organisation_language WHERE organisation = $organisation;

-- name: add_language(organisation id, language text) exec
INSERT INTO organisation_language (organisation, language) VALUES ($organisation, $language)
ON CONFLICT (organisation, language) DO NOTHING;

-- name: add(organisation id, name text, name_sort bytes, name_folded text, legal_form text, nip text?, regon text?, krs text?, public_benefit bool, founded_year int?, parent_name text, district text?, website text?, words text, now_ms int) exec
INSERT INTO organisation (id, name, name_sort, name_folded, legal_form, nip, regon, krs, public_benefit, founded_year,
    parent, parent_name, district, website, words, is_listed, created_ms, version)
VALUES ($organisation, $name, $name_sort, $name_folded, $legal_form, $nip, $regon, $krs, $public_benefit, $founded_year,
    NULL, $parent_name, $district, $website, $words, 0, $now_ms, 1);

-- name: update(organisation id, version int, name text, name_sort bytes, name_folded text, legal_form text, nip text?, regon text?, krs text?, public_benefit bool, founded_year int?, parent_name text, district text?, website text?, words text) exec
UPDATE organisation
SET name = $name, name_sort = $name_sort, name_folded = $name_folded, legal_form = $legal_form, nip = $nip, regon = $regon,
    krs = $krs, public_benefit = $public_benefit, founded_year = $founded_year, parent_name = $parent_name,
    district = $district, website = $website, words = $words, version = version + 1
WHERE id = $organisation AND version = $version;

-- name: set_listed(organisation id, is_listed bool) exec
UPDATE organisation SET is_listed = $is_listed, version = version + 1 WHERE id = $organisation;

-- name: set_written_in(organisation id, written_in text) exec
UPDATE organisation SET written_in = $written_in, version = version + 1 WHERE id = $organisation;

-- name: clear_profiles(organisation id) exec
DELETE FROM organisation_profile WHERE organisation = $organisation;

-- name: add_profile(organisation id, profile text) exec
INSERT INTO organisation_profile (organisation, profile) VALUES ($organisation, $profile)
ON CONFLICT (organisation, profile) DO NOTHING;

-- name: by_nip(nip text) many
-- The oldest first.
SELECT id FROM organisation WHERE nip = $nip ORDER BY id LIMIT 50;

-- name: by_folded_name(name_folded text) many
-- The oldest first.
SELECT id FROM organisation WHERE name_folded = $name_folded ORDER BY id LIMIT 50;

-- name: names_state() one
-- Changes with every new organisation and with every change of one.
SELECT COUNT(*) AS "count:int", CAST(COALESCE(SUM(version), 0) AS BIGINT) AS "versions:int" FROM organisation;

-- name: names() many
-- Every organisation's folded name: looking for similar ones reads them all.
SELECT id, name_folded FROM organisation ORDER BY id;

-- ---- names that are alike: name_keys.h ------------------------------------------------------------

-- name: clear_name_keys(organisation id) exec
DELETE FROM organisation_name_key WHERE organisation = $organisation;

-- name: add_name_key(key int, organisation id) exec
INSERT INTO organisation_name_key (key, organisation) VALUES ($key, $organisation)
ON CONFLICT (key, organisation) DO NOTHING;

-- name: by_name_keys(keys id[], most int) many
SELECT organisation.id, organisation.name_folded
FROM organisation_name_key JOIN organisation ON organisation.id = organisation_name_key.organisation
WHERE organisation_name_key.key IN ($keys[])
LIMIT $most;

-- name: page(after id, most int) many
SELECT organisation.id, organisation.name_folded,
    CASE WHEN EXISTS (SELECT 1 FROM organisation_name_key WHERE organisation_name_key.organisation = organisation.id)
        THEN 1 ELSE 0 END AS "has_keys:bool"
FROM organisation WHERE organisation.id > $after ORDER BY organisation.id LIMIT $most;
