-- SPDX-License-Identifier: EUPL-1.2
-- name: dishes(edition id) many
-- All of an edition, as they were added.
SELECT dish.id, dish.organisation, dish.kind, dish.name, dish.portions, dish.allergens, organisation.name AS "organisation_name:text?",
    COALESCE(organisation.is_listed, 0) AS "is_listed:bool"
FROM dish LEFT JOIN organisation ON organisation.id = dish.organisation
WHERE dish.edition = $edition
ORDER BY dish.position, dish.id;

-- name: add(edition id, dish id, organisation id?, kind text, name text, portions int?, allergens text) exec
INSERT INTO dish (edition, id, organisation, kind, name, portions, allergens, position)
SELECT $edition, $dish, $organisation, $kind, $name, $portions, $allergens,
    (SELECT COALESCE(MAX(position), 0) + 1 FROM dish WHERE edition = $edition)
FROM edition WHERE id = $edition;

-- name: remove(edition id, dish id) exec
DELETE FROM dish WHERE edition = $edition AND id = $dish;

-- name: signed_up(edition id, organisation id) one
-- The organisation's sign-up, unless it was declined or withdrawn.
SELECT state FROM signup WHERE edition = $edition AND organisation = $organisation AND state IN ('new', 'accepted', 'waiting');

-- name: remove_diet(edition id, organisation id, diet text) exec
DELETE FROM diet_count WHERE edition = $edition AND organisation = $organisation AND diet = $diet;

-- name: add_diet(edition id, organisation id, diet text, people int) exec
INSERT INTO diet_count (edition, organisation, diet, people) VALUES ($edition, $organisation, $diet, $people);
