SELECT
  "t5"."day",
  "t5"."member",
  "t5"."item",
  "t5"."channel",
  "t5"."team",
  "t5"."topic",
  COUNT(DISTINCT "t5"."member") AS "number_0",
  COUNT(*) FILTER(WHERE
    "t5"."way" = 'api') AS "number_1",
  COUNT(*) FILTER(WHERE
    "t5"."way" <> 'api') AS "number_2"
FROM (
  SELECT
    "t4"."way",
    "t2"."number" AS "day",
    "t4"."member_id" AS "member",
    "t4"."item_id" AS "item",
    "t4"."channel",
    "t4"."team_id" AS "team",
    "t4"."topic_id" AS "topic"
  FROM (
    SELECT
      *
    FROM "pesue_share" AS "t0"
    WHERE
      "t0"."state" IN ('shared', 'deleted')
  ) AS "t4"
  INNER JOIN "days" AS "t2"
    ON "t4"."shared_at" >= "t2"."begins" AND "t4"."shared_at" < "t2"."ends"
) AS "t5"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6
