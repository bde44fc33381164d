-- The packet ledger: what became of the packets that each gateway captured in each minute. sql/README.md says how the
-- rows of a minute add up. The time comes first in the key: rows are written minute by minute, and asked for by time.

CREATE TABLE ledger (
  minute    DATETIME        NOT NULL,
  gateway   VARCHAR(255)    NOT NULL,
  site      VARCHAR(255)    NOT NULL,
  boot_id   BINARY(8)       NOT NULL,
  place     VARCHAR(16)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason    VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail    VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  packets   BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (minute, gateway, site, boot_id, place, reason, detail)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE COLUMNS (minute) (
  PARTITION p_older VALUES LESS THAN ('2000-01-01'),
  PARTITION p_newer VALUES LESS THAN (MAXVALUE)
);
