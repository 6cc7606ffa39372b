SELECT (SELECT row_to_json("_1") FROM (SELECT "_2"."id" AS "id" FROM "public"."reader_note" AS "_2" WHERE ("_2"."id" = ($1::"uuid"))) AS "_1" LIMIT 1)::text AS "root_0";
