-- SPDX-License-Identifier: EUPL-1.2
-- What a store that may one day be spread over many machines must not have, as SQLite tells it; a line each, in the
-- words of rules_postgres.sql. rule_table (place, name, family) is what the program says of its tables.
WITH ours AS (
    SELECT m.name, m.sql, t.family, t.place FROM sqlite_schema m LEFT JOIN rule_table t ON t.name = m.name
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
), indexes AS (
    SELECT o.name AS table_name, o.family, i.name AS index_name, i.origin, i."unique" AS is_unique,
        (SELECT x.name FROM pragma_index_info(i.name) x WHERE x.seqno = 0) AS first
    FROM ours o, pragma_index_list(o.name) i
), refer AS (
    SELECT o.name, o.family, o.place, f.id, f."table" AS to_name, f."from" AS here, f."to" AS there,
        t.family AS to_family, t.place AS to_place
    FROM ours o, pragma_foreign_key_list(o.name) f LEFT JOIN rule_table t ON t.name = f."table"
)
SELECT 'table without family ' || name AS line FROM ours WHERE family IS NULL
UNION ALL SELECT 'not strict ' || name FROM ours WHERE name NOT IN (SELECT name FROM pragma_table_list WHERE strict = 1)
UNION ALL SELECT 'sequence ' || name FROM ours WHERE sql LIKE '%AUTOINCREMENT%'
UNION ALL SELECT 'view ' || name FROM sqlite_schema WHERE type = 'view'
UNION ALL SELECT 'trigger ' || name || ' of ' || tbl_name FROM sqlite_schema WHERE type = 'trigger'
UNION ALL SELECT 'deferrable reference of ' || name || ' to ' || (SELECT MIN(to_name) FROM refer r WHERE r.name = o.name)
    FROM ours o WHERE sql LIKE '%DEFERRABLE%'
UNION ALL SELECT DISTINCT 'reference of ' || name || ' to ' || to_name || ', which comes after it' FROM refer
    WHERE to_place > place
UNION ALL SELECT 'reference of ' || name || ' to ' || to_name || ' without edition' FROM refer
    WHERE to_family = 'edition' AND to_name <> 'edition'
    GROUP BY name, id, to_name, family HAVING family <> 'edition' OR NOT MAX(here = 'edition' AND there = 'edition')
UNION ALL SELECT 'generated ' || o.name || '.' || c.name FROM ours o, pragma_table_xinfo(o.name) c WHERE c.hidden > 1
UNION ALL SELECT 'computed default ' || o.name || '.' || c.name FROM ours o, pragma_table_info(o.name) c
    WHERE c.dflt_value LIKE '%(%'
UNION ALL SELECT 'no key ' || name FROM ours o WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(o.name) WHERE pk > 0)
UNION ALL SELECT 'key of ' || name || ' without edition first' FROM ours o
    WHERE family = 'edition' AND name <> 'edition' AND
        NOT EXISTS (SELECT 1 FROM pragma_table_info(o.name) c WHERE c.pk = 1 AND c.name = 'edition')
UNION ALL SELECT 'unique ' || index_name || ' of ' || table_name || ' without edition first' FROM indexes
    WHERE family = 'edition' AND is_unique = 1 AND origin <> 'pk' AND first IS NOT 'edition'
UNION ALL SELECT 'index ' || index_name || ' of ' || table_name || ' without edition first' FROM indexes
    WHERE family = 'edition' AND is_unique = 0 AND first IS NOT 'edition';
