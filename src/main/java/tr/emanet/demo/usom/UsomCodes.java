package tr.emanet.demo.usom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The three code tables. */
final class UsomCodes {

  private UsomCodes() {}

  static List<Map<String, Object>> descriptions() {
    List<Map<String, Object>> out = new ArrayList<>();
    described(out, "PH", "Oltalama", "Phishing");
    described(out, "BP", "Bankacılık - Oltalama", "Financial Phishing");
    described(
        out,
        "MD",
        "Zararlı Yazılım Barındıran / Yayan Alan Adı",
        "Domain Hosting / Distributing Malware");
    described(
        out, "MI", "Zararlı Yazılım Barındıran / Yayan IP", "IP Hosting / Distributing Malware");
    described(
        out, "MU", "Zararlı Yazılım Barındıran / Yayan URL", "URL Hosting / Distributing Malware");
    described(out, "MC", "Komuta Kontrol Merkezi", "Malware Command Center");
    described(
        out, "CA", "Siber Saldırı (Port Tarama, Kaba Kuvvet vb.)", "Cyber Attack (Port Scan etc.)");
    return out;
  }

  static List<Map<String, Object>> sources() {
    List<Map<String, Object>> out = new ArrayList<>();
    titled(out, "US", "USOM", "TR-CERT");
    titled(out, "SO", "SOME", "CERT");
    titled(out, "RS", "RSA", "RSA");
    titled(out, "IH", "İhbar", "Public Report");
    titled(out, "SB", "SGB", "SGB");
    return out;
  }

  static List<Map<String, Object>> connectionTypes() {
    List<Map<String, Object>> out = new ArrayList<>();
    titled(out, "AC", "APT Komuta Kontrol", "APT C&C");
    titled(out, "BC", "Botnet Komuta Kontrol", "Botnet C&C");
    titled(out, "EK", "Exploit Kit", "Exploit Kit");
    titled(out, "MC", "Mobil Komuta Kontrol", "Mobile C&C");
    titled(out, "MF", "Zararlı Dosya İndirme", "Malicious File Download");
    titled(out, "MM", "Madencilik", "Mining");
    titled(out, "OT", "Diğer", "Other");
    titled(out, "PH", "Oltalama", "Phishing");
    return out;
  }

  private static void titled(List<Map<String, Object>> out, String id, String tr, String en) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("tr_title", tr);
    row.put("en_title", en);
    out.add(row);
  }

  private static void described(List<Map<String, Object>> out, String id, String tr, String en) {
    titled(out, id, tr, en);
    out.getLast().put("tr_desc", tr + ".");
    out.getLast().put("en_desc", en + ".");
  }
}
