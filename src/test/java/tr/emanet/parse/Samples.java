package tr.emanet.parse;

import java.util.List;

/** One line of every kind that the parsers know, as seeds for fuzzing and measuring. */
final class Samples {

  static final String FORTIGATE =
      "<189>Oct 12 11:58:00 fgt-merkez date=2026-10-12 time=11:58:00 devname=\"fgt-merkez\""
          + " devid=\"FG100E0000000001\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\""
          + " level=\"notice\" vd=\"root\" srcip=10.20.30.40 srcport=54321 srcintf=\"port1\""
          + " dstip=198.51.100.12 dstport=443 dstintf=\"wan1\" proto=6 action=\"accept\""
          + " policyid=17 service=\"HTTPS\" sentbyte=4512 rcvdbyte=90133 duration=12";
  static final String SSHD =
      "<38>Oct 12 11:59:58 ebys-uyg01 sshd[48213]: Failed password for invalid user yedek"
          + " from 203.0.113.47 port 51022 ssh2";
  static final String NGINX =
      "<190>Oct 12 11:59:58 web-dmz1 nginx: 203.0.113.9 - - [12/Oct/2026:11:59:58 +0300]"
          + " \"GET /e-belediye/giris?next=%2F HTTP/1.1\" 200 5123 \"https://www.example.org/\""
          + " \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\"";
  static final String WINDOWS =
      "<133>1 2026-10-12T11:59:58.123+03:00 dc01.example.org Microsoft-Windows-Security-Auditing"
          + " 612 4625 [NXLOG@14506 EventID=\"4625\" TargetUserName=\"ayse.yilmaz\""
          + " TargetDomainName=\"BELEDIYE\" SubjectUserName=\"DC01$\" IpAddress=\"10.20.7.114\""
          + " IpPort=\"51234\" LogonType=\"3\" WorkstationName=\"PC-114\"]"
          + " An account failed to log on.";

  static final List<String> LINES =
      List.of(
          FORTIGATE,
          SSHD,
          NGINX,
          WINDOWS,
          "<165>1 2026-10-12T11:14:15.003+03:00 h app 7 ID47 [a@1 b=\"3\" c=\"x\\\"y\\]\"]"
              + " \uFEFFtext",
          "<4>Oct 12 11:59:58 fw kernel: [19955416.516358] [UFW BLOCK] IN=ens2 OUT="
              + " MAC=de:1c:88:64:10:19:5e:e1:a4:3b:cf:f0:08:00 SRC=203.0.113.168 DST=10.73.140.49"
              + " LEN=44 TOS=0x00 TTL=43 ID=25313 DF PROTO=TCP SPT=52220 DPT=80 WINDOW=1024 SYN",
          "<134>Oct 12 11:59:58 siem CEF:0|Trend Micro|Deep Security|10|600|User \\| Signed|3|"
              + "src=10.52.116.160 suser=admin msg=a\\=b c\\nd rt=Oct 12 2026 11:59:58",
          "<13>Oct 12 11:59:58 app01 servis {\"user\":{\"name\":\"ay\\u015fe\"},\"a\":[1,2],"
              + "\"b\":[{\"c\":1},{\"c\":\"\\ud83d\\ude00\"}],\"src_ip\":\"192.0.2.7\",\"n\":null}",
          "{\"temperature\":21.5,\"humidity\":40,\"nem\":{\"x\":true}}",
          "<86>Oct 12 11:59:58 h sudo:   ayse : 3 incorrect password attempts ; TTY=pts/0 ;"
              + " PWD=/home/ayse ; USER=root ; COMMAND=/bin/cat /etc/shadow ; ls",
          "<86>Oct 12 11:59:58 h sshd[5]: pam_unix(sshd:auth): authentication failure; logname="
              + " uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.63 user=workshop",
          "<86>Oct 12 11:59:58 h su[5]: FAILED SU (to root) ayse on pts/1",
          "<22>Oct 12 11:59:58 mx postfix/smtp[99]: 4A1B2C3D4E: to=<a@example.org>,"
              + " relay=mx.example.net[192.0.2.25]:25, delay=0.5, dsn=2.0.0, status=sent (250 ok)",
          "<22>Oct 12 11:59:58 mx postfix/smtpd[9]: warning: unknown[203.0.113.42]: SASL LOGIN"
              + " authentication failed: x, sasl_username=info",
          "<30>Oct 12 11:59:58 ns named[77]: client @0x7f65 192.0.2.1#3076 (example.com): query:"
              + " example.com IN A +E(0)K (10.0.0.53)",
          "<189>123: router1: *Oct 12 11:59:58.123 UTC: %SYS-5-CONFIG_I: Configured from console",
          "<166>Oct 12 2026 11:59:58 asa : %ASA-6-302013: Built outbound TCP connection",
          "Oct  2 01:02:03 last message repeated 3 times",
          "<34>1786914245.123 host app[3]: x=y, z='q r'",
          "203.0.113.5 - frank [10/Oct/2026:13:55:36 -0700] \"GET /a.gif HTTP/1.0\" 404 2326");

  private Samples() {}
}
