-- What people read: addresses, ids and MACs as text. A filter on one of these texts reads every row of the days
-- asked for; sql/README.md shows how to filter on the table's own columns, which have indexes.

CREATE SQL SECURITY INVOKER VIEW sessions_text AS
SELECT
  LOWER(HEX(session_id)) AS session_id,
  revision,
  community_id,
  site,
  gateway,
  protocol,
  LOWER(CONCAT(
    HEX(SUBSTRING(client_mac, 1, 1)), ':', HEX(SUBSTRING(client_mac, 2, 1)), ':', HEX(SUBSTRING(client_mac, 3, 1)), ':',
    HEX(SUBSTRING(client_mac, 4, 1)), ':', HEX(SUBSTRING(client_mac, 5, 1)), ':', HEX(SUBSTRING(client_mac, 6, 1))
  )) AS client_mac,
  LOWER(CONCAT(
    HEX(SUBSTRING(server_mac, 1, 1)), ':', HEX(SUBSTRING(server_mac, 2, 1)), ':', HEX(SUBSTRING(server_mac, 3, 1)), ':',
    HEX(SUBSTRING(server_mac, 4, 1)), ':', HEX(SUBSTRING(server_mac, 5, 1)), ':', HEX(SUBSTRING(server_mac, 6, 1))
  )) AS server_mac,
  vlan_id,
  INET6_NTOA(client_ip) AS client_ip,
  client_port,
  INET6_NTOA(server_ip) AS server_ip,
  server_port,
  start_time,
  end_time,
  client_packets,
  client_payload_bytes,
  client_ip_bytes,
  client_retransmitted_packets,
  client_retransmitted_bytes,
  client_missed_bytes,
  server_packets,
  server_payload_bytes,
  server_ip_bytes,
  server_retransmitted_packets,
  server_retransmitted_bytes,
  server_missed_bytes,
  handshake_rtt_us,
  tcp_state,
  history,
  end_reason,
  tunnel,
  host,
  host_source,
  host_age_s,
  host_ttl_s,
  tls_version,
  tls_alpn,
  ja3,
  ja4,
  ja3s,
  application,
  application_category,
  application_reason,
  anomalies,
  flags,
  packets
FROM sessions;
