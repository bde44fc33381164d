-- Views with the columns of the tables that TrafficAnalyzer kept, so that its pages and its users' queries run on
-- Gatewatch's data. Ids are the first 8 bytes of ours: they grow with time. Times are seconds since 1970 (UTC).
-- sql/README.md says where the views differ from the tables.

CREATE SQL SECURITY INVOKER VIEW log_netflow AS
SELECT
  CAST(CONV(HEX(LEFT(session_id, 8)), 16, 10) AS UNSIGNED) AS id,
  CASE protocol WHEN 'tcp' THEN 6 ELSE 17 END AS type,
  IFNULL(LOWER(CONCAT(
    HEX(SUBSTRING(client_mac, 1, 1)), ':', HEX(SUBSTRING(client_mac, 2, 1)), ':', HEX(SUBSTRING(client_mac, 3, 1)), ':',
    HEX(SUBSTRING(client_mac, 4, 1)), ':', HEX(SUBSTRING(client_mac, 5, 1)), ':', HEX(SUBSTRING(client_mac, 6, 1))
  )), '') AS client_mac,
  INET6_NTOA(client_ip) AS ip_src,
  client_port AS port_src,
  INET6_NTOA(server_ip) AS ip_dst,
  server_port AS port_dst,
  IFNULL(host, '') AS host,
  TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', start_time) AS time_start,
  TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', end_time) AS time_end,
  client_payload_bytes - client_retransmitted_bytes + server_payload_bytes - server_retransmitted_bytes AS len,
  packets AS pkt_list
FROM sessions
WHERE protocol IN ('tcp', 'udp');

CREATE SQL SECURITY INVOKER VIEW log_dns AS
SELECT
  CAST(CONV(HEX(LEFT(dns_id, 8)), 16, 10) AS UNSIGNED) AS id,
  CASE
    WHEN `transaction` = 'query' THEN NULL
    WHEN type LIKE 'TYPE%' THEN CAST(SUBSTRING(type, 5) AS UNSIGNED)
    ELSE CASE type
      WHEN 'A' THEN 1 WHEN 'NS' THEN 2 WHEN 'CNAME' THEN 5 WHEN 'SOA' THEN 6 WHEN 'PTR' THEN 12 WHEN 'HINFO' THEN 13
      WHEN 'MX' THEN 15 WHEN 'TXT' THEN 16 WHEN 'RP' THEN 17 WHEN 'AFSDB' THEN 18 WHEN 'AAAA' THEN 28
      WHEN 'LOC' THEN 29 WHEN 'SRV' THEN 33 WHEN 'NAPTR' THEN 35 WHEN 'CERT' THEN 37 WHEN 'DNAME' THEN 39
      WHEN 'OPT' THEN 41 WHEN 'DS' THEN 43 WHEN 'SSHFP' THEN 44 WHEN 'RRSIG' THEN 46 WHEN 'NSEC' THEN 47
      WHEN 'DNSKEY' THEN 48 WHEN 'NSEC3' THEN 50 WHEN 'NSEC3PARAM' THEN 51 WHEN 'TLSA' THEN 52 WHEN 'SMIMEA' THEN 53
      WHEN 'CDS' THEN 59 WHEN 'CDNSKEY' THEN 60 WHEN 'OPENPGPKEY' THEN 61 WHEN 'SVCB' THEN 64 WHEN 'HTTPS' THEN 65
      WHEN 'SPF' THEN 99 WHEN 'ANY' THEN 255 WHEN 'URI' THEN 256 WHEN 'CAA' THEN 257
    END
  END AS type,
  IFNULL(LOWER(CONCAT(
    HEX(SUBSTRING(client_mac, 1, 1)), ':', HEX(SUBSTRING(client_mac, 2, 1)), ':', HEX(SUBSTRING(client_mac, 3, 1)), ':',
    HEX(SUBSTRING(client_mac, 4, 1)), ':', HEX(SUBSTRING(client_mac, 5, 1)), ':', HEX(SUBSTRING(client_mac, 6, 1))
  )), '') AS client_mac,
  name AS domain,
  rdata,
  TIMESTAMPDIFF(SECOND, '1970-01-01 00:00:00', time) AS time
FROM dns_log
WHERE transport IN ('udp', 'tcp')
  AND (`transaction` = 'query' OR rdata IS NOT NULL);
