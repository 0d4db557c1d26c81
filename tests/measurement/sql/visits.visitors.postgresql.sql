SELECT
  "t9"."day",
  "t9"."member",
  "t9"."item",
  "t9"."channel",
  "t9"."team",
  "t9"."topic",
  COUNT(DISTINCT "t9"."visitor") AS "number_0"
FROM (
  SELECT
    "t8"."at",
    "t8"."source",
    "t8"."device",
    "t8"."robot",
    "t8"."visitor",
    "t8"."first",
    "t4"."number" AS "day",
    "t6"."member_id" AS "member",
    "t6"."item_id" AS "item",
    "t6"."channel",
    "t6"."team_id" AS "team",
    "t6"."topic_id" AS "topic"
  FROM (
    SELECT
      *
    FROM "pesue_visit" AS "t0"
    WHERE
      "t0"."robot" = ''
  ) AS "t8"
  INNER JOIN "days" AS "t4"
    ON "t8"."day" = "t4"."day"
  INNER JOIN "pesue_link" AS "t5"
    ON "t8"."link_id" = "t5"."id"
  INNER JOIN "pesue_share" AS "t6"
    ON "t5"."share_id" = "t6"."id"
) AS "t9"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6
