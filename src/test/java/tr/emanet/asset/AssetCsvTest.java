package tr.emanet.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetCsvTest {

  private static final String HEADER =
      "address,name,kind,unit,owner,criticality,vendor,product,version\n";

  private static AssetCsv.Reading read(String text) {
    return AssetCsv.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<AssetEntry> good(AssetCsv.Reading reading) {
    assertThat(reading).isInstanceOf(AssetCsv.Reading.Good.class);
    return ((AssetCsv.Reading.Good) reading).entries();
  }

  private static List<String> bad(AssetCsv.Reading reading) {
    assertThat(reading).isInstanceOf(AssetCsv.Reading.Bad.class);
    return ((AssetCsv.Reading.Bad) reading)
        .problems().stream().map(p -> p.line() + " " + p.code()).toList();
  }

  @Test
  void readsOneRowAProductAndMergesTheRowsOfAnAsset() {
    List<AssetEntry> found =
        good(
            read(
                HEADER
                    + "10.20.1.5,ebys-uyg01,server,Bilgi"
                    + " İşlem,nalkan,critical,Apache,Tomcat,9.0.80\n"
                    + "10.20.1.5,,,,,,PostgreSQL,PostgreSQL,15.4\n"
                    + "10.20.0.0/16,kampüs,network,,,low,,,\n"));

    assertThat(found).hasSize(2);
    assertThat(found.getFirst())
        .isEqualTo(
            new AssetEntry(
                Network.read("10.20.1.5").orElseThrow(),
                "ebys-uyg01",
                AssetKind.SERVER,
                "Bilgi İşlem",
                "nalkan",
                Criticality.CRITICAL,
                List.of(
                    new Product("Apache", "Tomcat", "9.0.80"),
                    new Product("PostgreSQL", "PostgreSQL", "15.4"))));
    assertThat(found.getLast().key()).isEqualTo("10.20.0.0/16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Adres;Ad;Tür;Birim;Sorumlu;Önem;Üretici;Ürün;Sürüm",
        "ADRES;AD;TÜR;BİRİM;SAHİBİ;KRİTİKLİK;MARKA;YAZILIM;VERSİYON",
        "IP Adresi;Varlık adı;Tip;Müdürlük;Sahip;Önem Derecesi;Üretici;Ürün;Sürüm",
        "Address or prefix;Name;Kind;Unit;Owner;Criticality;Vendor;Product;Version",
      })
  void takesTurkishAndEnglishHeaders(String header) {
    List<AssetEntry> found =
        good(read(header + "\r\n10.1.1.1;web01;Sunucu;Yazı İşleri;Ayşe;Kritik;F5;BIG-IP;16.1\r\n"));

    assertThat(found.getFirst().kind()).isEqualTo(AssetKind.SERVER);
    assertThat(found.getFirst().criticality()).isEqualTo(Criticality.CRITICAL);
    assertThat(found.getFirst().unit()).isEqualTo("Yazı İşleri");
    assertThat(found.getFirst().products()).containsExactly(new Product("F5", "BIG-IP", "16.1"));
  }

  @Test
  void readsUtf8WithAndWithoutMarkAndWindows1254() {
    String text = HEADER + "10.1.1.1,İmar sunucusu,sunucu,Şube ığüşöç,,,,,\n";
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] marked = ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
    byte[] turkish = text.getBytes(Charset.forName("windows-1254"));

    assertThat(good(AssetCsv.read(plain)))
        .isEqualTo(good(AssetCsv.read(marked)))
        .isEqualTo(good(AssetCsv.read(turkish)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.1.1.300,a,server,,,,,,|2 address",
        "web01,a,server,,,,,,|2 address",
        "10.1.1.1/33,a,server,,,,,,|2 address",
        "10.1.1.1/8,a,network,,,,,,|2 host-bits",
        "0.0.0.0/0,a,network,,,,,,|2 too-wide",
        "2000::/3,a,network,,,,,,|2 too-wide",
        ",a,server,,,,,,|2 address-missing",
        "10.1.1.1,,server,,,,,,|2 name-missing",
        "10.1.1.1,a,,,,,,,|2 kind-missing",
        "10.1.1.1,a,printer,,,,,,|2 kind",
        "10.1.1.1,a,server,,,urgent,,,|2 criticality",
        "10.1.1.1,a,server,,,,Cisco,,|2 product-missing",
        "10.1.1.1,a,server,,,,,,1.2|2 product-missing",
        "10.1.1.1,a\u0007b,server,,,,,,|2 control",
      })
  void namesTheLineOfEachMistake(String row, String problem) {
    assertThat(bad(read(HEADER + row + "\n"))).contains(problem);
  }

  @Test
  void namesAllMistakesAtOnceUpToAHundred() {
    assertThat(
            bad(
                read(
                    HEADER
                        + "x,a,server,,,,,,\n10.1.1.1,b,server,,,,,,\n"
                        + "10.1.1.1,c,client,,,,,,\n10.9.9.9,d,robot,,,,,,\n")))
        .containsExactly("2 address", "4 conflict", "4 conflict", "5 kind");

    var many = (AssetCsv.Reading.Bad) read(HEADER + "x,a,server,,,,,,\n".repeat(300));
    assertThat(many.problems()).hasSize(100);
    assertThat(many.more()).isTrue();
  }

  @Test
  void saysTheNetworkThatAPrefixWithHostBitsMeans() {
    var bad = (AssetCsv.Reading.Bad) read(HEADER + "10.20.30.40/16,a,network,,,,,,\n");

    assertThat(bad.problems().getFirst().advice()).isEqualTo("10.20.0.0/16");
  }

  @Test
  void refusesFilesThatAreNoCsv() {
    assertThat(bad(AssetCsv.read(new byte[] {'P', 'K', 3, 4, 0}))).containsExactly("0 spreadsheet");
    assertThat(bad(AssetCsv.read(HEADER.getBytes(StandardCharsets.UTF_16))))
        .containsExactly("0 utf16");
    assertThat(bad(AssetCsv.read(new byte[] {'a', 0, 'b'}))).containsExactly("0 binary");
    assertThat(bad(AssetCsv.read(new byte[0]))).containsExactly("0 empty");
    assertThat(bad(read(HEADER))).containsExactly("0 empty");
    assertThat(bad(AssetCsv.read(new byte[AssetCsv.MAX_BYTES + 1]))).containsExactly("0 large");
    assertThat(bad(read("name,kind\na,server\n"))).containsExactly("1 column-missing");
    assertThat(bad(read("address,ip,name,kind\n"))).containsExactly("1 column-twice");
    assertThat(bad(read(HEADER + "10.1.1.1,\"a,server\n"))).hasSize(1);
  }

  @Test
  void boundsTheRows() {
    StringBuilder text = new StringBuilder("address,name,kind\n");
    for (int i = 0; i <= AssetCsv.MAX_ROWS; i++) {
      text.append("10.").append(i >> 16).append('.').append(i >> 8 & 255).append('.');
      text.append(i & 255).append(",a,client\n");
    }

    assertThat(bad(read(text.toString()))).containsExactly("0 rows");
  }

  @Test
  void exportsCellsThatAreNoFormulasAndReadsThemAgain() {
    List<AssetEntry> given =
        good(
            read(
                HEADER
                    + "10.1.1.1,\"'=cmd|' /C"
                    + " calc'!A0\",server,@birim,'+90,high,-x,\"a;b,\"\"c\"\"\",'-1\n"));

    String text = AssetExport.csv(given);

    assertThat(text)
        .contains("'=cmd|")
        .contains(",'@birim,")
        .contains(",'+90,")
        .contains(",'-x,")
        .doesNotContainPattern("(?m)(^|,)\"?[=+@-]");
    assertThat(good(read(text))).isEqualTo(given);
  }
}
