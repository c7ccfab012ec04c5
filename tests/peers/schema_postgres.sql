-- SPDX-License-Identifier: EUPL-1.2
-- The schema of a PostgreSQL database as lines, to be compared with those of schema_sqlite.sql.
SELECT 'column ' || c.relname || '.' || a.attname || ' ' ||
       CASE format_type(a.atttypid, a.atttypmod) WHEN 'bigint' THEN 'integer' WHEN 'smallint' THEN 'integer' WHEN 'double precision' THEN 'real'
            WHEN 'bytea' THEN 'blob' WHEN 'text' THEN CASE l.collname WHEN 'C' THEN 'text' ELSE 'text collate ' || l.collname END
            ELSE format_type(a.atttypid, a.atttypmod) END ||
       CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS line
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT 'key ' || c.relname || ' ' || k.place || ' ' || a.attname
FROM pg_class c JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
     CROSS JOIN LATERAL unnest(p.conkey) WITH ORDINALITY AS k (number, place)
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
WHERE c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'index ' || c.relname || ' ' || CASE WHEN u.oid IS NULL THEN n.relname ELSE 'unique' END || CASE WHEN i.indisunique THEN ' unique' ELSE '' END ||
       CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END || ' ' ||
       (SELECT string_agg(coalesce(a.attname, '(expression)'), ',' ORDER BY k.place)
        FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k (number, place) LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
     LEFT JOIN pg_constraint u ON u.conindid = i.indexrelid AND u.contype = 'u'
WHERE NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'foreign ' || c.relname || ' ' ||
       (SELECT string_agg(a.attname || '=' || b.attname, ',' ORDER BY k.place)
        FROM unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (mine, theirs, place)
             JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.mine JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.theirs) ||
       ' of ' || t.relname || ' ' ||
       CASE f.confdeltype WHEN 'a' THEN 'no action' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'r' THEN 'restrict' ELSE 'set default' END
FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class t ON t.oid = f.confrelid
WHERE f.contype = 'f' AND c.relnamespace = 'public'::regnamespace;
