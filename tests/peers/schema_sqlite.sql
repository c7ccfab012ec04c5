-- SPDX-License-Identifier: EUPL-1.2
-- The schema of a SQLite file as lines, to be compared with those of schema_postgres.sql.
SELECT 'column ' || m.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END AS line
FROM sqlite_schema m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'
UNION ALL
SELECT 'key ' || m.name || ' ' || c.pk || ' ' || c.name
FROM sqlite_schema m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND c.pk > 0
UNION ALL
SELECT 'index ' || m.name || ' ' || CASE i.origin WHEN 'c' THEN i.name ELSE 'unique' END || CASE i."unique" WHEN 1 THEN ' unique' ELSE '' END ||
       CASE i.partial WHEN 1 THEN ' partial' ELSE '' END || ' ' ||
       (SELECT group_concat(coalesce(x.name, '(expression)'), ',') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) x)
FROM sqlite_schema m, pragma_index_list(m.name) i
WHERE m.type = 'table' AND i.origin <> 'pk'
UNION ALL
SELECT 'foreign ' || m.name || ' ' || group_concat(f."from" || '=' || coalesce(f."to", '?'), ',') || ' of ' || f."table" || ' ' || lower(f.on_delete)
FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
WHERE m.type = 'table'
GROUP BY m.name, f.id, f."table", f.on_delete;
