SELECT (SELECT coalesce(json_agg("_1"), '[]') FROM (SELECT "_2"."id" AS "id" FROM "public"."author" AS "_2" WHERE true ORDER BY "_2"."id" ASC NULLS LAST) AS "_1")::text AS "root_0";
