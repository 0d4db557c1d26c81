SELECT
  "t8"."day",
  "t8"."member",
  "t8"."item",
  "t8"."channel",
  "t8"."team",
  "t8"."topic",
  SUM("t8"."number") FILTER(WHERE
    "t8"."kind" = 'application') AS "number_0",
  SUM("t8"."number") FILTER(WHERE
    "t8"."kind" = 'lead') AS "number_1",
  SUM("t8"."number") FILTER(WHERE
    "t8"."kind" = 'ticket') AS "number_2",
  SUM("t8"."number") FILTER(WHERE
    "t8"."kind" = 'purchase') AS "number_3"
FROM (
  SELECT
    "t4"."kind",
    "t4"."number",
    "t4"."changed_at",
    "t5"."number" AS "day",
    "t7"."member_id" AS "member",
    "t7"."item_id" AS "item",
    "t7"."channel",
    "t7"."team_id" AS "team",
    "t7"."topic_id" AS "topic"
  FROM "pesue_happened" AS "t4"
  INNER JOIN "days" AS "t5"
    ON "t4"."day" = "t5"."day"
  INNER JOIN "pesue_link" AS "t6"
    ON "t4"."link_id" = "t6"."id"
  INNER JOIN "pesue_share" AS "t7"
    ON "t6"."share_id" = "t7"."id"
) AS "t8"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6
