-- The DNS log: one row for each question of a query and each answer record of a response. Names and record data are
-- ASCII: what is not plain text is escaped as \\DDD. sql/README.md says what the indexes are for.

CREATE TABLE dns_log (
  dns_id          BINARY(16)        NOT NULL,
  time            DATETIME(6)       NOT NULL,
  site            VARCHAR(255)      NOT NULL,
  gateway         VARCHAR(255)      NOT NULL,
  client_mac      BINARY(6)         NULL,
  client_ip       VARBINARY(16)     NOT NULL,
  server_ip       VARBINARY(16)     NOT NULL,
  transport       VARCHAR(8)        CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  transaction_id  SMALLINT UNSIGNED NOT NULL,
  `transaction`   VARCHAR(8)        CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name            VARCHAR(1024)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type            VARCHAR(16)       CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rcode           SMALLINT UNSIGNED NULL,
  rdata           TEXT              CHARACTER SET ascii COLLATE ascii_bin NULL,
  ttl             INT UNSIGNED      NULL,
  PRIMARY KEY (dns_id, time),
  KEY dns_log_by_time (time),
  KEY dns_log_by_name (name, time),
  KEY dns_log_by_client (client_ip, site, time),
  KEY dns_log_by_device (client_mac, time),
  KEY dns_log_by_answer (rdata(64), time)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
PARTITION BY RANGE COLUMNS (time) (
  PARTITION p_older VALUES LESS THAN ('2000-01-01'),
  PARTITION p_newer VALUES LESS THAN (MAXVALUE)
);
