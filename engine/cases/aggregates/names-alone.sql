SELECT (SELECT json_build_object('aggregate', json_build_object('__typename', 'article_aggregate_fields', 'max', json_build_object('__typename', 'article_max_fields'))))::text AS "root_0";
