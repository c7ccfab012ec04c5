-- SPDX-License-Identifier: EUPL-1.2
-- name: dishes(edition id) many
-- All of an edition, as they were added.
SELECT dish.id, dish.organisation, dish.kind, dish.name, dish.portions, dish.allergens, dish.version,
    organisation.name AS "organisation_name:text?", COALESCE(organisation.is_listed, 0) AS "is_listed:bool"
FROM dish LEFT JOIN organisation ON organisation.id = dish.organisation
WHERE dish.edition = $edition
ORDER BY dish.position, dish.id;

-- name: add(edition id, dish id, organisation id?, kind text, name text, portions int?, allergens text) exec
INSERT INTO dish (edition, id, organisation, kind, name, portions, allergens, position)
SELECT $edition, $dish, $organisation, $kind, $name, $portions, $allergens,
    (SELECT COALESCE(MAX(position), 0) + 1 FROM dish WHERE edition = $edition)
FROM edition WHERE id = $edition;

-- name: update(edition id, dish id, version int, organisation id?, kind text, name text, portions int?, allergens text) exec
UPDATE dish SET organisation = $organisation, kind = $kind, name = $name, portions = $portions, allergens = $allergens,
    version = version + 1
WHERE edition = $edition AND id = $dish AND version = $version;

-- name: organisations(edition id) many
-- Who can bring something: all that signed up and were not told no.
SELECT organisation.id, organisation.name
FROM signup JOIN organisation ON organisation.id = signup.organisation
WHERE signup.edition = $edition AND signup.state IN ('new', 'accepted', 'waiting')
ORDER BY organisation.name_sort, organisation.id;

-- name: remove(edition id, dish id) exec
DELETE FROM dish WHERE edition = $edition AND id = $dish;

-- name: signed_up(edition id, organisation id) one
-- The organisation's sign-up, unless it was declined or withdrawn.
SELECT state FROM signup WHERE edition = $edition AND organisation = $organisation AND state IN ('new', 'accepted', 'waiting');

-- name: move_dishes(edition id, organisation id, target id) exec
UPDATE dish SET organisation = $target, version = version + 1 WHERE edition = $edition AND organisation = $organisation;

-- name: diets_of(edition id, organisation id) one
SELECT COUNT(*) AS "count:int" FROM diet_count WHERE edition = $edition AND organisation = $organisation;

-- name: remove_diets(edition id, organisation id) exec
DELETE FROM diet_count WHERE edition = $edition AND organisation = $organisation;

-- name: move_diets(edition id, organisation id, target id) exec
UPDATE diet_count SET organisation = $target WHERE edition = $edition AND organisation = $organisation;

-- name: remove_diet(edition id, organisation id, diet text) exec
DELETE FROM diet_count WHERE edition = $edition AND organisation = $organisation AND diet = $diet;

-- name: add_diet(edition id, organisation id, diet text, people int) exec
INSERT INTO diet_count (edition, organisation, diet, people) VALUES ($edition, $organisation, $diet, $people);

-- name: bringing(edition id) many
-- Dishes of organisations that may still come.
SELECT dish.id, dish.kind, dish.name, dish.allergens, signup.organisation
FROM dish JOIN signup ON signup.edition = dish.edition AND signup.organisation = dish.organisation
WHERE dish.edition = $edition AND signup.state IN ('new', 'accepted', 'waiting')
ORDER BY dish.kind, dish.name, dish.id;
