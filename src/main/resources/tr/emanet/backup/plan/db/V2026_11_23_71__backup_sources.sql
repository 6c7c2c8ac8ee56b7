-- A job names its sources of any kind in one list; before, paths and PostgreSQL databases.
UPDATE backup_plan SET spec = json_remove(
  json_set(spec, '$.sources', json((
    SELECT json_group_array(json(source)) FROM (
      SELECT CASE value WHEN 'emanet:' THEN json_object('kind', 'self')
        ELSE json_object('kind', 'path', 'path', value) END AS source
      FROM json_each(backup_plan.spec, '$.paths')
      UNION ALL
      SELECT json_object('kind', 'postgresql', 'host', json_extract(value, '$.host'),
        'port', json_extract(value, '$.port'), 'name', json_extract(value, '$.name'),
        'user', json_extract(value, '$.user')) AS source
      FROM json_each(backup_plan.spec, '$.databases'))))),
  '$.paths', '$.databases')
WHERE json_type(spec, '$.paths') IS NOT NULL;
