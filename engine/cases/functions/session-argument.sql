SELECT (SELECT coalesce(json_agg("_1"), '[]') FROM (SELECT "_2"."body" AS "body" FROM "public"."my_notes"(($1::"json")) AS "_2") AS "_1")::text AS "root_0";
